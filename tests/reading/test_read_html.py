"""Web pages: spans, layout tables, breaks, form fields, charsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.reading.source import Document, Unreadable
from tests.reading.make import grid, ids, paragraphs, read_bytes, tables


def page(folder: Path, body: str, head: str = "") -> Document:
    return read_bytes(folder, "网页.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def test_it_places_spanning_cells_as_browsers_do(tmp_path: Path) -> None:
    rows = "<tr><th>序号<th colspan=2>任务<tr><td rowspan=2>1<td>种树<td rowspan=0>园林局<tr><td>修路"
    (table,) = tables(page(tmp_path, f"<table>{rows}</table>"))
    assert grid(table) == [["序号", "任务", ""], ["1", "种树", "园林局"], ["", "修路", ""]]
    assert {cell.text: (cell.rows, cell.columns) for cell in table.cells}["园林局"] == (2, 1)
    assert table.cells[-1].place == "table 1 row 3 column 2"


def test_a_rowspan_ends_with_its_group(tmp_path: Path) -> None:
    body = "<table><thead><tr><td rowspan=9>头<td>甲</thead><tbody><tr><td>乙<td>丙</tbody></table>"
    (table,) = tables(page(tmp_path, body))
    assert grid(table) == [["头", "甲"], ["乙", "丙"]]


def test_it_descends_into_layout_tables(tmp_path: Path) -> None:
    data = "<table><caption>任务表</caption><tr><td>1<td>种树<tr><td>2<td>修路</table>"
    document = page(tmp_path, f"<table><tr><td>导语</td></tr><tr><td>{data}</td></tr></table>")
    assert paragraphs(document) == ["导语", "任务表"]
    assert [grid(table) for table in tables(document)] == [[["1", "种树"], ["2", "修路"]]]


def test_a_nested_table_is_lines_of_its_cell_and_a_table_after_it(tmp_path: Path) -> None:
    inner = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    document = page(tmp_path, f"<table><tr><td>序号<td>任务说明和要求<tr><td>1<td>建设内容{inner}以上各项都要完成</table>")
    outer, nested = tables(document)
    assert grid(outer)[1] == ["1", "建设内容\n甲\n乙\n丙\n丁\n以上各项都要完成"]
    assert (grid(nested), nested.place) == ([["甲", "乙"], ["丙", "丁"]], "table 2")


def test_tables_nested_deep_are_read_once_each(tmp_path: Path) -> None:
    """Twice for each level would be a million times."""
    row = "<tr><td>甲，乙，丙，丁，戊，己，庚，辛"
    document = page(tmp_path, f"<table>{row}<tr><td>" * 20 + "底" + "</table>" * 20)
    assert 0 < len(tables(document)) <= 20


def test_it_reads_breaks_entities_and_white_space(tmp_path: Path) -> None:
    body = "<p>一、种树&amp;修\n 路<br>二、 &nbsp;建桥</p>散 \n 文 abc\ndef<div>三</div><script>var a</script><nav>导航</nav>"
    document = page(tmp_path, body)
    assert paragraphs(document) == ["一、种树&修路", "二、  建桥", "散文 abc def", "三"]
    assert [block.place for block in document.blocks] == [f"paragraph {n}" for n in (1, 2, 3, 4)]


def test_it_reads_the_values_of_form_fields(tmp_path: Path) -> None:
    fields = (
        '<td><input value="1450">亿元<td><textarea>种树\n修路</textarea><td><select><option>甲<option selected>乙</select>'
        '<td><input type=checkbox checked>是<input type=radio>否<input type=hidden value="密">'
    )
    (table,) = tables(page(tmp_path, f"<form><table><tr><td>a<td>b<td>c<td>d<tr>{fields}</table></form>"))
    assert grid(table)[1] == ["1450亿元", "种树\n修路", "乙", "☑是☐否"]


def test_it_takes_the_title_and_leaves_out_the_margins_of_the_page(tmp_path: Path) -> None:
    body = "<header>网站名</header><article><header>清单名</header><p>正文</p></article><footer>备案号</footer>"
    document = page(tmp_path, body, "<title> 绿化\n清单 </title>")
    assert (document.title, paragraphs(document)) == ("绿化清单", ["清单名", "正文"])
    assert ids(document) == ["html.left-out", "html.left-out"]


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [('<meta charset="gb2312">', "gbk"), ("", "gb18030"), ('<meta charset="utf-8">', "gb18030"), ("", "utf-16"), ("", "utf-8-sig"),
     ('<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5")],
)
def test_it_finds_the_charset(tmp_path: Path, meta: str, encoding: str) -> None:
    text = f"<html><head>{meta}</head><body><p>推进河道清理一百里</p></body></html>"
    document = read_bytes(tmp_path, "网页.htm", text.encode(encoding, "replace"))
    assert paragraphs(document) == ["推进河道清理一百里".encode(encoding, "replace").decode(encoding)]


def test_it_refuses_what_it_could_not_read_to_the_end(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        page(tmp_path, "<div>" * 3_000 + "底")
    assert refused.value.id == "html.too-deep"


def test_it_refuses_spans_made_to_fill_the_memory(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        page(tmp_path, "<table>" + "<tr><td rowspan=2 colspan=1000>1" * 2_100 + "</table>")
    assert refused.value.id == "html.too-wide"
