"""A plan as a workbook in the layout of an official list. In: `Plan`. Out: bytes. Every cell is text: nothing a plan says is ever a formula."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from luoshi.plan.plan import Plan
from luoshi.publish.docx_xml import clean
from luoshi.publish.line import width_of
from luoshi.publish.plan_table import PlanTable, lay_table

SHEET, SHARES = "任务清单", "指标分解"
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would become a formula once somebody edits the cell, unless it is marked as text."""
LONGEST = 32_767
ROW_POINTS, SCALE = 16, 1.15


class TooLong(ValueError):
    """「超长」 A text that no cell of a workbook can hold."""


def plan_xlsx(plan: Plan, shares: PlanTable | None = None) -> bytes:
    """The whole file. shares: a sheet of its own. Raises TooLong."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": clean(plan.document.title), "created": datetime(plan.document.year or 2000, 1, 1, tzinfo=UTC)})
        for name, table in ((SHEET, lay_table(plan)), *(((SHARES, shares),) if shares else ())):
            sheet = book.add_worksheet(name)
            _set_page(sheet, table)
            _write(book, sheet, table)
    return out.getvalue()


def _set_page(sheet: Any, table: PlanTable) -> None:
    head = len(table.above)
    sheet.set_landscape()
    sheet.set_paper(9)                   # A4
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, 0)
    sheet.set_footer("&C— &P —")
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width * SCALE)


def _write(book: Any, sheet: Any, table: PlanTable) -> None:
    formats = {key: book.add_format(value) for key, value in _formats().items()}
    quoted = {key: book.add_format({**value, "quote_prefix": True}) for key, value in _formats().items()}

    def put(row: int, column: int, rows: int, columns: int, text: str, look: str) -> None:
        text = clean(text)
        if len(text) > LONGEST:
            raise TooLong(f"“{text[:20]}…”有{len(text)}字，超过一个单元格的{LONGEST}字，不能导出成 xlsx。请导出 docx。")
        style = (quoted if text.startswith(ACTIVE) else formats)[look]
        if rows * columns > 1:
            sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", style)
        sheet.write_string(row, column, text, style)

    width, head = len(table.columns), len(table.above)
    for row, line in enumerate(table.above):
        put(row, 0, 1, width, line, "title")
        sheet.set_row(row, 32)
    for at, column in enumerate(table.columns):
        put(head, at, 1, 1, column.header, "head")
    for cell in table.cells:
        look = "band" if cell.columns > 1 else table.columns[cell.column].align
        put(head + 1 + cell.row, cell.column, cell.rows, cell.columns, cell.text, look)
    for row, height in enumerate(_heights(table)):
        sheet.set_row(head + 1 + row, height * ROW_POINTS)


def _heights(table: PlanTable) -> list[int]:
    """Lines that each row needs: a merged cell spreads over its rows, which grow evenly where it needs more."""
    heights = [1] * table.rows
    for cell in sorted(table.cells, key=lambda c: c.rows):
        columns = table.columns[cell.column:cell.column + cell.columns]
        room = max(1, int(sum(c.width for c in columns) * SCALE) - 1)
        lines = sum(-(-max(1, width_of(line)) // room) for line in cell.text.split("\n"))
        short = lines - sum(heights[cell.row:cell.row + cell.rows])
        for row in range(cell.row, cell.row + cell.rows):
            heights[row] += max(0, -(-short // cell.rows))
    return [min(25, height) for height in heights]


def _formats() -> dict[str, dict[str, Any]]:
    cell = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "仿宋_GB2312", "font_size": 11, "num_format": "@"}
    return {"title": {"bold": False, "font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True},
            "head": {**cell, "font_name": "黑体", "align": "center"}, "left": {**cell, "align": "left"},
            "center": {**cell, "align": "center"}, "band": {**cell, "font_name": "黑体", "align": "left"}}
