"""One item of running text → what it says, sorted: measures with their duties, goal, dates, persons.

In: an `Item` and the clauses of its lines. Out: `Content`. A clause closes what stands above it since the one before; labelled lines below
one another are one clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from luoshi.compiler.clauses import Clause, Labelled, read_labels
from luoshi.compiler.draft import Kind
from luoshi.compiler.outline import Item, cut, inline_items
from luoshi.plan.duty import Duty
from luoshi.reading.source import Cell

_WHO: frozenset[Kind] = frozenset(("lead", "support", "responsible"))


@dataclass(slots=True)
class Piece:
    """「段」 A measure in the making. closed: a clause behind it names its units. slots: its own date and persons, where it has any."""

    cell: Cell
    duties: list[Duty] = field(default_factory=list)
    closed: bool = False
    no: Cell | None = None
    slots: dict[Kind, list[Cell]] = field(default_factory=dict)


@dataclass(slots=True)
class Content:
    """「内文」 What an item says by itself. duties: of the item as a whole, where a clause stands behind its heading. slots: goal, due,
    people, notes."""

    item: Item
    pieces: list[Piece] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    slots: dict[Kind, list[Cell]] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        """There are words beside the names of units: 牵头单位：市园林局 alone is no task."""
        head = self.item.head or (None if self.pieces else self.item.first)
        cells = [piece.cell for piece in self.pieces] + [cell for held in self.slots.values() for cell in held] + ([head] if head else [])
        return any(cell.text.strip() for cell in cells)

    @property
    def names_units(self) -> bool:
        """Somebody is named in it."""
        return bool(self.duties) or any(p.duties for p in self.pieces)


class _Reader:
    """Reads the lines of one item from top to bottom."""

    def __init__(self, item: Item) -> None:
        self.content = Content(item)
        self._closing: list[Piece] | None = None           # the pieces that the clause just read closed
        self._mode: Kind = "measure"

    def read(self, line: Cell, clauses: Sequence[Clause]) -> None:
        labels = read_labels(line)
        at = 0
        if labels and labels[0].start == 0:
            self._label_line(line, labels, clauses)
            return
        for clause in (c for c in clauses if c.closes and c.end <= line.offset + len(line.text)):
            self._text(line, at, clause.start, clauses)
            self._close(clause.duties)
            at = clause.end
        for label in labels:
            self._keep(label)
            if label.start >= at:
                self._text(line, at, label.start, clauses)
                at = label.value.offset - line.offset + len(label.value.text)
        self._text(line, at, len(line.text), clauses)

    def _label_line(self, line: Cell, labels: list[Labelled], clauses: Sequence[Clause]) -> None:
        if labels[0].kind in {"goal", "measure", "notes"}:
            self._mode = labels[0].kind
            start = labels[0].value.offset - line.offset
            labels, said = labels[1:], [c for c in clauses if c.closes]
            end = min([x.start for x in labels] + [c.start for c in said if c.start > start] + [len(line.text)])
            self._text(line, start, end, clauses)
        else:
            self._mode = "measure"
        duties = [d for c in clauses if c.closes for d in c.duties]
        if duties:
            self._close(duties)
        for label in labels:
            self._keep(label)

    def _keep(self, label: Labelled) -> None:
        if label.kind not in _WHO and label.value.text:
            self.content.slots.setdefault(label.kind, []).append(label.value)

    def _text(self, line: Cell, start: int, end: int, clauses: Sequence[Clause]) -> None:
        inner = [c for c in clauses if not c.closes and start <= c.start < end]
        numbers = {a: b for a, b in inline_items(line.text) if start <= a < end}
        cuts = [start, *(a for a in numbers if a > start), end]
        for a, b in pairwise(cuts):
            number = cut(line, a, numbers[a]) if a in numbers else None
            cell = cut(line, numbers.get(a, a), b)
            if not any(c.isalnum() for c in cell.text):
                continue
            if self._mode in {"goal", "notes"}:
                self.content.slots.setdefault(self._mode, []).append(cell)
                continue
            self._closing = None
            self.content.pieces.append(Piece(cell, [d for c in inner if a <= c.start < b for d in c.duties], no=number))

    def _close(self, duties: Sequence[Duty]) -> None:
        if self._closing is None:
            self._closing = [p for p in self.content.pieces if not p.closed]
        for piece in self._closing:
            is_last = piece is self._closing[-1]
            piece.duties += duties if is_last else [replace(d, inherited=True) for d in duties]
            piece.closed = True
        if not self._closing:
            self.content.duties += duties


def read_content(item: Item, clauses: Sequence[Sequence[Clause]]) -> Content:
    """What the lines of an item say. clauses: of every line of the text, by its number."""
    reader = _Reader(item)
    for line in item.lines:
        whole = line.offset - item.first.offset if line.row == item.first.row else 0
        reader.read(line, [_shifted(c, whole) for c in clauses[line.row] if c.start >= whole])
    if item.head is not None:
        shift = item.head.offset - item.first.offset
        inside = [c for c in clauses[item.head.row] if shift <= c.start < shift + len(item.head.text)]
        reader.content.duties = [d for c in inside for d in c.duties] + reader.content.duties
        closing = [c for c in inside if c.closes and c.start > shift]
        if closing:                                        # 建成示例中心（市教育局、市民政局）。
            item.head = cut(item.head, 0, closing[0].start - shift)
    return reader.content


def _shifted(clause: Clause, by: int) -> Clause:
    return replace(clause, start=clause.start - by, end=clause.end - by)
