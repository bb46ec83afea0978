"""Valid small files of every format to spoil, made by the makers of the tests. In: nothing. Out: bytes by format."""

from __future__ import annotations

import io

import docx as python_docx
import xlsxwriter
from tests.reading.make import cell, docx, par, table, xlsx
from tests.reading.pdf.paper import by_hand, typeset, written
from tests.reading.pdf.paper import table as typst_table
from tests.reading.test_read_docx import NUMBERING, STYLES, numbered

MEASURE = "种树2.5万棵，完成率达到95%以上；\n1.清淤12条"
ROWS = (("序号", "任务", "措施", "牵头单位"), *((str(n), f"绿化第{n}期", MEASURE, "市园林局、市财政局") for n in range(1, 9)))
PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>清单</title></head><body><nav>首页</nav><table><tr><td><table><tr><th rowspan=2>序号"
    "<th colspan=2>任务</tr><tr><td>甲<td>乙</tr><tr><td>1<td><input value='12'><td><select><option selected>是</select></tr></table></td></tr>"
    "</table><p>正文&nbsp;一<br>二</p></body></html>"
)
TEXTS = (
    "任务清单\n序号\t任务\t牵头单位\n1\t种树\t市园林局\n2\t\"修\n路\"\t市交通局\n",
    "任务清单\n\n\t1\n\t种树\n\t市园林局\n\n\t2\n\t修路\n\t\n\n注：略\n",
    "| 序号 | 任务 |\n|---|:--:|\n| 1 | 种树 \\| 养护 |\n",
    "序号\n任务\n牵头单位\n1\n种树\n市园林局\n2\n修路\n/\n",
)


def seeds() -> dict[str, list[bytes]]:
    """Files by format."""
    codes: dict[int, str] = {}
    drawn = b"0.5 w 50 600 m 300 600 l S 50 500 m 300 500 l S 50 500 m 50 600 l S 180 500 m 180 600 l S 300 500 m 300 600 l S\n"
    drawn += written("任务１．5", 60, 550, codes) + written("2\ue01075%", 190, 550, codes)
    return {
        "docx": [_word(), docx(par("任务", numbered(1)) + table(cell("1", '<w:vMerge w:val="restart"/>') + cell("树"), cell("", "<w:vMerge/>") + cell(
            "局", '<w:gridSpan w:val="2"/>')) + par("款", '<w:pStyle w:val="款"/>'), numbering=NUMBERING, styles=STYLES)],
        "xlsx": [_book(), xlsx('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>树</t></is></c></row><row r="2"><c r="A2">'
                               '<v>2</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="B1:B2"/></mergeCells>')],
        "html": [PAGE.encode(), PAGE.encode("gb18030")],
        "pdf": [typeset(typst_table(ROWS)), by_hand(drawn, codes), typeset("绿化清单\n\n" + typst_table(ROWS, stroke="none"))],
        "text": [text.encode(code) for text in TEXTS for code in ("utf-8", "gb18030", "utf-16")],
    }


def _word() -> bytes:
    made = python_docx.Document()
    made.add_heading("清单", 1)
    made.add_paragraph("一、要求", style="List Number")
    grid = made.add_table(len(ROWS), 4)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = text
    grid.cell(1, 0).merge(grid.cell(3, 0))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _book() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("清单")
    for row, texts in enumerate(ROWS):
        sheet.write_row(row, 0, texts)
    sheet.merge_range(1, 0, 3, 0, "1")
    sheet.write_formula(5, 3, "=1/0", None, "#DIV/0!")
    sheet.set_row(4, None, None, {"hidden": True})
    book.add_worksheet("旧").hide()
    book.close()
    return out.getvalue()
