"""Everything that a cell's sentences promise, read in one go. In: text. Out: `Said`. The text is cut and its numbers sorted out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from luoshi.compiler.coverage import coverage_in
from luoshi.compiler.deadlines import deadlines_in
from luoshi.compiler.milestones import milestones_in
from luoshi.compiler.spans import CoverageSpan, MilestoneSpan, TargetSpan, UnreadSpan
from luoshi.compiler.targets import sort_out, targets_of, unread_of
from luoshi.compiler.wording import Wording
from luoshi.lexicon.workday import WorkCalendar


@dataclass(frozen=True, slots=True)
class Said:
    """「所言」 What one text says, each kind in text order."""

    targets: tuple[TargetSpan, ...]
    milestones: tuple[MilestoneSpan, ...]
    coverage: tuple[CoverageSpan, ...]
    unread: tuple[UnreadSpan, ...]


@lru_cache(maxsize=4096)
def read_sentences(text: str, year: int | None, title: str = "", calendar: WorkCalendar | None = None) -> Said:
    """The same as the four readers one by one. title: where the years of a three-year plan may stand."""
    wording = Wording(text, year, title, calendar)
    deadlines = deadlines_in(wording)
    sorted_out = sort_out(wording, deadlines)
    targets, coverage = targets_of(wording, deadlines, sorted_out), coverage_in(wording)
    return Said(targets, milestones_in(wording, deadlines, targets, coverage), coverage, unread_of(wording, sorted_out))
