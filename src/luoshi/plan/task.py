"""「任务」: one numbered line of the list."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.duty import Duty
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Target
from luoshi.provenance import SourceRef


@dataclass(frozen=True, slots=True)
class GoalOfYear:
    """「分年目标」 The goal of one year, where a list has a goal column per year."""

    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """「任务」 One numbered task with its goal, the quantities in the goal, and its measures.

    id: stable across re-issues of the same list where the task is the same. no, goal: as printed.
    duties: of the task itself, where the list gives them to the task and it has no measures.
    """

    id: str
    no: str | None
    title: str
    goal: str | None
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    duties: tuple[Duty, ...]
    source: SourceRef
    group: str | None = None
    due: Due | None = None
    people: tuple[str, ...] = ()
    notes: str | None = None
    goals: tuple[GoalOfYear, ...] = ()
