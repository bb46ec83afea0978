"""「责任」: which unit leads or supports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luoshi.plan.target import Certainty
from luoshi.provenance import SourceRef

Role = Literal["lead", "support", "responsible"]


@dataclass(frozen=True, slots=True)
class Duty:
    """「责任」 Which unit leads or supports one measure. inherited: the cell is merged with, or continues, the one above."""

    unit: str
    role: Role
    inherited: bool
    source: SourceRef
    reading: Certainty = "sure"
