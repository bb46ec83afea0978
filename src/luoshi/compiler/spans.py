"""What a sentence says, before anybody knows which task it belongs to: spans of one text.

In: nothing. Out: frozen nouns with character offsets into the text that was read. Both the plan compiler and
`luoshi extract` are built from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.plan.duty import Role
from luoshi.plan.target import Certainty, Judged, Modality, Mode, Op


@dataclass(frozen=True, slots=True)
class DeadlineSpan:
    """「期限段」 A phrase that says by when. date: ISO, the last day meant; None where it cannot be known."""

    start: int
    end: int
    date: str | None


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """「单位段」 One organisation named in a responsibility clause, column or line, as written."""

    start: int
    end: int
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class TargetSpan:
    """「指标段」 A quantity promised. Fields as in `plan.target.Target`; start, end hold the number with its unit and the verb
    or comparator directly beside it. of: index, in the same result, of the target this is a part of. due: the phrase that
    governs it, None where the text names none."""

    start: int
    end: int
    value: Decimal
    value2: Decimal | None
    unit: str
    op: Op
    mode: Mode
    name: str
    modality: Modality = "committed"
    due: DeadlineSpan | None = None
    condition: str | None = None
    of: int | None = None
    per: str | None = None
    judged: Judged = "at_least"
    reading: Certainty = "sure"


@dataclass(frozen=True, slots=True)
class MilestoneSpan:
    """「节点段」 A clause that ends in something done (开工, 批复, 印发, 正式运行) and holds no quantity."""

    start: int
    end: int
    text: str
    modality: Modality
    due: DeadlineSpan | None
    reading: Certainty = "sure"


@dataclass(frozen=True, slots=True)
class CoverageSpan:
    """「全量段」 A promise about all of something with no number in it (所有…开通, …全对接, “30分钟…圈”): to be asked, not guessed.
    metric: the proposed metric; value, unit: the proposed number."""

    start: int
    end: int
    metric: str
    value: Decimal
    unit: str
    modality: Modality = "committed"


@dataclass(frozen=True, slots=True)
class UnreadSpan:
    """「未读段」 A number that was read neither as a target, nor a date, a name, a condition … : it becomes a finding. metric, value, unit:
    what it is nearly, where it has no finite value (三分之二: 66.67 %): then it is asked about."""

    start: int
    end: int
    metric: str = ""
    value: Decimal | None = None
    unit: str = ""
