"""The readers of documents. In: a file. Out: for `worker.py`, what to run (→ what was read) and how much text it is by position.

All but the bare parsers give the text of every position of the grid, merged ones filled; the sum of characters over all
positions must be the same for all.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

Work = tuple[Callable[[], Any], Callable[[Any], Any]]
Grid = list[list[Any]]
DOCUMENT_XML = "word/document.xml"


def luoshi(path: str) -> Work:
    """`read_document`: cells with their spans and addresses, and the file's hash."""
    from luoshi.reading.read import read_document
    from luoshi.reading.source import Document, Table

    file = Path(path)

    def describe(document: Document) -> int:
        tables = (block for block in document.blocks if isinstance(block, Table))
        return sum(len(cell.text) * cell.rows * cell.columns for table in tables for cell in table.cells)

    return (lambda: read_document(file)), describe


def python_docx(path: str) -> Work:
    """The usual way: `row.cells`, which fills merged cells."""
    from docx import Document

    return (lambda: [[cell.text for cell in row.cells] for row in Document(path).tables[0].rows]), _characters


def lxml_docx(path: str) -> Work:
    """The limit: unzip and parse, look at nothing."""
    from lxml import etree

    def run() -> Any:
        with zipfile.ZipFile(path) as archive:
            return etree.fromstring(archive.read(DOCUMENT_XML))

    return run, lambda root: None


def calamine(path: str) -> Work:
    """Values and merged ranges, filled."""
    from python_calamine import CalamineWorkbook

    def run() -> Grid:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        grid: Grid = sheet.to_python()
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            for row in range(top, bottom + 1):
                grid[row][left : right + 1] = [grid[top][left]] * (right + 1 - left)
        return grid

    return run, _characters


def openpyxl(path: str) -> Work:
    """Values and merged ranges, filled; the read-only mode knows no merges."""
    from openpyxl import load_workbook

    def run() -> Grid:
        sheet = load_workbook(path).active
        grid = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for merged in sheet.merged_cells.ranges:
            left, top, right, bottom = (bound - 1 for bound in merged.bounds)
            for row in range(top, bottom + 1):
                grid[row][left : right + 1] = [grid[top][left]] * (right + 1 - left)
        return grid

    return run, _characters


def lxml_html(path: str) -> Work:
    """Parse, then lay the cells out, merged ones filled."""
    from lxml import html

    def run() -> Grid:
        rows = html.parse(path).getroot().iter("tr")
        grid: Grid = []
        above: dict[int, tuple[int, str]] = {}
        for row in rows:
            line: list[str] = []
            for cell in row:
                while len(line) in above:
                    _carry(line, above)
                text = cell.text_content()
                if (span := int(cell.get("rowspan", 1))) > 1:
                    above[len(line)] = span - 1, text
                line.append(text)
            while len(line) in above:
                _carry(line, above)
            grid.append(line)
        return grid

    return run, _characters


def lxml_html_parse(path: str) -> Work:
    """The limit: parse, look at nothing."""
    from lxml import html

    return (lambda: html.parse(path)), lambda tree: None


def luoshi_pdf(path: str) -> Work:
    """As `luoshi`, but what is counted are the cells themselves: paper shows no merged text twice."""
    run, _ = luoshi(path)

    def describe(document: Any) -> int:
        return sum(_inked(cell.text) for block in document.blocks if hasattr(block, "cells") for cell in block.cells)

    return run, describe


def pdfplumber(path: str) -> Work:
    """`extract_tables` of every page."""
    from pdfplumber import open as open_pdf

    def run() -> list[Grid]:
        with open_pdf(path) as pdf:
            return [table for page in pdf.pages for table in page.extract_tables()]

    return run, lambda tables: sum(_inked(text) for table in tables for text in chain.from_iterable(table) if text)


def pdfium_text(path: str) -> Work:
    """The limit: the text of every page, no cells, no places."""
    from pypdfium2 import PdfDocument

    def run() -> list[str]:
        document = PdfDocument(path)
        return [page.get_textpage().get_text_range() for page in document]

    return run, lambda texts: None


def _inked(text: str) -> int:
    return len("".join(text.split()))


def _carry(line: list[str], above: dict[int, tuple[int, str]]) -> None:
    left, text = above.pop(len(line))
    if left > 1:
        above[len(line)] = left - 1, text
    line.append(text)


def _characters(grid: Grid) -> int:
    return sum(len(str(text)) for text in chain.from_iterable(grid))
