"""「方案」: a compiled list. Out: the noun `Plan`, its walk, and its JSON form `luoshi.plan/1`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """「文件信息」 Which document a plan was compiled from. year: the year the list is for."""

    name: str
    sha256: str
    format: str
    title: str
    issuer: str | None
    year: int | None


def holders_of(task: Task) -> tuple[Task | Measure, ...]:
    """What holds targets and milestones: the task itself for its goal, then its measures."""
    return (task, *task.measures)


@dataclass(frozen=True, slots=True)
class Plan:
    """「方案」 A task list, compiled: its tasks and what the compiler wants a person to know."""

    document: DocumentRef
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...] = ()

    def holders(self) -> Iterator[tuple[Task, Task | Measure]]:
        """Every (task, holder of targets): the task itself for its goal, then its measures."""
        for task in self.tasks:
            for holder in holders_of(task):
                yield task, holder

    def targets(self) -> Iterator[tuple[Task, Task | Measure, Target]]:
        """Every target with its task and its holder, in the order of the document."""
        for task, holder in self.holders():
            for target in holder.targets:
                yield task, holder, target

    def milestones(self) -> Iterator[tuple[Task, Task | Measure, Milestone]]:
        """Every milestone with its task and its holder, in the order of the document."""
        for task, holder in self.holders():
            for milestone in holder.milestones:
                yield task, holder, milestone


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The plan as `luoshi.plan/1`: only JSON types, keys as the fields are named."""
    return {"schema": "luoshi.plan/1", **plain(plan)}


def plain(value: Any) -> Any:
    """Frozen nouns as JSON types: fields by name, tuples as lists, whole Decimals as integers, dates as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [plain(x) for x in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


