"""Through a plan, noun by noun. In: `Plan`. Out: its nouns by id, whom they hang on, and the plan built anew with some of them changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from luoshi.plan.edit import NotThere
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.task import Task

Noun = Task | Measure | Target | Milestone


def nouns_of(plan: Plan) -> dict[str, Noun]:
    """Every task, measure, target and milestone by id."""
    found: dict[str, Noun] = {}
    for _, holder in plan.holders():
        found[holder.id] = holder
        found |= {target.id: target for target in holder.targets}
        found |= {milestone.id: milestone for milestone in holder.milestones}
    return found


def the_noun(plan: Plan, id: str) -> Noun:
    """The one with that id. Raises NotThere."""
    found = nouns_of(plan).get(id)
    if found is None:
        raise NotThere("方案里没有这一条：可能别人删了、并了或撤销了，也可能文件重新读过。请回导入页看现在的方案。")
    return found


def holder_of(plan: Plan, id: str) -> tuple[Task, Task | Measure]:
    """The task and the holder of a target or milestone; of a task or measure, itself. Raises NotThere."""
    the_noun(plan, id)
    return next((task, holder) for task, holder in plan.holders() if id in held_by(holder))


def held_by(holder: Task | Measure) -> tuple[str, ...]:
    """Ids of the holder and of what it promises, without those of measures below it."""
    return (holder.id, *(t.id for t in holder.targets), *(m.id for m in holder.milestones))


def fingerprint(noun: Noun) -> str:
    """Changes with any field of it, whatever becomes of what hangs on it."""
    below = [name for name in ("measures", "targets", "milestones") if hasattr(noun, name)]
    return digest_of(replace(noun, **dict.fromkeys(below, ())))   # type: ignore[arg-type]  # fields that hold tuples


def digest_of(*parts: object) -> str:
    """Twelve characters for these."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def rebuilt(plan: Plan, give: Callable[[Any], tuple[Any, ...]]) -> Plan:
    """The plan with every noun replaced by what `give` gives for it: itself, another, several, none."""
    def inside(holder: Any) -> Any:
        held = {"targets": tuple(x for t in holder.targets for x in give(t)), "milestones": tuple(x for m in holder.milestones for x in give(m))}
        if isinstance(holder, Task):
            held["measures"] = tuple(inside(x) for m in holder.measures for x in give(m))
        return replace(holder, **held)
    return replace(plan, tasks=tuple(inside(x) for task in plan.tasks for x in give(task)))
