"""Tables without lines, parted by white space. In: the printed lines of a page. Out: a `Frame` drawn where the gaps are.

A header of three words or more opens one; it goes on while its gaps stay empty. A row begins where the first column is
filled or the lines stand further apart. A guess, so a finding asks to check it.
"""

from __future__ import annotations

import itertools
from statistics import median
from typing import Final

from luoshi.reading.pdf.frames import Box, Frame
from luoshi.reading.pdf.sheet import Glyph
from luoshi.reading.pdf.strips import Strip

GAP: Final = 1.2           # of the width of a character: parts two columns
MIN_COLUMNS: Final = 3
MIN_ROWS: Final = 3        # with the header
NARROW: Final = 5          # characters: a column of numbers or short names, which begins a row
APART: Final = 1.35        # of the usual distance of lines

Span = tuple[float, float]


def find_unruled(strips: list[Strip]) -> list[tuple[int, int, Frame]]:
    """First line, line after the last, and the frame of every table."""
    found = []
    at = 0
    while at < len(strips):
        header = _segments(strips[at])
        end, columns = _extent(strips, at, header) if len(header) >= MIN_COLUMNS else (at, header)
        frame = _frame(strips[at:end], columns) if end - at >= MIN_ROWS else None
        if frame is None:
            at += 1
        else:
            found.append((at, end, frame))
            at = end
    return found


def _segments(strip: Strip) -> list[Span]:
    """Stretches of a line without a wide gap."""
    spans = [(strip.glyphs[0].left, strip.glyphs[0].right)]
    for glyph in strip.glyphs[1:]:
        if glyph.left - spans[-1][1] > GAP * strip.em:
            spans.append((glyph.left, glyph.right))
        else:
            spans[-1] = (spans[-1][0], max(spans[-1][1], glyph.right))
    return spans


def _extent(strips: list[Strip], at: int, header: list[Span]) -> tuple[int, list[Span]]:
    """How far down the gaps of the header stay empty."""
    columns = header
    end = at + 1
    while end < len(strips) and strips[end].top - strips[end - 1].bottom < 3 * strips[end].em:
        widened = _union([*columns, *_segments(strips[end])])
        if len(widened) != len(header):
            break
        columns, end = widened, end + 1
    return end, columns


def _union(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for left, right in sorted(spans):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _frame(strips: list[Strip], columns: list[Span]) -> Frame | None:
    xs = [columns[0][0] - 1, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1] + 1]
    starts = _row_starts(strips, columns[0])
    if len(starts) < MIN_ROWS:
        return None
    ys = [strips[0].top - 1, *((strips[i - 1].bottom + strips[i].top) / 2 for i in starts[1:]), strips[-1].bottom + 1]
    if any(b <= a for a, b in itertools.pairwise(ys)):
        return None
    boxes = [Box(row, column, 1, 1, False, False) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    return Frame(xs, ys, boxes)


def _row_starts(strips: list[Strip], first: Span) -> list[int]:
    distances = [after.top - before.top for before, after in itertools.pairwise(strips)]
    usual = median(distances)
    is_narrow = first[1] - first[0] <= NARROW * strips[0].em
    starts = [0]
    for index, distance in enumerate(distances, start=1):
        is_apart = distance > APART * min(usual, min(distances) * 1.2)
        is_begun = is_narrow and strips[index].left < first[1]
        if is_begun or (is_apart and not is_narrow):
            starts.append(index)
    return starts


def fill(frame: Frame, glyphs: list[Glyph]) -> list[Glyph]:
    """Put glyphs into their boxes; return those outside."""
    outside = []
    for glyph in glyphs:
        box = frame.box_of((glyph.left + glyph.right) / 2, glyph.base - 0.3 * glyph.height)
        if box is None:
            outside.append(glyph)
        else:
            box.glyphs.append(glyph)
    return outside
