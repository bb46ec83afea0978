"""A workbook of rows → sheets, and what spreadsheets do to data behind people's backs: each trap named by sheet, row and column.

In: the bytes of an .xlsx and the register it fills. Out: `Sheet`s (one for each visible sheet), and findings. Formulas are read by the value
that was saved with them; merged cells keep their value in the first one only, so they are refused.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.provenance import Finding
from luoshi.reading.archive import Archive
from luoshi.reading.refusal import refusal
from luoshi.reading.sheets import inspect_sheets
from luoshi.reading.source import Unreadable
from luoshi.reading.xlsx import column_name, write_value
from luoshi.reading.xml import parse_part
from luoshi.register.record import fields_of
from luoshi.register.sheet import Sheet
from luoshi.register.unit import written_unit

_NUMBERS: Final = ("integer", "number", "money", "area")
_TOLD: Final = 50
OLDEST_YEAR: Final = 1930
# <c r="C5" s="1"><f>SUM(C1:C4)</f><v>10</v></c> · <c r="C5"><f>NOW()</f></c>
_FORMULA: Final = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d+)"[^<>]*>\s*<(?:\w+:)?f\b')


def read_workbook(data: bytes, name: str, spec: RegisterSpec) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """「读工作簿」 Every visible sheet that is not empty. A file that cannot be read is a finding, not an exception."""
    findings: list[Finding] = []
    sheets: list[Sheet] = []
    try:
        archive = Archive(data, name)
        findings += inspect_sheets(archive)
        formulas = dict(_formulas(archive))
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for told in book.sheets_metadata:
                if told.typ != SheetTypeEnum.WorkSheet:
                    continue
                if told.visible != SheetVisibleEnum.Visible:
                    findings.append(_hidden(name, told.name, spec))
                    continue
                found = _read_sheet(book.get_sheet_by_name(told.name), name, spec, formulas.get(told.name, ()))
                if found is not None:
                    sheets.append(found[0])
                    findings += found[1]
    except (Unreadable, CalamineError) as refused:
        message = f"{name}：读不了这份台账（{refused}）。请另存为 .xlsx 或 UTF-8 编码的 CSV 后重试。"
        return (), (Finding("row.unreadable-file", f"row.unreadable-file:{name}", "error", message, None, spec.register_name),)
    return tuple(sheets), tuple(findings)


def _hidden(name: str, sheet: str, spec: RegisterSpec) -> Finding:
    message = f"{name}：工作表“{sheet}”是隐藏的，没有导入。里面有数据的，请取消隐藏后再导入；没有用的，请删除。"
    return Finding("row.hidden-sheet", f"row.hidden-sheet:{name}:{sheet}", "warning", message, None, spec.register_name)


def _formulas(archive: Archive) -> Iterator[tuple[str, tuple[tuple[int, str], ...]]]:
    """Sheet name → (row, column letters) of its cells with a formula."""
    if "xl/workbook.xml" not in archive or "xl/_rels/workbook.xml.rels" not in archive:
        raise refusal("file.damaged", archive.name, why="缺少工作簿目录")
    targets = {r.get("Id"): r.get("Target") or "" for r in parse_part(archive, "xl/_rels/workbook.xml.rels")}
    for sheet in parse_part(archive, "xl/workbook.xml").iter("{*}sheet"):
        target = next((targets.get(str(value), "") for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive:
            found = _FORMULA.findall(archive.read_xml(part))
            yield sheet.get("name") or "", tuple((int(row), letters.decode()) for letters, row in found)


def _read_sheet(
    sheet: CalamineSheet, name: str, spec: RegisterSpec, formulas: Iterable[tuple[int, str]]
) -> tuple[Sheet, list[Finding]] | None:
    start = sheet.start
    values = sheet.to_python()
    if start is None or not any(any(write_value(value) for value in line) for line in values):
        return None
    units = {f"{field.title}（{unit}）": field.title for field in fields_of(spec) if (unit := written_unit(field))}
    header = tuple(units.get(title, title) for title in map(write_value, values[0]))
    top, left = start[0] + 1, start[1]
    rows = tuple((top + n, tuple(write_value(value) for value in line)) for n, line in enumerate(values[1:], 1) if any(line))
    made = Sheet(f"{name}〔{sheet.name}〕", spec.register_name, header, rows)
    letters = {column_name(left + place): title for place, title in enumerate(header)}
    told = [*_merged(made, sheet, header, top, left), *_formula_cells(made, letters, formulas, top)]
    by_title = {title: field for field in fields_of(spec) for title in (field.name, field.title)}
    for place, title in enumerate(header):
        field = by_title.get(title)
        if field is not None:
            told += _traps(made, field, [(top + n, line[place]) for n, line in enumerate(values[1:], 1)])
    return made, told


def _merged(made: Sheet, sheet: CalamineSheet, header: tuple[str, ...], top: int, left: int) -> Iterator[Finding]:
    for (first, column), (last, _) in sheet.merged_cell_ranges or []:
        title = header[column - left] if 0 <= column - left < len(header) else column_name(column)
        where = f"第{first + 1}行" if first == last else f"第{first + 1}到{last + 1}行"
        why = f"{where}是合并单元格，只有第一格有值"
        yield made.finding("row.merged-cell", max(first + 1, top), title, "", why, "请取消合并，把值填到每一行", "error")


def _formula_cells(made: Sheet, letters: dict[str, str], formulas: Iterable[tuple[int, str]], top: int) -> Iterator[Finding]:
    cells = [(row, letters[column]) for row, column in formulas if column in letters and row > top]
    for row, title in cells[:_TOLD]:
        yield made.finding("row.formula", row, title, "", "是公式，按存盘时的结果读", "请核对结果，或选择性粘贴为数值后再导入", "warning")
    if len(cells) > _TOLD:
        row, title = cells[_TOLD]
        yield made.finding("row.formula", row, title, "", f"起还有{len(cells) - _TOLD}个公式单元格", "请粘贴为数值", "warning")


def _traps(made: Sheet, field: FieldSpec, cells: list[tuple[int, Any]]) -> Iterator[Finding]:
    """Numbers kept as text, days kept as numbers, days of 1900, long codes kept as numbers."""
    for row, value in cells:
        if field.type in _NUMBERS and isinstance(value, str) and re.fullmatch(r"\s*[-+]?[\d,.]+\s*", value):
            why = "是文本格式的数，表格里合计时会漏掉"
            yield made.finding("row.text-number", row, field.title, value, why, "已按数读入；请在表格里转换为数字", "warning")
        elif field.type == "date" and isinstance(value, dt.datetime | dt.date) and value.year < OLDEST_YEAR:
            why = "是1900年前后的日期，多半是空格或数字被当成了日期"
            yield made.finding("row.date-1900", row, field.title, write_value(value), why, "请重新填写这一天")
        elif field.type in ("code", "text") and isinstance(value, float) and abs(value) >= 1e15:
            why = "长编码被存成了数，15位以后的数字已经丢失"
            written = "" if field.personal else write_value(value)
            yield made.finding("row.code-as-number", row, field.title, written, why, "请把这一列设为文本格式，照原件重新填写")
