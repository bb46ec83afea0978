"""Word files. In: the bytes of a docx. Out: `Contents`: paragraphs and tables with their merges, in reading order.

One walk over the document part with lxml. Kept: inserted text, hyperlinks, content controls, text boxes (paragraphs of
their own, after the block they hang on), printed numbers of automatic lists. Not kept: deleted text, comments,
footnotes, page headers; a finding says so where the file has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from luoshi.provenance import Finding
from luoshi.reading.archive import Archive
from luoshi.reading.docx_findings import merged_text, notice_findings
from luoshi.reading.grid import Grid
from luoshi.reading.numbering import Numbering
from luoshi.reading.refusal import refusal
from luoshi.reading.source import Block, Contents, Paragraph
from luoshi.reading.wordml import (
    BOX,
    GRID_BEFORE,
    GRID_SPAN,
    H_MERGE,
    KNOTTY,
    MATH_T,
    PPR,
    SIGNS,
    SKIPPED,
    STREAM,
    SYM,
    SYMBOLS,
    TBL,
    TC,
    TCPR,
    TR,
    V_MERGE,
    VAL,
    WRAPPERS,
    P,
    R,
    T,
    W,
)
from luoshi.reading.xml import main_part, parse_part, read_title

MAX_SPAN: Final = 1_000   # columns; Word itself stops at 63


def read_docx(data: bytes, name: str) -> Contents:
    """Read a docx from its bytes."""
    archive = Archive(data, name)
    part = main_part(archive, "word/document.xml")
    if part not in archive:
        raise refusal("docx.no-body", name)
    body = parse_part(archive, part).find(W + "body")
    if body is None:
        raise refusal("docx.no-body", name)
    numbering = Numbering(archive)
    walk = _Walk(numbering)
    walk.read_blocks(body)
    findings = (*notice_findings(body), *numbering.findings(), *walk.findings)
    return Contents(tuple(walk.blocks), read_title(archive), findings)


def _rows(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _rows(child, tag)


def _number(value: str | None, least: int) -> int:
    return min(max(least, int(value[:9])), MAX_SPAN) if value and value.isdecimal() else least


def _stream_rows(table: etree._Element, grid: Grid) -> None:
    """Rows of a table in which nothing is nested, hidden or numbered: a cell ends where the next one starts."""
    text, span, down = "", 1, None
    is_open = is_first = False
    for node in table.iter(*STREAM):
        tag = node.tag
        if tag == T:
            text += node.text or ""
        elif tag == P:
            text, is_first = (text, False) if is_first else (text + "\n", False)
        elif tag == TC:
            if is_open:
                grid.add(text.strip(), span, down, None)
            text, span, down, is_open, is_first = "", 1, None, True, True
        elif tag == V_MERGE:
            down = node.get(VAL, "continue")
        elif tag == TR:
            if is_open:
                grid.add(text.strip(), span, down, None)
            is_open = False
            grid.start_row(0)
        elif tag == GRID_SPAN:
            span = _number(node.get(VAL), 1)
        elif tag == GRID_BEFORE:
            grid.skip(_number(node.get(VAL), 0))
        else:
            text += SIGNS[tag]
    if is_open:
        grid.add(text.strip(), span, down, None)


class _Walk:
    """What has been read so far, and what waits until the block around it is complete."""

    def __init__(self, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self._numbering = numbering
        self._tables = 0
        self._paragraphs = 0
        self._waiting: dict[etree._Element, None] = {}   # text boxes and nested tables, each once, in order
        self._nested: set[etree._Element] = set()   # tables that waited: read once on their own however deep they are

    def read_blocks(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == P:
                self._read_paragraph(child)
            elif tag == TBL:
                self._read_table(child)
            elif tag in WRAPPERS:
                self.read_blocks(child)

    def _read_paragraph(self, paragraph: etree._Element) -> None:
        text = self._text(paragraph).strip()
        if text:
            self._paragraphs += 1
            self.blocks.append(Paragraph(text, f"paragraph {self._paragraphs}"))
        self._read_waiting()

    def _read_waiting(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for element in waiting:
            if element.tag == TBL:
                self._read_table(element)
            else:
                self.read_blocks(element)

    def _read_table(self, table: etree._Element) -> None:
        self._tables += 1
        grid = Grid(f"table {self._tables}")
        if next(table.iterdescendants(*KNOTTY), None) is None:
            _stream_rows(table, grid)
        else:
            for row in _rows(table, TR):
                self._read_row(row, grid)
        if grid.hidden:
            self.findings.append(merged_text(grid.place, grid.hidden))
        done = grid.table()
        if any(cell.text for cell in done.cells):
            self.blocks.append(done)
        else:
            self._tables -= 1   # frames and lines drawn with tables; people do not count them
        self._read_waiting()

    def _read_row(self, row: etree._Element, grid: Grid) -> None:
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            return
        before = None if properties is None else properties.find(GRID_BEFORE)
        grid.start_row(0 if before is None else _number(before.get(VAL), 0))
        for cell in _rows(row, TC):
            self._read_cell(cell, grid)

    def _read_cell(self, cell: etree._Element, grid: Grid) -> None:
        span, down, along = 1, None, None
        lines = []
        for child in cell:
            tag = child.tag
            if tag == P:
                lines.append(self._text(child))
            elif tag == TCPR:
                for sign in child:
                    if sign.tag == GRID_SPAN:
                        span = _number(sign.get(VAL), 1)
                    elif sign.tag == V_MERGE:
                        down = sign.get(VAL, "continue")
                    elif sign.tag == H_MERGE:
                        along = sign.get(VAL, "continue")
            else:
                lines.extend(self._lines(child))
        grid.add(lines[0].strip() if len(lines) == 1 else "\n".join(lines).strip(), span, down, along)

    def _lines(self, node: etree._Element) -> Iterator[str]:
        """Paragraphs below a node, one line each: content controls and nested tables in a cell."""
        if node.tag == P:
            yield self._text(node)
        elif node.tag == TBL:
            if node not in self._nested and sum(1 for _ in _rows(node, TR)) > 1:
                self._nested.add(node)
                self._waiting[node] = None
            for row in _rows(node, TR):
                for cell in _rows(row, TC):
                    yield from (line for child in cell for line in self._lines(child) if line.strip())
        elif node.tag in WRAPPERS:
            for child in node:
                yield from self._lines(child)

    def _text(self, paragraph: etree._Element) -> str:
        pieces: list[str] = []
        for child in paragraph:
            if child.tag == R:
                self._add_run(child, pieces)
            elif child.tag == PPR:
                label = self._numbering.label(paragraph, child)
                if label:
                    pieces.append(label)
            else:
                self._add(child, pieces)
        return pieces[0] if len(pieces) == 1 else "".join(pieces)

    def _add_run(self, run: etree._Element, pieces: list[str]) -> None:
        for child in run:
            if child.tag == T:
                pieces.append(child.text or "")
            else:
                self._add(child, pieces)

    def _add(self, node: etree._Element, pieces: list[str]) -> None:
        tag = node.tag
        if tag in SKIPPED:
            return
        if tag in (T, MATH_T):
            pieces.append(node.text or "")
        elif tag in SIGNS:
            pieces.append(SIGNS[tag])
        elif tag == SYM:
            pieces.append(SYMBOLS.get((node.get(W + "char") or "").upper(), "□"))
        elif tag == BOX:
            self._waiting[node] = None
        else:
            for child in node:
                self._add(child, pieces)
