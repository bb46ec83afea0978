"""Glyphs → printed lines → running text. In: glyphs in any order. Out: `Strip`s from top to bottom; their text joined as typeset.

A file knows no words and no line ends, only places. Sorting by place puts right what another font drew later (quotation
marks, mostly). Two lines are one sentence if the first was full: if what follows would not have fitted on it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from luoshi.reading.pdf.sheet import Glyph
from luoshi.reading.pdf.signs import PRIVATE, UNKNOWN

CLOSERS: Final = "，。、；：！？）》」』】〕”’%％,.;:!?)]…—"    # never begin a line
OPENERS: Final = "（《「『【〔“‘(["                         # never end one
# 1450 or GDP, which no line break cuts, with the sign before or after that stays with it: “一, 区、; browsers glue both sides: 辟“7×
WORD: Final = rf"(?:[A-Za-z0-9.%+×/-]+|.)[{re.escape(CLOSERS)}]*"
UNIT: Final = re.compile(rf"[{re.escape(OPENERS)}]*{WORD}(?:(?:(?<=[”’])|[“‘]){WORD})*")
# 2.推进, （一）推进, ①推进, 三、推进
NUMBERED: Final = re.compile(r"(?:\d{1,2}[.．、]\D|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、)")
SAME_LINE: Final = 0.35      # of the size: a raised ² stands on the same line
FINISHED: Final = "。；;：:！？!?"
GOES_ON: Final = "、，,（《“‘("


@dataclass(frozen=True)
class Strip:
    """「文行」 One printed line, its glyphs from left to right."""

    glyphs: Sequence[Glyph]
    page: int

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.glyphs[-1].right

    @cached_property
    def top(self) -> float:
        """Upper edge, by the size of its characters: fonts tell false heights."""
        return self.glyphs[0].base - 0.88 * self.em

    @cached_property
    def bottom(self) -> float:
        """Lower edge."""
        return self.glyphs[0].base + 0.12 * self.em

    @cached_property
    def em(self) -> float:
        """Width of a Chinese character of its size."""
        wide = [glyph.right - glyph.left for glyph in self.glyphs if glyph.text >= "\u2e80"]
        return sorted(wide)[len(wide) // 2] if wide else max(glyph.height for glyph in self.glyphs) * 0.85

    @cached_property
    def text(self) -> str:
        """What it says, a space where a gap stands."""
        pieces = [self.glyphs[0].text]
        for before, after in zip(self.glyphs, self.glyphs[1:], strict=False):
            gap = after.left - before.right
            if gap > self.em * (0.18 if before.text.isascii() and after.text.isascii() else 0.75):
                pieces.append(" ")
            pieces.append(after.text)
        return "".join(pieces)

    @cached_property
    def first_unit(self) -> float:
        """Width of its beginning up to where a line may break."""
        found = UNIT.match("".join(glyph.text for glyph in self.glyphs))
        last = min(found.end() if found else 1, len(self.glyphs)) - 1
        return self.glyphs[max(last, 0)].right - self.left


def lay_strips(glyphs: Iterable[Glyph], page: int) -> list[Strip]:
    """Printed lines from top to bottom."""
    rows: list[list[Glyph]] = []
    base = reach = 0.0
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if rows and glyph.base - base <= reach:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base, reach = glyph.base, 1.0
        reach = max(reach, SAME_LINE * (glyph.right - glyph.left if glyph.text >= "\u2e80" else glyph.height))
    return [Strip(_in_order(row), page) for row in rows]


def _in_order(row: list[Glyph]) -> list[Glyph]:
    """From left to right; a glyph printed twice to look bold counts once."""
    row.sort(key=lambda one: one.left)
    kept = [row[0]]
    for glyph in row[1:]:
        last = kept[-1]
        if glyph.text != last.text or glyph.left - last.left > (last.right - last.left) * 0.3:
            kept.append(glyph)
    return kept


def is_full(strip: Strip, after: Strip, right: float, slack: float) -> bool:
    """What begins the next line had no room on this one. right: of the column; slack: room on the left, if the text is centred."""
    return after.first_unit > right - strip.right + slack - 0.2 * strip.em


def goes_on(strip: Strip, after: Strip, right: float, slack: float = 0.0) -> bool:
    """The next line continues the sentence of this one."""
    if strip.text[-1] in GOES_ON:
        return True
    if strip.text[-1] in FINISHED and NUMBERED.match(after.text):
        return False
    return is_full(strip, after, right, slack)


def glued(before: str, after: str) -> str:
    """Two halves of a sentence; a space between Latin words only."""
    is_latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if is_latin else before + after


def write_strips(strips: Sequence[Strip], left: float, right: float) -> str:
    """The text of a cell: lines that are full run on, others break. left, right: of the room text has."""
    if not strips:
        return ""
    centred = is_centred(strips, left, right)
    text = strips[0].text
    for before, after in itertools.pairwise(strips):
        slack = before.left - left if centred else 0.0
        text = glued(text, after.text) if goes_on(before, after, right, slack) else f"{text}\n{after.text}"
    return text


def is_centred(strips: Sequence[Strip], left: float, right: float) -> bool:
    """Every line has as much room on its left as on its right, and one has some."""
    gaps = [(strip.left - left, right - strip.right, strip.em) for strip in strips]
    return all(abs(a - b) < 0.5 * em for a, b, em in gaps) and any(min(a, b) > 0.5 * em for a, b, em in gaps)


# 2□75 with a private code in the middle
DECIMAL: Final = re.compile("(?<=\\d)[\ue000-\uf8ff](?=\\d)")
OWN: Final = re.compile("[\ue000-\uf8ff]")


def without_private(text: str, odd: Counter[str]) -> str:
    """A private code between digits is a decimal point; others are □. odd: counts both."""
    if not OWN.search(text):
        return text
    text, points = DECIMAL.subn(".", text)
    if points:
        odd["."] += points
    for code in OWN.findall(text):
        odd[f"U+{ord(code):04X}"] += 1
    assert PRIVATE.start == 0xE000, "the expressions above spell the range"
    return OWN.sub(UNKNOWN, text)
