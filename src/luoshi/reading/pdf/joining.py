"""Tables that run over pages. In: frames with their text, page after page. Out: one `Table`, the repeated header once.

A row cut by the page end is one row again. Sure where no line was drawn at the cut; where lines were drawn, told by the
sentence that goes on, and then a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from luoshi.provenance import Finding
from luoshi.reading.pdf.frames import Box, Frame, nearest
from luoshi.reading.pdf.sheet import Sheet
from luoshi.reading.pdf.strips import FINISHED, Strip, glued, goes_on, is_centred, lay_strips, write_strips
from luoshi.reading.source import Cell, Table

SAME: Final = 6.0          # points: lines of a column on two pages
MAX_INSET: Final = 8.0     # points between line and text
MAX_HEADER: Final = 4      # rows


@dataclass(slots=True)
class Piece:
    """「格段」 What one page shows of a cell: its lines and the room they have."""

    strips: Sequence[Strip]
    left: float
    right: float
    page: int


@dataclass(slots=True)
class Part:
    """「跨页格」 A cell that may go on over pages. left, right: from the left edge of its table. continued: blank after a cut."""

    row: int
    rows: int
    left: float
    right: float
    is_open_below: bool
    pieces: list[Piece]
    continued: bool = False

    @property
    def has_text(self) -> bool:
        """Something is printed in it."""
        return any(piece.strips for piece in self.pieces)


@dataclass(slots=True)
class Running:
    """「跨页表」 A table as far as the pages read so far show it."""

    xs: list[float]
    rows: int
    parts: list[Part]
    pages: list[int]
    first_of_last_page: int = 0                       # index of the first part that the last page may have shown
    joined: list[int] = field(default_factory=list)   # pages whose first row was joined by its sentence
    is_ruled: bool = True

    @property
    def has_text(self) -> bool:
        """Something is printed in it."""
        return any(part.has_text for part in self.parts)


def start_table(frame: Frame, sheet: Sheet) -> Running:
    """A table that begins on this page."""
    left = frame.xs[0]
    insets = _insets(frame)
    parts = [_part(box, frame, sheet, insets) for box in frame.boxes]
    return Running([x - left for x in frame.xs], len(frame.ys) - 1, parts, [sheet.number])


def _insets(frame: Frame) -> list[float]:
    """Between the line of each column and its leftmost text."""
    insets = [MAX_INSET] * len(frame.xs)
    for box in frame.boxes:
        if box.glyphs:
            insets[box.column] = max(0.0, min(insets[box.column], min(g.left for g in box.glyphs) - frame.xs[box.column]))
    return insets


def _part(box: Box, frame: Frame, sheet: Sheet, insets: list[float]) -> Part:
    left, right = frame.xs[box.column], frame.xs[box.column + box.columns]
    inset = insets[box.column]
    strips = lay_strips(box.glyphs, sheet.number) if box.glyphs else []
    piece = Piece(strips, left + inset, right - inset, sheet.number)
    return Part(box.row, box.rows, left - frame.xs[0], right - frame.xs[0], box.is_open_below, [piece])


def may_go_on(table: Running, frame: Frame) -> bool:
    """The frame has the columns of the table."""
    xs = [x - frame.xs[0] for x in frame.xs]
    if len(table.xs) < 3 or abs(table.xs[-1] - xs[-1]) > SAME:
        return False
    fewer, more = (xs, table.xs) if len(xs) < len(table.xs) else (table.xs, xs)
    return len(fewer) > 2 and all(abs(more[nearest(more, x)] - x) <= SAME for x in fewer)


def go_on(table: Running, frame: Frame, sheet: Sheet) -> None:
    """Add what the next page shows of the table."""
    after = start_table(frame, sheet)
    after.parts = [part for part in after.parts if part.row >= (drop := _repeated_rows(table, after)) or part.row + part.rows > drop]
    for part in after.parts:
        part.rows -= max(0, drop - part.row)
        part.row = max(0, part.row - drop)
    open_above = {(box.column, box.row) for box in frame.boxes if box.is_open_above} if not drop else set()
    opened = {id(part) for part in after.parts if part.row == 0 and any(abs(frame.xs[c] - frame.xs[0] - part.left) < 0.01 for c, _ in open_above)}
    pairs = [(above, part) for part in after.parts if part.row == 0 and (above := _above(table, part)) is not None]
    kind = _cut(pairs, opened)
    offset = table.rows - (1 if kind else 0)
    kept = [index for index, part in enumerate(table.parts[table.first_of_last_page:], table.first_of_last_page)
            if part.row + part.rows == table.rows]
    table.first_of_last_page = kept[0] if kept else len(table.parts)
    joined = {id(part): above for above, part in pairs if kind or (above.is_open_below and id(part) in opened)}
    for part in after.parts:
        above = joined.get(id(part))
        if above is None:
            part.continued = part.row == 0 and not part.has_text
            part.row += offset
            table.parts.append(part)
        else:
            above.rows = offset + part.row + part.rows - above.row
            above.is_open_below = part.is_open_below
            above.pieces.extend(part.pieces)
    table.rows = offset + after.rows - drop
    table.xs = sorted({*table.xs, *(x for x in after.xs if abs(table.xs[nearest(table.xs, x)] - x) > SAME)})
    table.pages.append(sheet.number)
    if kind == "sentence":
        table.joined.append(sheet.number)


def _repeated_rows(table: Running, after: Running) -> int:
    """How many rows of the page repeat the first rows of the table."""
    count = 0
    while count < min(MAX_HEADER, after.rows - 1, table.rows) and (words := _row_words(after, count)) and words == _row_words(table, count):
        count += 1
    return count


def _row_words(table: Running, row: int) -> list[str]:
    own = sorted((part for part in _first_parts(table, row) if part.row == row), key=lambda p: p.left)
    return [words for part in own
            if (words := "".join(strip.text for piece in part.pieces for strip in piece.strips).replace(" ", ""))]


def _first_parts(table: Running, row: int) -> Iterator[Part]:
    """Parts up to this row: they are kept in order, and a long list must not be walked for each of its pages."""
    return takewhile(lambda part: part.row <= row, table.parts)


def _above(table: Running, part: Part) -> Part | None:
    """The cell at the end of the table over this one."""
    reach = table.first_of_last_page
    return next((one for one in reversed(table.parts[reach:]) if one.row + one.rows == table.rows
                 and abs(one.left - part.left) <= SAME and abs(one.right - part.right) <= SAME), None)


def _cut(pairs: list[tuple[Part, Part]], opened: set[int]) -> str:
    """`line` or `sentence`: how the page tells that its first row is the rest of the row before; empty: it is a new row."""
    if not pairs:
        return ""
    first = min(pairs, key=lambda pair: pair[0].left)
    if first[0].has_text and first[1].has_text and not _is_same_cell(first):
        return ""
    both = [(above, part) for above, part in pairs if above.pieces[-1].strips and part.pieces[0].strips]
    own = [pair for pair in pairs if pair[0].row == max(above.row for above, _ in pairs)]
    if all(above.is_open_below and id(part) in opened for above, part in own):
        return "" if both and all(_is_finished(pair) for pair in both) else "line"
    if not both:
        return ""
    longest = max(both, key=lambda pair: pair[0].right - pair[0].left)
    return "" if _is_finished(longest) or not _runs_on(longest) else "sentence"


def _is_same_cell(pair: tuple[Part, Part]) -> bool:
    """A first column of words, not numbers, whose word is cut."""
    return _runs_on(pair) and not pair[1].pieces[0].strips[0].text[:1].isdigit()


def _is_finished(pair: tuple[Part, Part]) -> bool:
    return pair[0].pieces[-1].strips[-1].text[-1] in FINISHED


def _runs_on(pair: tuple[Part, Part]) -> bool:
    piece, after = pair[0].pieces[-1], pair[1].pieces[0]
    return bool(piece.strips and after.strips) and _goes_on(piece, after)


def _goes_on(piece: Piece, after: Piece) -> bool:
    last = piece.strips[-1]
    slack = last.left - piece.left if is_centred(piece.strips, piece.left, piece.right) else 0.0
    return goes_on(last, after.strips[0], piece.right, slack)


def finish_table(table: Running, number: int) -> Table:
    """The table with addresses, once the page after it has shown that it ends."""
    cells = []
    for part in sorted(table.parts, key=lambda p: (p.row, p.left)):
        column, end = nearest(table.xs, part.left), nearest(table.xs, part.right)
        shown = [piece for piece in part.pieces if piece.strips]
        page = (shown or part.pieces)[0].page
        place = f"page {page} table {number} row {part.row + 1} column {column + 1}"
        cells.append(Cell(_write(shown), place, part.row, column, part.rows, max(1, end - column), continued=part.continued))
    return Table(tuple(cells), f"page {table.pages[0]} table {number}", table.rows, len(table.xs) - 1)


def _write(pieces: list[Piece]) -> str:
    text = ""
    for index, piece in enumerate(pieces):
        here = write_strips(piece.strips, piece.left, piece.right)
        text = here if not index else glued(text, here) if _goes_on(pieces[index - 1], piece) else f"{text}\n{here}"
    return text


def joined_rows(table: Running, place: str) -> Finding | None:
    """Says which rows were joined because their sentence goes on."""
    if not table.joined:
        return None
    pages = "、".join(str(page) for page in table.joined)
    message = f"第{pages}页开头的一行接着上一页的句子，已与上一页最后一行接成一行。请核对这几处的任务、单位和数字。"
    return Finding("pdf.joined-rows", f"pdf.joined-rows:{place}", "info", message)
