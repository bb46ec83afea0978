"""「指标」: a quantity promised, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luoshi.provenance import SourceRef

Op = Literal["=", ">=", ">", "<=", "<", "~", "range"]
Mode = Literal["level", "increase", "decrease"]
Modality = Literal["committed", "stretch", "directional"]
Judged = Literal["at_least", "at_most", "band", "exact"]
Certainty = Literal["sure", "likely", "guess"]


@dataclass(frozen=True, slots=True)
class Due:
    """「期限」 By when. date: ISO, the last day meant, None where it cannot be known; written: the phrase, None where the
    date is taken from the list's year."""

    date: str | None
    written: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """「指标」 A quantity promised.

    metric: what is counted or measured, in the document's words.
    value, value2, unit: as written (1450 of 1450亿元); value2 only with op `range`.
    op: the comparator as written, `=` where none is; never what is judged.
    modality: stretch is 力争, directional 积极推进 and the like.
    condition: what qualifies an item (可开发空间1万亩以上). of: id of the target this is a part of (其中…).
    per: 亩 in 亩均. judged: a proposal for what fulfils; the confirmed plan decides.
    """

    id: str
    metric: str
    value: Decimal
    value2: Decimal | None
    unit: str
    op: Op
    mode: Mode
    modality: Modality
    due: Due | None
    condition: str | None
    of: str | None
    source: SourceRef
    reading: Certainty = "sure"
    per: str | None = None
    judged: Judged = "at_least"
