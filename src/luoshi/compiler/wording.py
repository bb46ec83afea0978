"""A text with what every sentence reader needs to know of it: its folded form, where sentences and clauses are cut, and its year.

In: text, the list's year and title, the work calendar. Out: `Wording`, asked by all readers of one text, so that it is folded and
cut once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from luoshi.lexicon.numeral import fold
from luoshi.lexicon.period import PLAN_END
from luoshi.lexicon.tense import Tenses
from luoshi.lexicon.workday import WorkCalendar

_STOP = re.compile(r"[。；！？;!?\n]")  # 。
_BREAK = re.compile(r"[。；！？;!?\n，]|(?<!\d)[,:：]|[,:：](?!\d)")  # ， but not the mark in 1：1
_PLAN = re.compile(r"[“\"]?(十[一二三四五六]五)")  # 甲市“十四五”规划
_FAR = 400  # characters: a text without marks must not cost the square of its length
_OPENING, _CLOSING = "“《〔「『【", "”》〕」』】"
_MARK = re.compile(rf"[{_OPENING}{_CLOSING}]")  # “


class Wording:
    """「文面」 raw: the text as given; flat: the same, folded, character for character. year: the list's year, which 年底 and 全年 hang on;
    title: may name the years of a plan; since: the first year that is not past, None where nobody knows; calendar: dates of feasts."""

    def __init__(self, text: str, year: int | None = None, title: str = "", calendar: WorkCalendar | None = None) -> None:
        self.raw, self.year, self.title, self.calendar = text, year, title, calendar
        self.since = year or _first_year_of_plan(title)
        self.flat = fold(text)
        self._stops = [found.start() for found in _STOP.finditer(self.flat)]
        self._breaks = [found.start() for found in _BREAK.finditer(self.flat)]
        self._quoted = _quoted_spans(self.flat)
        self._quote_starts = [start for start, _ in self._quoted]
        # neighbouring questions mostly ask for the same sentence again
        self._last_sentence = self._last_clause = (0, -1)
        self._last_before: tuple[int, tuple[str, str]] = (-1, ("", ""))
        self._tenses: Tenses | None = None

    def before(self, at: int) -> tuple[str, str]:
        """「上文」 What stands before a place in its sentence and in its clause, each at most as far back as anybody reads."""
        if at != self._last_before[0]:
            sentence_start, clause_start = self.sentence(at)[0], self.clause(at)[0]
            self._last_before = (at, (self.flat[max(sentence_start, at - _FAR) : at], self.flat[max(clause_start, at - _FAR) : at]))
        return self._last_before[1]

    @property
    def tenses(self) -> Tenses:
        """「回顾」 Where the text reports instead of promising."""
        if self._tenses is None:
            self._tenses = Tenses(self.flat, self.since)
        return self._tenses

    def sentence(self, at: int) -> tuple[int, int]:
        """「句」 Start and end of the sentence around a place; a line end also ends it."""
        start, end = self._last_sentence
        if not start <= at <= end:
            start, end = self._last_sentence = _around(self._stops, at, len(self.raw))
        return start, end

    def clause(self, at: int) -> tuple[int, int]:
        """「分句」 Start and end of the clause around a place: commas and colons cut too."""
        start, end = self._last_clause
        if not start <= at <= end:
            start, end = self._last_clause = _around(self._breaks, at, len(self.raw))
        return start, end

    def clauses(self) -> list[tuple[int, int]]:
        """「分句」 All clauses in text order, empty ones left out."""
        starts = [0, *(cut + 1 for cut in self._breaks)]
        ends = [*self._breaks, len(self.raw)]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]

    def quoted(self, at: int) -> tuple[int, int] | None:
        """「引语」 The marks “…” 《…》 〔…〕 around a place: what stands in them is a name, or an old number."""
        i = bisect_right(self._quote_starts, at) - 1
        if i >= 0 and self._quoted[i][0] < at < self._quoted[i][1]:
            return self._quoted[i]
        return None


def _first_year_of_plan(title: str) -> int | None:
    found = _PLAN.search(title)
    return PLAN_END[found[1]] - 4 if found and found[1] in PLAN_END else None


def _around(cuts: list[int], at: int, length: int) -> tuple[int, int]:
    i = bisect_left(cuts, at)
    return (cuts[i - 1] + 1 if i else 0), (cuts[i] if i < len(cuts) else length)


def _quoted_spans(flat: str) -> list[tuple[int, int]]:
    """「引语」 Outermost pairs of marks; a mark left open closes at the end of its line."""
    spans: list[tuple[int, int]] = []
    depth, start, line_end = 0, 0, 0
    for found in _MARK.finditer(flat):
        if found.group() in _OPENING:
            if found.start() > line_end:
                depth = 0
            if not depth:
                start = found.start()
                line_end = flat.find("\n", start)
                line_end = line_end if line_end >= 0 else len(flat)
            depth += 1
        elif depth:
            depth -= 1
            if not depth and found.start() < line_end:
                spans.append((start, found.end() - 1))
    return spans
