"""Text files: tables by their signs, lines as paragraphs, and every quote at its offset."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.lines import Page
from luoshi.reading.source import Contents, Table, Unreadable
from luoshi.reading.text import read_text
from tests.reading.make import grid, ids, paragraphs, read_bytes, tables

TABBED = (
    "某市绿化任务清单\n\t序号\n\t工作\n\n任务\n\t牵头\n单位\n\n"
    "\t1\n\t种树一千棵\n\t园林局\n\n\t\n\t修两座公园\n\t\n\n\t2\n\t 清理河道\n "
)


def read(text: str) -> Contents:
    return read_text(text.encode(), "清单.txt")


def check_offsets(text: str, contents: Contents) -> None:
    for block in contents.blocks:
        for one in block.cells if isinstance(block, Table) else (block,):
            assert text[one.offset : one.offset + len(one.text)] == one.text
            reference = one.ref(0, len(one.text))
            assert text[reference.start : reference.end] == reference.quote
            if one.text:
                assert one.place == f"line {Page(text).text[: one.offset].count(chr(10)) + 1}" or "\r" in text


def test_it_reads_one_cell_a_line_behind_tabs() -> None:
    contents = read(TABBED)
    table = contents.blocks[1]
    assert isinstance(table, Table)
    assert grid(table) == [
        ["序号", "工作\n\n任务", "牵头\n单位"], ["1", "种树一千棵", "园林局"], ["", "修两座公园", ""], ["2", "清理河道", ""],
    ]
    assert [cell.text for cell in table.cells if cell.continued] == ["", ""]
    assert table.place == "line 2"
    check_offsets(TABBED, contents)


def test_it_ends_the_table_where_text_follows_a_full_row() -> None:
    text = TABBED.rstrip() + "\n\t水利局\n\n注：每月上报。\n再一行。\n"
    contents = read(text)
    assert [type(block).__name__ for block in contents.blocks] == ["Paragraph", "Table", "Paragraph", "Paragraph"]
    assert contents.blocks[2].place == f"line {text.split(chr(10)).index('注：每月上报。') + 1}"
    check_offsets(text, contents)


def test_it_takes_indented_paragraphs_for_paragraphs() -> None:
    contents = read("标题\n\t第一段话。\n\n\t第二段话。\n\t第三段话。\n\n尾\n")
    assert not any(isinstance(block, Table) for block in contents.blocks)
    assert len(contents.blocks) == 5


def test_it_reads_tab_separated_rows_with_quoted_line_breaks() -> None:
    text = '序号\t任务\t单位\r\n1\t"种树\r\n和修路"\t园林局\r\n\t建桥\t\r\n\r\n完\r\n'
    contents = read(text)
    table = contents.blocks[0]
    assert isinstance(table, Table)
    assert grid(table) == [["序号", "任务", "单位"], ["1", "种树\r\n和修路", "园林局"], ["", "建桥", ""]]
    check_offsets(text, contents)


def test_it_drops_an_empty_column_in_front_of_rows_that_start_with_a_tab() -> None:
    table = read("\t序号\t任务\n\t1\t种树\n").blocks[0]
    assert isinstance(table, Table)
    assert grid(table) == [["序号", "任务"], ["1", "种树"]]


def test_it_reads_markdown_pipes() -> None:
    text = "# 清单\n\n| 序号 | 任务 |\n|---|:--:|\n| 1 | 种树\\|修路 |\n| | 建桥 |\n尾"
    contents = read(text)
    table = contents.blocks[1]
    assert isinstance(table, Table)
    assert grid(table) == [["序号", "任务"], ["1", "种树\\|修路"], ["", "建桥"]]
    check_offsets(text, contents)


def test_it_reads_a_list_of_cells_without_tabs_when_the_rows_are_full() -> None:
    text = "清单\n序号\n工作任务\n牵头单位\n1\n种树\n园林局\n\n修路\n/\n2\n建桥\n交通局\n注：按月上报\n"
    contents = read(text)
    table = contents.blocks[1]
    assert isinstance(table, Table)
    assert grid(table) == [["序号", "工作任务", "牵头单位"], ["1", "种树", "园林局"], ["", "修路", ""], ["2", "建桥", "交通局"]]
    assert contents.blocks[2].place == "line 14"
    check_offsets(text, contents)


def test_it_takes_blank_lines_for_spacing_when_only_that_fits() -> None:
    table = read("序号\n\n工作任务\n\n牵头单位\n\n1\n\n种树\n\n园林局\n\n2\n\n建桥\n\n交通局\n").blocks[0]
    assert isinstance(table, Table)
    assert grid(table)[2] == ["2", "建桥", "交通局"]


def test_it_leaves_a_list_with_a_missing_cell_as_paragraphs_and_says_so() -> None:
    contents = read("序号\n工作任务\n牵头单位\n1\n种树\n园林局\n2\n建桥\n")
    assert not any(isinstance(block, Table) for block in contents.blocks)
    assert [finding.id for finding in contents.findings] == ["text.table-unclear"]
    assert "line 1" in contents.findings[0].message


def test_it_reads_gb18030_and_says_so(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "清单.txt", "一、种树一千棵\n二、修路".encode("gb18030"))
    assert paragraphs(document) == ["一、种树一千棵", "二、修路"]
    assert ids(document) == ["text.gb18030"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_it_drops_the_mark_at_the_start_and_counts_after_it(tmp_path: Path, encoding: str) -> None:
    document = read_bytes(tmp_path, "清单.txt", "种树😀\r\n  修路".encode(encoding))
    assert [(block.place, block.offset) for block in document.blocks if not isinstance(block, Table)] == [("line 1", 0), ("line 2", 7)]


def test_it_refuses_an_encoding_that_it_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes(tmp_path, "乱.txt", b"abc\xff\xff\xfe def" * 20)
    assert refused.value.id == "text.encoding"


def test_it_reads_a_long_indented_text_in_time_that_grows_with_its_length() -> None:
    assert len(read("\t种树。\n修路。\n" * 5_000).blocks) == 10_000


def test_all_tables_of_a_file_are_read(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "两张.md", f"{TABBED}\t水利局\n\n其他\n|甲|乙|\n|-|-|\n|1|2|\n".encode())
    assert len(tables(document)) == 2


pieces = st.sampled_from(
    ["\t", "\n", "\r\n", "\r", " ", "\u3000", "|", "|-|-|", "序号", "工作任务", "牵头单位", "1", "/", "种树😀", "修路", '"', "注：",
     "\n\n\t", "\x0c", "\u2028"]
)


@given(st.lists(pieces, max_size=60).map("".join))
def test_every_quote_stands_at_its_offset(text: str) -> None:
    contents = read(text)
    check_offsets(text, contents)
    shown = "".join(
        one.text for block in contents.blocks for one in (block.cells if isinstance(block, Table) else (block,))
    )
    for word in ("种树😀", "修路", "工作任务"):
        assert shown.count(word) == text.count(word)
