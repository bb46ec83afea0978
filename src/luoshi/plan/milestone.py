"""「节点」: something to be done by a date, without a quantity."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.target import Certainty, Due, Modality
from luoshi.provenance import SourceRef


@dataclass(frozen=True, slots=True)
class Milestone:
    """「节点」 开工, 批复, 印发, 正式运行: done or not done by its date."""

    id: str
    text: str
    modality: Modality
    due: Due | None
    source: SourceRef
    reading: Certainty = "sure"
