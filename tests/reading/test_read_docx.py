"""Word files: merges, nesting, text boxes, tracked changes, printed numbers."""

from __future__ import annotations

from pathlib import Path

import docx as python_docx
import pytest

from tests.reading.make import W, cell, docx, grid, ids, par, paragraphs, read_bytes, table, tables, zipped

DOWN, GO = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEAD = cell("序号") + cell("任务") + cell("单位")
MERGED = table(
    cell("序号") + cell("任务", '<w:gridSpan w:val="2"/>'),
    cell("1", DOWN) + cell("种树") + cell("园林局", DOWN),
    cell("", GO) + cell("修路") + cell("", GO),
)
# a content control around an empty paragraph sends the table down the careful path
KNOTTY = MERGED.replace("<w:tc><w:tcPr></w:tcPr>", "<w:tc><w:tcPr></w:tcPr><w:sdt><w:sdtContent/></w:sdt>", 1)


@pytest.mark.parametrize("body", [MERGED, KNOTTY], ids=["stream", "careful"])
def test_it_reads_merges_both_ways(tmp_path: Path, body: str) -> None:
    one = tables(read_bytes(tmp_path, "清单.docx", docx(par("标题") + body)))[0]
    assert grid(one) == [["序号", "任务", ""], ["1", "种树", "园林局"], ["", "修路", ""]]
    spans = {cell.text: (cell.rows, cell.columns) for cell in one.cells}
    assert spans == {"序号": (1, 1), "任务": (1, 2), "1": (2, 1), "种树": (1, 1), "园林局": (2, 1), "修路": (1, 1)}
    assert [cell.place for cell in one.cells][-1] == "table 1 row 3 column 2"


@pytest.mark.parametrize("knot", ["", "<w:sdt><w:sdtContent/></w:sdt>"], ids=["stream", "careful"])
def test_it_keeps_line_breaks_tabs_and_paragraphs_of_a_cell(tmp_path: Path, knot: str) -> None:
    runs = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>"
    row = cell("1") + cell("丁", inside=runs + knot)
    assert grid(tables(read_bytes(tmp_path, "a.docx", docx(table(row, row))))[0])[0] == ["1", "甲\n乙\t丙\n丁"]


def test_it_agrees_with_python_docx_on_merged_cells(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.add_paragraph("任务清单")
    source = made.add_table(4, 4)
    for row in range(4):
        for column in range(4):
            source.cell(row, column).text = f"格{row}{column}"
    for first, last in (((1, 0), (3, 0)), ((0, 1), (0, 3)), ((2, 2), (3, 3))):
        source.cell(*first).merge(source.cell(*last)).text = "合并"
    made.save(str(tmp_path / "合并.docx"))
    one = tables(read_bytes(tmp_path, "合并.docx", (tmp_path / "合并.docx").read_bytes()))[0]
    filled = {(r, c): cell.text for cell in one.cells for r in range(cell.row, cell.row + cell.rows)
              for c in range(cell.column, cell.column + cell.columns)}
    assert filled == {(r, c): source.cell(r, c).text for r in range(4) for c in range(4)}


def test_it_starts_a_row_after_free_grid_columns(tmp_path: Path) -> None:
    short = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("乙") + cell("丙")
    assert grid(tables(read_bytes(tmp_path, "a.docx", docx(table(HEAD, short))))[0])[1] == ["", "乙", "丙"]


def test_a_nested_table_is_lines_of_its_cell_and_a_table_after_it(tmp_path: Path) -> None:
    inner = table(cell("甲") + cell("乙"), cell("丙") + cell("丁"))
    document = read_bytes(tmp_path, "a.docx", docx(table(HEAD, cell("1") + cell("后", inside=inner) + cell("局")) + table(HEAD, HEAD)))
    outer, nested, last = tables(document)
    assert grid(outer)[1] == ["1", "甲\n乙\n丙\n丁\n后", "局"]
    assert grid(nested) == [["甲", "乙"], ["丙", "丁"]]
    assert (nested.place, last.place) == ("table 2", "table 3")


@pytest.mark.parametrize("width", ["999999999", "9" * 5_000])
def test_a_span_made_to_fill_the_memory_is_cut(tmp_path: Path, width: str) -> None:
    body = table(cell("甲", f'<w:gridSpan w:val="{width}"/>'), cell("乙")) + par("项", f'<w:numPr><w:numId w:val="{width}"/></w:numPr>')
    (one,) = tables(read_bytes(tmp_path, "宽.docx", docx(body, numbering=NUMBERING)))
    assert one.columns == 1_000


def test_tables_nested_deep_are_read_once_each(tmp_path: Path) -> None:
    """Twice for each level would be a million times."""
    body = ("<w:tbl><w:tr>" + cell("甲") + "</w:tr><w:tr><w:tc>") * 20 + par("底") + "</w:tc></w:tr></w:tbl>" * 20
    document = read_bytes(tmp_path, "深.docx", docx(body))
    assert len(tables(document)) == 20
    assert grid(tables(document)[-1]) == [["甲"], ["底"]]


def test_it_reads_content_controls_hyperlinks_and_text_boxes_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{par('框内')}</w:txbxContent>"
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{par('控件')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:t>之后</w:t></w:r></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "<w:t>框外</w:t></w:r></w:p>"
    )
    document = read_bytes(tmp_path, "a.docx", docx(body))
    assert paragraphs(document) == ["控件", "链接之后", "框外", "框内"]
    assert [block.place for block in document.blocks] == [f"paragraph {n}" for n in (1, 2, 3, 4)]


def test_it_accepts_tracked_changes_and_says_so(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>完成</w:t></w:r><w:ins w:id="1"><w:r><w:t>八</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>六</w:delText></w:r></w:del><w:moveFrom w:id="3"><w:r><w:t>移走</w:t></w:r></w:moveFrom>'
        "<w:r><w:t>项</w:t></w:r></w:p>"
    )
    rows = table(HEAD, '<w:trPr><w:del w:id="4"/></w:trPr>' + HEAD, cell("1") + cell("种树") + cell("局"))
    document = read_bytes(tmp_path, "a.docx", docx(body + rows))
    assert paragraphs(document) == ["完成八项"]
    assert tables(document)[0].rows == 2
    assert ids(document) == ["docx.tracked-changes"]


def level(at: int, form: str, pattern: str) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


def numbered(number: int, at: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'


LEGAL = level(1, "decimal", "%1.%2").replace("</w:lvl>", "<w:isLgl/></w:lvl>")   # 1.1, where Word would print 一.1
NUMBERING = (
    f"<w:numbering {W}>"
    f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCountingThousand", "%1、")}{LEGAL}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1")}{level(1, "upperLetter", "(%2)")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "someFutureFormat", "%1.")}{level(1, "bullet", "·")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles {W}><w:style w:styleId="条"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="款"><w:basedOn w:val="条"/></w:style></w:styles>'
)


def test_it_prints_automatic_numbers_before_the_text(tmp_path: Path) -> None:
    body = (
        par("种树", '<w:pStyle w:val="款"/>') + par("第一批", numbered(1, 1)) + par("第二批", numbered(1, 1)) + par("修路", numbered(1))
        + par("小项", numbered(1, 1)) + par("接着", numbered(3)) + par("甲项", numbered(2, 1)) + par("点", numbered(4, 1))
        + par("无号", '<w:pStyle w:val="款"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    document = read_bytes(tmp_path, "a.docx", docx(body, numbering=NUMBERING, styles=STYLES))
    assert paragraphs(document) == [
        "一、种树", "1.1 第一批", "1.2 第二批", "二、修路", "2.1 小项", "十一、接着", "(A)甲项", "点", "无号",
    ]
    assert ids(document) == []


def test_it_numbers_empty_cells_and_does_not_count_a_nested_table_twice(tmp_path: Path) -> None:
    number = f"<w:p><w:pPr>{numbered(2)}</w:pPr></w:p>"
    inner = table(cell(inside=number), cell(inside=number))
    row = cell(inside=number) + cell("事") + cell("局")
    body = table(HEAD, row, row, cell(inside=number) + cell(inside=inner) + cell())
    outer, nested = tables(read_bytes(tmp_path, "a.docx", docx(body, numbering=NUMBERING)))
    assert [row[0] for row in grid(outer)] == ["序号", "1", "2", "3"]
    assert grid(nested) == [["4"], ["5"]]


def test_it_says_which_numbers_it_does_not_know(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.docx", docx(par("事", numbered(4)), numbering=NUMBERING))
    assert (paragraphs(document), ids(document)) == (["1. 事"], ["docx.numbering"])


def test_it_says_what_it_left_out(tmp_path: Path) -> None:
    marks = '<w:footnoteReference w:id="2"/><w:commentReference w:id="1"/><w:rPr><w:vanish/></w:rPr><w:object/>'
    body = f"{par('正文')}<w:p><w:r>{marks}</w:r></w:p>"
    assert ids(read_bytes(tmp_path, "a.docx", docx(body))) == ["docx.footnotes", "docx.comments", "docx.hidden-text", "docx.embedded"]


def test_it_says_when_a_merge_swallows_text(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.docx", docx(table(HEAD, cell("1", DOWN) + cell("甲"), cell("藏着", GO) + cell("乙"))))
    assert ids(document) == ["docx.merged-text"]
    assert "藏着" in document.findings[0].message


def test_it_takes_the_title_from_the_properties(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.add_paragraph("正文")
    made.core_properties.title = "绿化清单"
    made.save(str(tmp_path / "b.docx"))
    assert read_bytes(tmp_path, "b.docx", (tmp_path / "b.docx").read_bytes()).title == "绿化清单"
    assert read_bytes(tmp_path, "a.docx", docx(par("正文"))).title is None


def test_it_reads_strict_office_files(tmp_path: Path) -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    data = zipped({"word/document.xml": f"<w:document {strict}><w:body>{par('正文')}</w:body></w:document>"})
    assert paragraphs(read_bytes(tmp_path, "a.docx", data)) == ["正文"]
