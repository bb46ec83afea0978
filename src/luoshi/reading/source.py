"""What a file is after reading, whatever its format: paragraphs and tables, every character with its address.

In: nothing. Out: the frozen nouns `Document`, `Contents`, `Paragraph`, `Table`, `Cell`, and the error `Unreadable`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from luoshi.provenance import Finding, SourceRef

Format = Literal["docx", "xlsx", "html", "pdf", "text"]


class Unreadable(Exception):
    """「读不了」 The file cannot be read at all. str(error) is the Chinese message: what, where, what to do.

    id: the kind, named like a finding: `file.empty`, `file.encrypted`, `file.macro`, `file.legacy` … all in `refusal.py`.
    """

    def __init__(self, id: str, message: str) -> None:
        super().__init__(message)
        self.id = id


@dataclass(frozen=True, slots=True)
class Paragraph:
    """「段落」 Running text outside tables. `offset`: where its first character stands (text: in the file; else 0)."""

    text: str
    place: str
    offset: int = 0

    def ref(self, start: int, end: int) -> SourceRef:
        """The source of text[start:end]."""
        return SourceRef(self.place, self.offset + start, self.offset + end, self.text[start:end])


class Cell(NamedTuple):
    """「单元格」 One cell at its own top-left grid position; positions it spans over hold no cell of their own.

    A tuple because a long list has ten thousand of them, and a frozen dataclass takes three times as long to make.

    text: as written inside, outer white space dropped (offset accounts for it). Line breaks are \\n; in the text format
        they are what the file has (\\r\\n too), since a quote must stand in the file character by character.
    row, column: 0-based grid position. rows, columns: how far it spans (1, 1 if unmerged).
    continued: text and pdf only: a blank that may stand for the cell above (a flattened table, or the page end, cannot say which).
    """

    text: str
    place: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    offset: int = 0
    continued: bool = False

    def ref(self, start: int, end: int) -> SourceRef:
        """The source of text[start:end]."""
        return SourceRef(self.place, self.offset + start, self.offset + end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Table:
    """「表」 A grid. cells: row by row, left to right, merged ones once. place: `table 1`, `sheet 任务清单`, `page 2 table 1`, `line 3`."""

    cells: tuple[Cell, ...]
    place: str
    rows: int
    columns: int


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Contents:
    """「内容」 What one format's reader found in a file: all of `Document` that does not come from the file system."""

    blocks: tuple[Block, ...]
    title: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """「文件」 A file read to the end, in reading order. findings: what the reader noticed (hidden rows, tracked changes …)."""

    name: str
    sha256: str
    format: Format
    blocks: tuple[Paragraph | Table, ...]
    title: str | None = None
    findings: tuple[Finding, ...] = ()
