"""「举措」: what is to be done, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.duty import Duty
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Target
from luoshi.provenance import SourceRef


@dataclass(frozen=True, slots=True)
class Measure:
    """「举措」 One row of 具体措施. It carries its full duties, repeated where they come from a merged cell."""

    id: str
    no: str | None
    text: str
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    duties: tuple[Duty, ...]
    source: SourceRef
    group: str | None = None
    due: Due | None = None
    people: tuple[str, ...] = ()
    notes: str | None = None
