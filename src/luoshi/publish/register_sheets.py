"""A register as a workbook or CSV: the empty template to fill, the rows to take away and bring back, the rows sent back with their reasons.

In: a `RegisterSpec`, typed records. Out: bytes, in the columns that the import reads. Every text is text: nothing written here is a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from luoshi.pack.register_spec import PERIOD_EXAMPLES, FieldSpec, RegisterSpec
from luoshi.publish.docx_xml import clean
from luoshi.register.cell import write_number, write_value
from luoshi.register.intake import ASIDE, EXAMPLE_MARK, MARK_COLUMN, OWN_TITLES, headed
from luoshi.register.record import Record, Value, fields_of
from luoshi.register.unit import convert, read_unit, stored_unit, written_unit

ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")
LONGEST: Final = 32_767
EMPTY_ROWS: Final = 5000
"""Rows of a template that have lists and formats waiting."""
OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
                  "default_date_format": "yyyy-mm-dd"}
TYPE_WORDS: Final = {"text": "文字", "integer": "整数", "number": "数", "money": "金额", "area": "面积", "date": "日期，如2019-09-30",
                     "boolean": "是或否", "choice": "从列表里选", "code": "编号，按文本填写", "point": "经度,纬度，如120.7551,30.7522",
                     "polygon": "各拐点的经度 纬度，用；隔开", "period": "期间，按文本填写"}
_NUMBERS: Final = ("integer", "number", "money", "area")


def template_xlsx(spec: RegisterSpec) -> bytes:
    """「模板」 Header with units and notes, lists of codes, an example row that the import does not count."""
    fields = [field for field in fields_of(spec) if field.title not in OWN_TITLES]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(spec.title[:31])
        codes = book.add_worksheet("代码表")
        notes = book.add_worksheet("填写说明")
        _head(book, sheet, [MARK_COLUMN, *(headed(field) for field in fields)], [None, *fields])
        _columns(book, sheet, [None, *fields])
        _codes(sheet, codes, fields)
        example = book.add_format({"italic": True, "font_color": "#6b6b6b", "locked": False})
        sheet.write_string(1, 0, EXAMPLE_MARK, example)
        for place, field in enumerate(fields, 1):
            sheet.write_string(1, place, _example(field), example)
        _explain(book, notes, spec, fields)
        sheet.activate()
    return out.getvalue()


def rows_xlsx(spec: RegisterSpec, records: Sequence[Record]) -> bytes:
    """「导出」 Rows in the columns of the template, dates as dates and numbers as numbers, so that they can be corrected and brought back."""
    fields = fields_of(spec)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(spec.title[:31])
        _head(book, sheet, [headed(field) for field in fields], list(fields))
        _columns(book, sheet, list(fields))
        for row, record in enumerate(records, 1):
            for place, (field, value) in enumerate(zip(fields, record.values, strict=True)):
                _put(sheet, row, place, field, value)
        sheet.autofilter(0, 0, max(1, len(records)), len(fields) - 1)
    return out.getvalue()


def rows_csv(spec: RegisterSpec, records: Iterable[Record]) -> bytes:
    """「导出CSV」 The same as UTF-8 with BOM. What would become a formula gets an apostrophe in front, which the import takes off again."""
    fields = fields_of(spec)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([headed(field) for field in fields])
    for record in records:
        writer.writerow([_guarded(field, value) for field, value in zip(fields, record.values, strict=True)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def refused_xlsx(header: Sequence[str], rows: Iterable[tuple[str, int, Sequence[str], str]]) -> bytes:
    """「错行清单」 Rows as they were written, with where they stood and what is wrong. rows: sheet, row, cells, reasons. Corrected, it can be
    brought in as it is: the import passes over the first two columns."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet("错行清单")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#eef2f0"})
        wrap = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#a3261f"})
        text = book.add_format({"num_format": "@"})
        for place, title in enumerate((*ASIDE, *header)):
            sheet.write_string(0, place, clean(title), bold)
        for number, (where, row, cells, reasons) in enumerate(rows, 1):
            sheet.write_string(number, 0, f"{where} 第{row}行")
            sheet.write_string(number, 1, clean(reasons)[:LONGEST], wrap)
            for place, cell in enumerate(cells, 2):
                sheet.write_string(number, place, clean(cell)[:LONGEST], text)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 2 + len(header), 16)
        sheet.freeze_panes(1, 2)
    return out.getvalue()


def _head(book: Any, sheet: Any, titles: Sequence[str], fields: Sequence[FieldSpec | None]) -> None:
    """Fixed, and locked: a changed title is a column that cannot be found."""
    look = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "locked": True}
    must, may = book.add_format({**look, "bg_color": "#f6e3c5"}), book.add_format({**look, "bg_color": "#eef2f0"})
    for place, (title, field) in enumerate(zip(titles, fields, strict=True)):
        sheet.write_string(0, place, title, must if field and field.required else may)
        note = _note(field) if field else f"写着“{EXAMPLE_MARK}”的行不导入；别的行留空"
        sheet.write_comment(0, place, clean(note), {"x_scale": 2, "y_scale": 1.4})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 34)
    sheet.protect("", {"insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True, "format_columns": True, "format_cells": True,
                       "select_locked_cells": True})


def _columns(book: Any, sheet: Any, fields: Sequence[FieldSpec | None]) -> None:
    formats = {name: book.add_format({"num_format": shape, "locked": False})
               for name, shape in (("text", "@"), ("date", "yyyy-mm-dd"), ("number", "General"))}
    for place, field in enumerate(fields):
        kind = "date" if field and field.type == "date" else "number" if field and field.type in _NUMBERS else "text"
        sheet.set_column(place, place, 12 if field is None else max(12, min(28, len(headed(field)) * 2.4)), formats[kind])


def _note(field: FieldSpec) -> str:
    parts = [("必填。" if field.required else "可以不填。") + TYPE_WORDS[field.type]]
    if unit := written_unit(field):
        parts.append(f"单位：{unit}")
    if field.note:
        parts.append(field.note)
    if field.unconfirmed:
        parts.append(f"尚未核实：{field.unconfirmed}")
    return "\n".join(parts)


def _options(field: FieldSpec) -> tuple[str, ...]:
    return ("是", "否") if field.type == "boolean" else field.choices or tuple(span.code for span in field.valid)


def _codes(sheet: Any, codes: Any, fields: Sequence[FieldSpec]) -> None:
    """Lists live on a sheet of their own: one written into the cell may not be longer than 255 characters."""
    codes.write_string(0, 0, EXAMPLE_MARK)
    at = 1
    for place, field in enumerate(fields, 1):
        options = _options(field)
        if options:
            codes.write_string(0, at, field.title)
            codes.write_column(1, at, [clean(option) for option in options])
            letter = xlsxwriter.utility.xl_col_to_name(at)
            rule: dict[str, Any] = {"validate": "list", "source": f"=代码表!${letter}$2:${letter}${len(options) + 1}", "error_title": field.title,
                    "error_message": "请从列表里选一个词。"}
            at += 1
        elif field.type == "date":
            rule = {"validate": "date", "criteria": "between", "minimum": date(1930, 1, 1), "maximum": date(2100, 12, 31),
                    "error_title": field.title[:30], "error_message": "请写日期，如2019-09-30。"}
        else:
            continue
        sheet.data_validation(2, place, EMPTY_ROWS, place, {**rule, "ignore_blank": True})
    codes.set_column(1, max(1, at), 18)


def _example(field: FieldSpec) -> str:
    options = _options(field)
    if options:
        return options[0]
    if field.type == "period":
        return PERIOD_EXAMPLES[field.frequency]
    return {"date": "2019-09-30", "integer": "1", "number": "12.5", "money": "1000", "area": "230", "point": "120.7551,30.7522",
            "polygon": "120.70 30.70；120.71 30.70；120.71 30.71"}.get(field.type, "示例")


def _explain(book: Any, notes: Any, spec: RegisterSpec, fields: Sequence[FieldSpec]) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    notes.write_row(0, 0, [EXAMPLE_MARK, "列", "必填", "写什么", "单位", "说明"], bold)
    for row, field in enumerate(fields, 1):
        note = "；".join(part for part in (field.note, f"尚未核实：{field.unconfirmed}" if field.unconfirmed else None) if part)
        cells = ("", field.title, "必填" if field.required or field.name in spec.key else "", TYPE_WORDS[field.type], written_unit(field), note)
        for place, cell in enumerate(cells):
            notes.write_string(row, place, clean(cell), wrap)
    notes.write_string(len(fields) + 2, 1, clean(f"用处：{spec.purpose}"), wrap)
    keys = "、".join(f.title for f in fields if f.name in spec.key)
    notes.write_string(len(fields) + 3, 1, f"哪一列认一行：{keys}；再传同样的编号就是更正。", wrap)
    notes.set_column(1, 1, 30)
    notes.set_column(2, 4, 12)
    notes.set_column(5, 5, 70)


def _shown(field: FieldSpec, value: Decimal) -> Decimal:
    return convert(value, stored_unit(field), read_unit(written_unit(field))) if field.type in ("money", "area") else value


def _put(sheet: Any, row: int, place: int, field: FieldSpec, value: Value) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, value)
    elif isinstance(value, Decimal) and len(_shown(field, value).as_tuple().digits) <= 15:
        sheet.write_number(row, place, float(_shown(field, value)))
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, clean(_text(field, value))[:LONGEST])


def _text(field: FieldSpec, value: Value) -> str:
    if isinstance(value, Decimal):
        return write_number(_shown(field, value)).replace(",", "")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return "" if value is None else write_value(field, value)


def _guarded(field: FieldSpec, value: Value) -> str:
    text = _text(field, value)
    return f"'{text}" if isinstance(value, str) and text.startswith(ACTIVE) else text


def by_row(findings: Iterable[tuple[str, int, str]]) -> Mapping[tuple[str, int], str]:
    """(sheet, row) → every reason, in one text. findings: sheet, row, message."""
    found: dict[tuple[str, int], list[str]] = {}
    for sheet, row, message in findings:
        found.setdefault((sheet, row), []).append(message)
    return {place: "\n".join(messages) for place, messages in found.items()}
