"""A document with every span marked that something was read from, and the text that nothing was read from.

In: `Document`, the `Plan` compiled from it, its questions as the page numbers them. Out: `MarkedDocument`: blocks of pieces; places are
those of the file, so that the page shows what was read and not a copy of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from luoshi.compiler.columns import HEADER_ROWS, column_kind
from luoshi.lexicon.written import place_words
from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding, SourceRef
from luoshi.publish.plan_draft import number_leaves, place_anchor, promises_of
from luoshi.reading.source import Block, Cell, Document, Paragraph, Table

MarkKind = Literal["ask", "q", "m", "p", "u", "t", "c", ""]
"""Question, target, milestone, deadline or condition, unit, task, measure."""
PRIORITY: tuple[MarkKind, ...] = ("ask", "q", "p", "m", "u", "t", "c", "")
CLAUSE = re.compile(r"[^。；;\n\r]+[。；;]?")   # 抓紧军民合用机场建设。
BLANK = "（空白）"


@dataclass(frozen=True, slots=True)
class Mark:
    """「标记」 A span in one cell or paragraph. label: number in the plan; href: where it leads; anchor: how it is found."""

    start: int
    end: int
    kind: MarkKind
    label: str = ""
    href: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """「文字片」 Text of one look. anchors: what starts here; links: (label, address) of what ends here; href: where the words themselves lead."""

    text: str
    kind: MarkKind
    anchors: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class CellShown:
    """「格子」 One cell or one paragraph, in pieces. label: the heading of its column."""

    pieces: tuple[Piece, ...]
    rows: int = 1
    columns: int = 1
    heads: bool = False
    label: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing to show."""
        return not self.pieces


@dataclass(frozen=True, slots=True)
class BlockShown:
    """「块」 A paragraph (one cell) or a table (rows of cells)."""

    place: str
    rows: tuple[tuple[CellShown, ...], ...]
    is_table: bool

    @property
    def is_wide(self) -> bool:
        """Too many columns to stand beside a plan: the page shows each row as a record then."""
        return max((len(row) for row in self.rows), default=0) > 4


@dataclass(frozen=True, slots=True)
class Stray:
    """「未归文字」 Text that no noun of the plan came from, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """「标注原文」 The left side of the page. share: percent of the characters that something was read from."""

    blocks: tuple[BlockShown, ...]
    strays: tuple[Stray, ...]
    share: int


@dataclass(slots=True)
class _Spot:
    """A cell or paragraph while marks are gathered. taken: spans that nouns came from without a mark of their own."""

    text: str
    place: str
    offset: int
    marks: list[Mark] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)


def mark_document(document: Document, plan: Plan, questions: tuple[Finding, ...]) -> MarkedDocument:
    """Nothing is looked up by its words except deadlines and conditions, which are told by their words beside their target."""
    spots = {id(piece): _Spot(piece.text, piece.place, piece.offset) for block in document.blocks for piece in _inside(block)}
    finder = _Finder(spots.values())
    _mark_plan(plan, finder)
    for number, question in enumerate(questions, 1):
        finder.mark(question.source, "ask", f"问{number}", f"q{number}", f"a{number}")
    blocks = tuple(_block(block, spots) for block in document.blocks)
    strays, share = _strays(document, plan, spots)
    return MarkedDocument(blocks, strays, share)


def _inside(block: Block) -> tuple[Cell | Paragraph, ...]:
    return (block,) if isinstance(block, Paragraph) else block.cells


class _Finder:
    """Which spot a source names. Cells of one line of a text share their place: the offset tells them apart."""

    def __init__(self, spots: Iterable[_Spot]) -> None:
        self.by_place: dict[str, list[_Spot]] = defaultdict(list)
        for spot in spots:
            self.by_place[spot.place].append(spot)

    def find(self, source: SourceRef | None) -> tuple[_Spot, int, int] | None:
        """The spot, and start and end in its text."""
        if source is None:
            return None
        for spot in self.by_place.get(source.place, ()):
            start, end = source.start - spot.offset, source.end - spot.offset
            if 0 <= start <= end <= len(spot.text):
                return spot, start, end
        return None

    def mark(self, source: SourceRef | None, kind: MarkKind, label: str, href: str, anchor: str) -> None:
        """Mark what the source names."""
        found = self.find(source)
        if found:
            found[0].marks.append(Mark(found[1], found[2], kind, label, href, anchor))

    def take(self, source: SourceRef) -> None:
        """Something came from here."""
        found = self.find(source)
        if found:
            found[0].taken.append(found[1:])

    def mark_words(self, beside: SourceRef, words: str | None, label: str, href: str) -> None:
        """The occurrence of the words nearest to the target that they belong to."""
        found = self.find(beside)
        if not found or not words:
            return
        spot, near, _ = found
        starts = [hit.start() for hit in re.finditer(re.escape(words), spot.text)]
        if starts:
            start = min(starts, key=lambda at: abs(at - near))
            spot.marks.append(Mark(start, start + len(words), "p", label, href))


def _mark_plan(plan: Plan, finder: _Finder) -> None:
    numbers = number_leaves(plan)
    units: set[str] = set()
    for task, holder in plan.holders():
        finder.take(holder.source)
        finder.mark(holder.source, "c" if isinstance(holder, Measure) else "t", numbers[holder.id], f"p-{holder.id}", f"at-{holder.id}")
        _mark_promises(holder, numbers, finder)
        for duty in holder.duties:
            anchor = place_anchor(duty.source)
            if anchor not in units:
                units.add(anchor)
                finder.mark(duty.source, "u", numbers[task.id], f"p-{task.id}", anchor)


def _mark_promises(holder: Task | Measure, numbers: dict[str, str], finder: _Finder) -> None:
    for promise in promises_of(holder):
        number, href = numbers[promise.id], f"p-{promise.id}"
        finder.mark(promise.source, "q" if isinstance(promise, Target) else "m", number, href, f"at-{promise.id}")
        finder.mark_words(promise.source, promise.due.written if promise.due else None, number, href)
        if isinstance(promise, Target):
            finder.mark_words(promise.source, promise.condition, number, href)


def _block(block: Block, spots: dict[int, _Spot]) -> BlockShown:
    if isinstance(block, Paragraph):
        return BlockShown(block.place, ((CellShown(cut(spots[id(block)].text, spots[id(block)].marks)),),), False)
    rows: dict[int, list[CellShown]] = defaultdict(list)
    heads = _head_rows(block)
    labels = {cell.column: _squeezed(cell.text) for cell in reversed(block.cells) if cell.row in heads}
    for cell in block.cells:
        spot = spots[id(cell)]
        rows[cell.row].append(CellShown(cut(spot.text, spot.marks), cell.rows, cell.columns, cell.row in heads, labels.get(cell.column, "")))
    return BlockShown(block.place, tuple(tuple(rows[row]) for row in sorted(rows)), True)


def _head_rows(table: Table) -> frozenset[int]:
    """Rows of which most cells say what a column means; a task may be named like a column (…项目)."""
    says: dict[int, list[bool]] = defaultdict(list)
    for cell in table.cells:
        if cell.row < HEADER_ROWS and cell.text:
            says[cell.row].append(column_kind(cell.text) is not None)
    return frozenset(row for row, kinds in says.items() if len(kinds) > 1 and 2 * sum(kinds) > len(kinds))


def cut(text: str, marks: list[Mark]) -> tuple[Piece, ...]:
    """Cut at every start and end. Where marks overlap, the one that asks wins the look; every link is kept."""
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    pieces: list[Piece] = []
    for edge, following in pairwise((*edges, len(text))):
        empty = [m for m in marks if m.start == m.end == edge]
        if empty:
            pieces.append(_empty_piece(text, empty))
        if edge < following:
            look, href = _look(marks, edge, following)
            pieces.append(Piece(text[edge:following], look, _anchors(marks, edge), _links(marks, edge, following), href))
    return tuple(pieces)


def _empty_piece(text: str, empty: list[Mark]) -> Piece:
    """What has a place but no text: the end of a measure's cell; a blank cell that is asked about."""
    asks = not text and any(m.kind == "ask" for m in empty)
    return Piece(BLANK if asks else "", "ask" if asks else "", tuple(m.anchor for m in empty if m.anchor), tuple((m.label, m.href) for m in empty))


def _look(marks: list[Mark], start: int, end: int) -> tuple[MarkKind, str]:
    """Of the marks over it the first by priority, of these the shortest. The words of a measure lead nowhere: people select them."""
    over = [m for m in marks if m.start <= start and end <= m.end and m.start < m.end]
    if not over:
        return "", ""
    mark = min(over, key=lambda m: (PRIORITY.index(m.kind), m.end - m.start))
    return mark.kind, "" if mark.kind == "c" else mark.href


def _anchors(marks: list[Mark], start: int) -> tuple[str, ...]:
    return tuple(m.anchor for m in marks if m.start == start < m.end and m.anchor)


def _links(marks: list[Mark], start: int, end: int) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((m.label, m.href) for m in marks if start < m.end == end and m.start < m.end))


def _strays(document: Document, plan: Plan, spots: dict[int, _Spot]) -> tuple[tuple[Stray, ...], int]:
    """Clause by clause. Numbers, headings and the words of the small columns are the list's frame and count as read."""
    frame = set(_frame_words(plan))
    strays: list[Stray] = []
    total = missed = 0
    for block in document.blocks:
        heads = _head_rows(block) if isinstance(block, Table) else frozenset()
        for piece in _inside(block):
            spot = spots[id(piece)]
            is_frame = isinstance(piece, Cell) and (piece.row in heads or _squeezed(piece.text) in frame)
            for clause in CLAUSE.finditer(piece.text):
                size = len(_squeezed(clause[0]))
                total += size
                if size > 1 and not is_frame and _squeezed(piece.text) not in frame and not _is_taken(spot, clause.start(), clause.end()):
                    missed += size
                    strays.append(Stray(clause[0].strip(), place_words(piece.place)))
    return tuple(strays), round(100 * (total - missed) / total) if total else 0


def _is_taken(spot: _Spot, start: int, end: int) -> bool:
    spans = [*spot.taken, *((m.start, m.end) for m in spot.marks)]
    return any(a < end and start < b for a, b in spans)


def _frame_words(plan: Plan) -> Iterator[str]:
    yield _squeezed(plan.document.title)
    for task, holder in plan.holders():
        for words in (task.no, task.group, task.notes, holder.notes, *holder.people, holder.due.written if holder.due else None,
                      holder.group, *(g.text for g in task.goals), holder.no if isinstance(holder, Measure) else task.title):
            if words:
                yield _squeezed(words)


def _squeezed(text: str) -> str:
    return "".join(text.split())
