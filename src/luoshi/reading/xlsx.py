"""Excel workbooks. In: the bytes of an xlsx. Out: `Contents`: one table for each visible sheet that is not empty.

Read by calamine, which gives values, not formats: a cell shown as 70% is read as 0.7, and we do not guess. Rows and
columns that are hidden are read, with a finding; hidden sheets are not read, with a finding.
"""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from luoshi.provenance import Finding
from luoshi.reading.archive import Archive
from luoshi.reading.refusal import refusal
from luoshi.reading.sheets import inspect_sheets
from luoshi.reading.source import Cell, Contents, Table
from luoshi.reading.xml import read_title

Position = tuple[int, int]
Range = tuple[Position, Position]
ORDINALS: Final = 26


def read_xlsx(data: bytes, name: str) -> Contents:
    """Read a workbook from its bytes."""
    archive = Archive(data, name)
    findings = list(inspect_sheets(archive))
    tables = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible != SheetVisibleEnum.Visible:
                    findings.append(_hidden_sheet(sheet.name))
                    continue
                table = _read_sheet(book.get_sheet_by_name(sheet.name))
                if table is not None:
                    tables.append(table)
    except CalamineError as error:
        raise refusal("file.damaged", name, why="工作簿的内容读不出来") from error
    if not any(table.rows > 1 and table.columns > 1 for table in tables):
        raise refusal("xlsx.no-table", name)
    return Contents(tuple(tables), read_title(archive), tuple(findings))


def _hidden_sheet(sheet: str) -> Finding:
    message = f"工作表“{sheet}”是隐藏的，没有读入。如果其中有任务，请取消隐藏后重新读取。"
    return Finding("xlsx.hidden-sheet", f"xlsx.hidden-sheet:{sheet}", "warning", message)


def _read_sheet(sheet: CalamineSheet) -> Table | None:
    start = sheet.start
    if start is None:
        return None
    values = sheet.to_python()
    columns = len(values[0]) if values else 0
    spans, covered = _merges(sheet.merged_cell_ranges or [], start, len(values), columns)
    names = [column_name(start[1] + column) for column in range(columns)]
    place = f"sheet {sheet.name}"
    cells = []
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            rows = wide = 1
            if covered:
                at = row, column
                if at in covered:
                    continue
                if at in spans:
                    rows, wide = spans[at]
            text = value.strip() if type(value) is str else write_value(value)
            cells.append(Cell(text, f"{place} {names[column]}{start[0] + row + 1}", row, column, rows, wide))
    return Table(tuple(cells), place, len(values), columns) if any(cell.text for cell in cells) else None


def _merges(ranges: list[Range], start: Position, rows: int, columns: int) -> tuple[dict[Position, Position], set[Position]]:
    """Spans by top-left cell and the positions they cover, both counted in the used area and cut to it."""
    spans = {}
    covered: set[Position] = set()
    for (top, left), (bottom, right) in ranges:
        top, left = max(top - start[0], 0), max(left - start[1], 0)
        bottom, right = min(bottom - start[0], rows - 1), min(right - start[1], columns - 1)
        if bottom < top or right < left or (top, left) in covered or (top, left) in spans:
            continue
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        covered.discard((top, left))
    return spans, covered


def column_name(column: int) -> str:
    """A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, ORDINALS)
        name = chr(ord("A") + letter) + name
    return name


def write_value(value: object) -> str:
    """A value as people write it: 1, 0.5, 2019-09-30, 14:30."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return str(value)
