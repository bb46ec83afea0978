"""The grid of one web table. In: a <table>. Out: its own cells with position and span, as browsers place them."""

from __future__ import annotations

from typing import Final

from lxml import etree

from luoshi.reading.refusal import refusal

MAX_SPAN: Final = 1_000          # columns; the limit of the HTML standard
MAX_MARKED: Final = 2_000_000    # grid positions taken by merged cells; more is an attack
Placed = tuple[etree._Element, int, int, int, int]   # cell, row, column, rows, columns


def rows_of(table: etree._Element) -> list[etree._Element]:
    """Its own rows, not those of tables inside."""
    return [row for group in _groups(table) for row in group]


def _groups(table: etree._Element) -> list[list[etree._Element]]:
    """Rows by thead, tbody, tfoot: a rowspan ends with its group."""
    groups: list[list[etree._Element]] = [[]]
    for child in table:
        if child.tag == "tr":
            groups[-1].append(child)
        elif child.tag in ("thead", "tbody", "tfoot", "form"):
            groups.extend([[row for row in child.iter("tr") if next(row.iterancestors("table")) is table], []])
    return groups


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def is_layout(table: etree._Element) -> bool:
    """One cell, or tables and little else."""
    if table.get("role") == "presentation":
        return True
    rows = rows_of(table)
    if sum(len(_cells(row)) for row in rows) <= 1:
        return True
    inner = [nested for nested in table.iterdescendants("table") if next(nested.iterancestors("table")) is table]
    if not inner:
        return False
    nested = sum(_length(one) for one in inner)
    return nested > 2 * (_length(table) - nested)


def _length(node: etree._Element) -> int:
    """Characters of text, white space apart."""
    return sum(len(piece.strip()) for piece in node.itertext())


def _span(value: str | None, most: int) -> int:
    """What an attribute says; 0 means to the end, nonsense means 1."""
    if value is None:
        return 1
    value = value.strip()
    if not (value.isascii() and value.isdecimal()):
        return 1
    return min(int(value[:9]) or most, most)


def place_cells(table: etree._Element, name: str) -> tuple[list[Placed], int, int]:
    """Cells with their positions, number of rows, number of columns."""
    placed: list[Placed] = []
    top = columns = marked = 0
    for group in _groups(table):
        taken: dict[int, int] = {}   # column → first row of the group in which it is free again
        for index, row in enumerate(group):
            column = 0
            for cell in row:
                if cell.tag != "td" and cell.tag != "th":
                    continue
                while taken and taken.get(column, 0) > index:
                    column += 1
                down = wide = 1
                if cell.attrib:
                    down, wide = _span(cell.get("rowspan"), len(group) - index), _span(cell.get("colspan"), MAX_SPAN)
                placed.append((cell, top + index, column, down, wide))
                if down > 1:
                    marked += wide
                    taken.update((each, index + down) for each in range(column, column + wide))
                column += wide
            columns = max(columns, column)
            if marked > MAX_MARKED:
                raise refusal("html.too-wide", name, limit=MAX_MARKED)
        top += len(group)
    return placed, top, columns
