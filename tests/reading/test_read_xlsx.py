"""Workbooks: merges, values as people write them, what is hidden, what is broken."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from luoshi.reading.read import read_document
from luoshi.reading.source import Unreadable
from luoshi.reading.xlsx import column_name
from tests.reading.make import grid, ids, read_bytes, tables, xlsx


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "清单.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("任务清单")
    for column, head in enumerate(["序号", "任务", "日期", "数值"], start=1):
        sheet.write(2, column, head)
    sheet.merge_range(3, 1, 4, 1, 1)
    sheet.write_row(3, 2, ["种树\n一千棵"])
    sheet.write_datetime(3, 3, datetime(2030, 9, 30), book.add_format({"num_format": "yyyy-mm-dd"}))   # noqa: DTZ001 - Excel knows no time zones
    sheet.write_number(3, 4, 0.1 + 0.2)
    sheet.write_row(4, 2, ["修路"])
    sheet.write_datetime(4, 3, datetime(2030, 9, 30, 14, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))   # noqa: DTZ001 - Excel knows no time zones
    sheet.write_number(4, 4, 1450, book.add_format({"num_format": "0.00"}))
    sheet.write_formula(5, 4, "=1/0", None, "#DIV/0!")
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column(3, 3, 9, None, {"hidden": True})
    book.add_worksheet("空表")
    hidden = book.add_worksheet("旧表")
    hidden.write(0, 0, "旧")
    hidden.hide()
    book.set_properties({"title": "绿化清单"})
    book.close()
    return path


def test_it_reads_values_as_people_write_them(workbook: Path) -> None:
    document = read_document(workbook)
    assert grid(tables(document)[0]) == [
        ["序号", "任务", "日期", "数值"], ["1", "种树\n一千棵", "2030-09-30", "0.3"], ["", "修路", "2030-09-30 14:30", "1450"], [""] * 4,
    ]
    assert document.title == "绿化清单"


def test_it_names_cells_as_excel_does_and_keeps_merges(workbook: Path) -> None:
    (table,) = tables(read_document(workbook))
    assert (table.place, table.cells[0].place, table.cells[4].place) == ("sheet 任务清单", "sheet 任务清单 B3", "sheet 任务清单 B4")
    assert (table.cells[4].rows, table.cells[4].columns) == (2, 1)
    assert column_name(0) + column_name(25) + column_name(26) + column_name(701) + column_name(702) == "AZAAZZAAA"


def test_it_says_what_is_hidden_and_what_is_broken(workbook: Path) -> None:
    document = read_document(workbook)
    assert ids(document) == ["xlsx.hidden-rows", "xlsx.hidden-columns", "xlsx.formula-error", "xlsx.hidden-sheet"]
    assert "第 5 行" in document.findings[0].message
    assert "E6" in document.findings[2].message
    assert "旧表" in document.findings[3].message


def test_it_says_which_formulas_have_no_result(tmp_path: Path) -> None:
    rows = ('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
            '<row r="2"><c r="A2"><f>A1*2</f><v>2</v></c><c r="B2"><f>B1*2</f></c></row></sheetData>')
    document = read_bytes(tmp_path, "式.xlsx", xlsx(rows))
    assert grid(tables(document)[0]) == [["1", "2"], ["2", ""]]
    assert ids(document) == ["xlsx.no-value"]
    assert "B2" in document.findings[0].message


def test_it_reads_every_visible_sheet_and_a_header_below_titles(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "两张.xlsx"))
    for name in ("市级", "县级"):
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 2, f"{name}任务清单")
        for row, words in enumerate((("序号", "任务", "单位"), (1, "种树", "园林局"), (2, "修路", "交通局")), start=4):
            sheet.write_row(row, 0, words)
    book.close()
    first, second = tables(read_document(tmp_path / "两张.xlsx"))
    assert (first.place, second.place) == ("sheet 市级", "sheet 县级")
    assert grid(first)[4:] == [["序号", "任务", "单位"], ["1", "种树", "园林局"], ["2", "修路", "交通局"]]
    assert second.cells[0].columns == 3


@pytest.mark.parametrize("cells", ["", '<row r="1"><c r="A1" t="inlineStr"><is><t>只有一句话</t></is></c></row>'])
def test_it_refuses_a_workbook_without_a_table(tmp_path: Path, cells: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes(tmp_path, "空.xlsx", xlsx(f"<sheetData>{cells}</sheetData>"))
    assert refused.value.id == "xlsx.no-table"


@pytest.mark.parametrize("far", ['<c r="XFD1048576"><v>1</v></c>', '<c s="1" r="XFD1048576" ><v>1</v></c>'])
def test_it_refuses_a_sheet_that_would_fill_the_memory(tmp_path: Path, far: str) -> None:
    rows = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{far}</row></sheetData>'
    with pytest.raises(Unreadable) as refused:
        read_bytes(tmp_path, "远.xlsx", xlsx(rows))
    assert refused.value.id == "xlsx.too-sparse"


def test_it_cuts_a_merge_of_whole_columns_to_the_used_area(tmp_path: Path) -> None:
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row></sheetData>'
    (table,) = tables(read_bytes(tmp_path, "列.xlsx", xlsx(rows + '<mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells>')))
    assert [(cell.text, cell.rows) for cell in table.cells] == [("1", 2), ("2", 1), ("3", 1)]
