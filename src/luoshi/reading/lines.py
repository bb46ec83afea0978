"""A text file as numbered lines. In: the decoded text. Out: `Line`s, and cells cut from it with exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from luoshi.reading.source import Cell, Paragraph, Table

# a line with its \r\n, \n or lone \r
LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """「行」 One line: text without its line end, start and end (with the line end) in the file."""

    text: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        """Nothing but white space (full-width too)."""
        return not self.text or self.text.isspace()


class Page:
    """「文本」 The whole decoded text and its lines; cuts trimmed pieces that know where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [Line(found[0].rstrip("\r\n"), found.start(), found.end()) for found in LINE.finditer(text)]
        self._starts = [line.start for line in self.lines]

    def place(self, offset: int) -> str:
        """`line N` of a character."""
        return f"line {max(1, bisect_right(self._starts, offset))}"

    def trim(self, start: int, end: int) -> tuple[str, int]:
        """text[start:end] without outer white space, and where it starts then (a blank: where it stood)."""
        raw = self.text[start:end]
        text = raw.strip()
        return text, start + (raw.index(text) if text else 0)

    def paragraph(self, line: Line) -> Paragraph:
        """The line as running text."""
        text, offset = self.trim(line.start, line.end)
        return Paragraph(text, self.place(offset), offset)

    def table(self, rows: list[list[tuple[int, int]]]) -> Table:
        """Rows of spans as a table. Blank cells may stand for the one above: a text cannot say which."""
        cells = [self._cell(span, row, column) for row, spans in enumerate(rows) for column, span in enumerate(spans)]
        return Table(tuple(cells), self.place(rows[0][0][0]), len(rows), max(map(len, rows)))

    def _cell(self, span: tuple[int, int], row: int, column: int) -> Cell:
        text, offset = self.trim(*span)
        return Cell(text, self.place(offset), row, column, offset=offset, continued=not text)
