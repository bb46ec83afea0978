"""Which deadline governs a place in a text.

In: the deadlines of a text. Out: for a place, the `DeadlineSpan` that holds for it, or None.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from luoshi.compiler.spans import DeadlineSpan
from luoshi.compiler.wording import Wording


class DueFinder:
    """「期限」 finds the deadline that governs a place."""

    def __init__(self, wording: Wording, deadlines: tuple[DeadlineSpan, ...]) -> None:
        self._wording = wording
        self._deadlines = deadlines
        self._starts = [span.start for span in deadlines]

    def due_of(self, start: int, end: int) -> DeadlineSpan | None:
        """「期限」 The nearest before it in its sentence; else one that follows in its clause; else the one that opened an
        earlier sentence of the paragraph (到2025年，…。…)."""
        i = bisect_right(self._starts, start) - 1
        sentence_start, _ = self._wording.sentence(start)
        if i >= 0 and self._deadlines[i].start >= sentence_start:
            return self._deadlines[i]
        _, clause_end = self._wording.clause(start)
        if i + 1 < len(self._deadlines) and self._deadlines[i + 1].start < clause_end:
            return self._deadlines[i + 1]
        return self._topic(i, start)

    def first_in(self, start: int, end: int) -> DeadlineSpan | None:
        """「期限」 The first that stands in a piece of the text."""
        i = bisect_left(self._starts, start)
        return self._deadlines[i] if i < len(self._starts) and self._starts[i] < end else None

    def _topic(self, i: int, start: int) -> DeadlineSpan | None:
        flat = self._wording.flat
        if i < 0:
            return None
        span = self._deadlines[i]
        sentence_start, _ = self._wording.sentence(span.start)
        opens = not flat[sentence_start : span.start].strip(" \t（）·、0123456789.一二三四五六七八九十")
        same_paragraph = flat.find("\n", span.end, start) < 0
        return span if opens and same_paragraph and flat[span.end : span.end + 1] in ("，", ",", "：") else None
