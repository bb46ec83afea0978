"""Clauses of a text that end in something done, and hold no quantity.

In: text and the list's year. Out: `MilestoneSpan`: with a written date always, without one only where the clause is
conclusive (a thing is there afterwards, or is not), and then as a likely reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from luoshi.compiler.coverage import coverage_in
from luoshi.compiler.deadlines import deadlines_in
from luoshi.compiler.dues import DueFinder
from luoshi.compiler.spans import CoverageSpan, DeadlineSpan, MilestoneSpan, TargetSpan
from luoshi.compiler.targets import targets_in
from luoshi.compiler.wording import Wording
from luoshi.lexicon.modality import modality_of
from luoshi.lexicon.verb import DRAFTED, EVENT, FINISHED, OPENED

_ONLY_DATE = re.compile(r"[ \t·、“”（）\-—\d.]*(?:在|到|于|力争|争取|确保|并|其中)*[ \t]*")  # 力争|2021年|，
_EDGES = " \t　、"


def read_milestones(text: str, year: int | None = None) -> tuple[MilestoneSpan, ...]:
    """「节点段」 of one text. year: the list's year, which 年底 and 全年 hang on."""
    wording = Wording(text, year)
    deadlines = deadlines_in(wording)
    return milestones_in(wording, deadlines, targets_in(wording, deadlines), coverage_in(wording))


def milestones_in(wording: Wording, deadlines: tuple[DeadlineSpan, ...], targets: tuple[TargetSpan, ...],
                  coverage: tuple[CoverageSpan, ...]) -> tuple[MilestoneSpan, ...]:
    """Milestones of a text whose targets and coverage promises are known: a clause that holds one of those is none."""
    held = sorted([span.start for span in targets] + [span.start for span in coverage])
    dues = DueFinder(wording, deadlines)
    spans: list[MilestoneSpan] = []
    for start, end in _pieces(wording, deadlines):
        if bisect_left(held, start) == bisect_left(held, end):  # no target or coverage begins in it
            spans += _milestone(wording, start, end, dues)
    return tuple(spans)


def _pieces(wording: Wording, deadlines: tuple[DeadlineSpan, ...]) -> list[tuple[int, int]]:
    """「分句」 Clauses, cut again before a second date (上半年试运行、|年底前验收); a date alone joins the clause behind it."""
    pieces: list[tuple[int, int]] = []
    starts = [span.start for span in deadlines]
    carried: int | None = None
    for start, end in wording.clauses():
        if wording.quoted(start) and pieces:
            continue
        dates = deadlines[bisect_left(starts, start) : bisect_left(starts, end)]
        if dates and _is_only_date(wording.flat, start, end, dates[-1]) and wording.flat[end : end + 1] in ("，", ",", "："):
            carried = start if carried is None else carried
            continue
        cuts = [start if carried is None else carried, *(span.start for span in dates[1:]), end]
        pieces += pairwise(cuts)
        carried = None
    return pieces


def _is_only_date(flat: str, start: int, end: int, date: DeadlineSpan) -> bool:
    return bool(_ONLY_DATE.fullmatch(flat, start, date.start)) and not flat[date.end : end].strip()


def _milestone(wording: Wording, start: int, end: int, dues: DueFinder) -> list[MilestoneSpan]:
    while start < end and wording.raw[start] in _EDGES:
        start += 1
    while end > start and wording.raw[end - 1] in _EDGES:
        end -= 1
    own = dues.first_in(start, end)
    text = wording.flat[start:end]
    if own is None and not is_conclusive(text):
        return []
    if own is not None and (len(text) - (own.end - own.start) < 2 or (own.date is None and not is_conclusive(text))):
        return []
    modality = modality_of(wording.before(end)[0], text)
    due = own or _due_before(dues, start)
    return [MilestoneSpan(start, end, wording.raw[start:end], modality, due, "sure" if own and own.date else "likely")]


def _due_before(dues: DueFinder, start: int) -> DeadlineSpan | None:
    due = dues.due_of(start, start)
    return due if due is not None and due.start < start else None


def is_conclusive(clause: str) -> bool:
    """「办结」 Afterwards it is there, or it is not: 开工, 印发某方案, 正式运行."""
    return any(pattern.search(clause) for pattern in (OPENED, EVENT, DRAFTED, FINISHED))
