"""A text with what every sentence reader needs to know of it: its folded form and where sentences and clauses are cut.

In: text. Out: `Wording`, asked by all readers of one text, so that it is folded and cut once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from luoshi.lexicon.numeral import fold
from luoshi.lexicon.tense import retold

_STOP = re.compile(r"[。；！？;!?\n]")  # 。
_BREAK = re.compile(r"[。；！？;!?\n，]|(?<!\d)[,:：]|[,:：](?!\d)")  # ， but not the mark in 1：1
_FAR = 400  # characters: a text without marks must not cost the square of its length
_OPENING, _CLOSING = "“《〔「『【", "”》〕」』】"
_MARK = re.compile(rf"[{_OPENING}{_CLOSING}]")  # “


class Wording:
    """「文面」 raw: the text as given; flat: the same, folded, character for character."""

    def __init__(self, text: str) -> None:
        self.raw = text
        self.flat = fold(text)
        self._stops = [found.start() for found in _STOP.finditer(self.flat)]
        self._breaks = [found.start() for found in _BREAK.finditer(self.flat)]
        self._quoted = _quoted_spans(self.flat)
        self._quote_starts = [start for start, _ in self._quoted]
        self._retold: dict[int | None, list[tuple[int, int]]] = {}

    def before(self, at: int) -> tuple[str, str]:
        """「上文」 What stands before a place in its sentence and in its clause, each at most as far back as anybody reads."""
        sentence_start, clause_start = self.sentence(at)[0], self.clause(at)[0]
        return self.flat[max(sentence_start, at - _FAR) : at], self.flat[max(clause_start, at - _FAR) : at]

    def is_retold(self, at: int, year: int | None) -> bool:
        """「回顾」 The place stands in a paragraph or under a heading that reports. year: the list's year."""
        if year not in self._retold:
            self._retold[year] = retold(self.flat, year)
        spans = self._retold[year]
        i = bisect_right(spans, (at, len(self.flat))) - 1
        return i >= 0 and at < max(end for _, end in spans[max(0, i - 1) : i + 1])

    def sentence(self, at: int) -> tuple[int, int]:
        """「句」 Start and end of the sentence around a place; a line end also ends it."""
        return _around(self._stops, at, len(self.raw))

    def clause(self, at: int) -> tuple[int, int]:
        """「分句」 Start and end of the clause around a place: commas and colons cut too."""
        return _around(self._breaks, at, len(self.raw))

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
