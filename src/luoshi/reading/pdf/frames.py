"""Ruled lines → tables. In: the rules of one page. Out: `Frame`s: boxes by row and column, merged where no line parts them.

Where a page ends inside a row, most programs draw no line: such boxes are open, and `joining.py` joins them over the pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from luoshi.reading.pdf.sheet import Glyph, Rule

NEAR: Final = 3.0         # points: lines this near are one line
STUB: Final = 2.0         # points: uprights that end so much below the last level line belong to a row that goes on overleaf
COVERED: Final = 0.6      # of the side of a box, to count as drawn
MAX_BOXES: Final = 100_000


@dataclass(slots=True)
class Box:
    """「框」 One box of a frame: its place in the grid, what is printed in it, and whether the page cuts it."""

    row: int
    column: int
    rows: int
    columns: int
    is_open_above: bool
    is_open_below: bool
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """「框表」 A ruled table on one page. xs, ys: its lines. boxes: in reading order."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]
    _at: dict[tuple[int, int], Box] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for box in self.boxes:
            for row in range(box.row, box.row + box.rows):
                for column in range(box.column, box.column + box.columns):
                    self._at[row, column] = box

    def reach_down(self, bottom: float) -> None:
        """A last row without a line below it goes down to the end of the page, whatever its uprights do."""
        if all(box.is_open_below for box in self.boxes if box.row + box.rows == len(self.ys) - 1):
            self.ys[-1] = max(self.ys[-1], bottom)

    def box_of(self, x: float, y: float) -> Box | None:
        """The box around a point."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self._at.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def find_frames(rules: list[Rule]) -> list[Frame]:
    """Every group of crossing rules that parts at least two boxes, from top to bottom."""
    frames = [frame for group in _groups(_merged(rules)) if (frame := _frame(group)) is not None]
    return sorted(frames, key=lambda frame: (frame.ys[0], frame.xs[0]))


def clusters(values: Iterable[float]) -> list[float]:
    """Values nearer than NEAR as their mean, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(values: list[float], value: float) -> int:
    """Index of the value that is nearest."""
    at = bisect_right(values, value)
    return min((i for i in (at - 1, at) if 0 <= i < len(values)), key=lambda i: abs(values[i] - value))


def _merged(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line as one line."""
    merged: list[Rule] = []
    for is_level in (True, False):
        own = [rule for rule in rules if rule.is_level == is_level]
        lines = clusters(rule.at for rule in own)
        pieces: dict[float, list[tuple[float, float]]] = {}
        for rule in own:
            pieces.setdefault(lines[nearest(lines, rule.at)], []).append((rule.start, rule.end))
        for at, spans in pieces.items():
            merged.extend(Rule(is_level, at, start, end) for start, end in _spans(spans))
    return merged


def _spans(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] <= NEAR:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch, directly or through others."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    upright = sorted((rule.at, index) for index, rule in enumerate(rules) if not rule.is_level)
    for index, rule in enumerate(rules):
        if not rule.is_level:
            continue
        first = bisect_right(upright, (rule.start - NEAR, -1))
        for at, other in upright[first:]:
            if at > rule.end + NEAR:
                break
            if rules[other].start - NEAR <= rule.at <= rules[other].end + NEAR:
                parent[root(other)] = root(index)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return list(groups.values())


def _frame(rules: list[Rule]) -> Frame | None:
    level, upright = [r for r in rules if r.is_level], [r for r in rules if not r.is_level]
    if not level or not upright:
        return None
    xs, ys = _lines(upright, level, 2 * NEAR), _lines(level, upright, STUB)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2 or columns * rows > MAX_BOXES:
        return None
    above = _drawn(level, ys, xs)      # line, stretch → is drawn
    beside = _drawn(upright, xs, ys)
    return Frame(xs, ys, _boxes(rows, columns, above, beside))


def _lines(own: list[Rule], crossing: list[Rule], least: float) -> list[float]:
    """Where lines stand, with the edges of tables that have no outer line: where two rules reach further by at least so much."""
    lines = clusters(rule.at for rule in own)
    starts, ends = sorted(rule.start for rule in crossing), sorted((rule.end for rule in crossing), reverse=True)
    outer = []
    if len(starts) > 1 and lines[0] - starts[1] > least:
        outer.append(starts[0])
    if len(ends) > 1 and ends[1] - lines[-1] > least:
        outer.append(ends[0])
    return sorted([*lines, *outer])


def _drawn(rules: list[Rule], lines: list[float], stretches: list[float]) -> set[tuple[int, int]]:
    """Which stretches of which lines are drawn."""
    drawn = set()
    for rule in rules:
        line = nearest(lines, rule.at)
        for index in range(max(0, bisect_right(stretches, rule.start) - 1), len(stretches) - 1):
            start, end = stretches[index], stretches[index + 1]
            if start >= rule.end:
                break
            if min(rule.end, end) - max(rule.start, start) >= COVERED * (end - start):
                drawn.add((line, index))
    return drawn


def _boxes(rows: int, columns: int, above: set[tuple[int, int]], beside: set[tuple[int, int]]) -> list[Box]:
    """From each free corner as far right, then as far down, as no line parts."""
    taken: set[tuple[int, int]] = set()
    boxes = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = _reach(column, columns, lambda c, row=row: (c, row) not in beside and (row, c) not in taken)  # type: ignore[misc]
            span = range(column, column + wide)
            down = _reach(row, rows, lambda r, span=span: _is_below(r, span, above, beside, taken))  # type: ignore[misc]
            taken.update((r, c) for r in range(row, row + down) for c in span)
            is_cut = row == 0 and not any((0, c) in above for c in span)
            is_cutting = row + down == rows and not any((rows, c) in above for c in span)
            boxes.append(Box(row, column, down, wide, is_cut, is_cutting))
    return boxes


def _is_below(row: int, span: range, above: set[tuple[int, int]], beside: set[tuple[int, int]], taken: set[tuple[int, int]]) -> bool:
    return not any((row, c) in above or (row, c) in taken for c in span) and not any((c, row) in beside for c in span[1:])


def _reach(start: int, end: int, may_grow: Callable[[int], bool]) -> int:
    at = start + 1
    while at < end and may_grow(at):
        at += 1
    return at - start
