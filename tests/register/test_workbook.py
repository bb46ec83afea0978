"""Traps of spreadsheets, each named by sheet, row and column."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import xlsxwriter

from luoshi.register.importer import import_records
from luoshi.register.workbook import read_workbook
from tests.indicator.small_packs import field, register

THING = register("thing", "东西", "id", field("id", "编号", "code"), field("size", "面积", "area"), field("on", "日期", "date"))


def book() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        sheet = made.add_worksheet("填报")
        sheet.write_row(0, 0, ["编号", "面积", "日期"])
        sheet.write_row(1, 0, ["A1", 12.5])
        sheet.write_datetime(1, 2, date(2019, 9, 1), day)
        sheet.write_string(2, 0, "A2")
        sheet.write_string(2, 1, "30")
        sheet.write_datetime(2, 2, date(1900, 1, 5), day)
        sheet.write_string(3, 0, "A3")
        sheet.write_formula(3, 1, "=B2*2", None, 25)
        sheet.write_number(3, 2, 43720)
        sheet.write_number(4, 0, 330402199003071234)
        sheet.merge_range(5, 0, 6, 0, "A5")
        made.add_worksheet("旧数").hide()
    return out.getvalue()


def test_every_trap_is_named() -> None:
    (sheet,), findings = read_workbook(book(), "台账.xlsx", THING)
    told = {finding.id: finding.message for finding in findings}
    assert set(told) == {"row.hidden-sheet", "row.merged-cell", "row.formula", "row.text-number", "row.date-1900", "row.code-as-number"}
    assert "台账.xlsx〔填报〕 第4行“面积”列" in told["row.formula"]
    assert "第3行“面积”列“30”" in told["row.text-number"]
    assert "第3行“日期”列" in told["row.date-1900"]
    assert "旧数" in told["row.hidden-sheet"]
    assert "第6到7行是合并单元格" in told["row.merged-cell"]
    records, wrong = import_records(THING, sheet)
    assert [record.key for record in records][:1] == ["A1"]
    assert "row.date-serial" in {finding.id for finding in wrong}


def test_what_is_no_workbook_is_a_finding(tmp_path: Path) -> None:
    sheets, (finding,) = read_workbook(b"not a workbook", "台账.xlsx", THING)
    assert (sheets, finding.id) == ((), "row.unreadable-file")
