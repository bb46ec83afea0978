"""PDF: ruled tables over pages, page numbers inside cells, what other fonts drew, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.lexicon.written import place_words
from luoshi.reading.pdf.read import read_pdf
from luoshi.reading.source import Document, Unreadable
from tests.reading.make import grid, ids, paragraphs, read_bytes, tables
from tests.reading.pdf.paper import Row, assemble, by_hand, stream, table, typeset, written

HEAD = ("序号", "任务", "具体措施", "完成时限", "牵头单位")
MEASURES = (
    "新建公园绿地120.5公顷，其中口袋公园30个以上，力争覆盖全部街道（镇）。",
    "推进“一河一策”治理：\n1.清淤河道12条；\n2.新建泵站3座。",
    "完成老旧小区改造1450户，加装电梯2.75万平方米",
    "加快建设“城市大脑”二期，接入部门数据86类，调用量达到1200万次以上，做到“一网统管”“一网通办”全覆盖；按季通报。",
)
UNITS = ("市园林局、市财政局", "市水利局", "市住房和城乡建设局、各县（市、区）政府", "市数据局（市人工智能局）、市委组织部（人才办）")
DATES = ("2030年6月底前", "2030年12月", "持续推进", "9月30日前")
ROWS: list[Row] = [HEAD, *((str(n), f"绿化美化提升工程第{n}期", MEASURES[n % 4], DATES[n % 4], UNITS[n * 3 % 4]) for n in range(1, 16))]
NUMBERED = "footer: context align(center)[— #counter(page).display() —]"
COLUMNS = "(1.2cm, 2.4cm, 1fr, 1.7cm, 2.6cm)"


def read(folder: Path, data: bytes) -> Document:
    return read_bytes(folder, "清单.pdf", data)


@pytest.mark.parametrize("bottom", ["2cm", "3.4cm", "4.1cm", "5.5cm", "6.2cm", "7.7cm"])
def test_wherever_the_page_cuts_the_rows_are_whole(tmp_path: Path, bottom: str) -> None:
    document = read(tmp_path, typeset(table(ROWS, COLUMNS), NUMBERED, bottom))
    (one,) = tables(document)
    assert grid(one) == [list(row) for row in ROWS]
    assert paragraphs(document) == []


def test_a_place_names_page_table_row_and_column(tmp_path: Path) -> None:
    (one,) = tables(read(tmp_path, typeset(table(ROWS, COLUMNS), NUMBERED, "5.5cm")))
    assert (one.place, one.cells[6].place) == ("page 1 table 1", "page 1 table 1 row 2 column 2")
    assert one.cells[-1].place == "page 3 table 1 row 16 column 5"
    assert place_words(one.cells[-1].place) == "第3页表1第16行第5列"
    assert place_words("page 2 paragraph 7") == "第2页第7段"


def test_it_reads_text_around_the_table_in_order(tmp_path: Path) -> None:
    body = (
        "附件1\n\n#align(center)[#text(16pt)[某市绿化任务清单（示例）]]\n\n#h(2em)现将任务分解如下，请各单位认真落实，按月报送进展，年底前由市督查室"
        "会同有关部门逐项核验，核验结果在全市通报，并作为年度考核的依据，逾期未完成的书面说明原因。\n\n#h(2em)各单位要加强领导。\n\n"
        + table(ROWS[:4], COLUMNS) + "注：本表由各单位更新。"
    )
    document = read(tmp_path, typeset(body))
    first, title, long, *rest = paragraphs(document)
    assert (first, title, rest) == ("附件1", "某市绿化任务清单（示例）", ["各单位要加强领导。", "注：本表由各单位更新。"])
    assert long.startswith("现将任务分解如下")
    assert long.endswith("年度考核的依据，逾期未完成的书面说明原因。")
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph"] * 4 + ["Table", "Paragraph"]


def test_it_reads_merged_cells(tmp_path: Path) -> None:
    cells = (
        "table.cell(rowspan: 2)[任务], table.cell(colspan: 2)[责任], [牵头], [配合], table.cell(rowspan: 3)[种树], "
        "[园林局], [财政局], [水利局], table.cell(rowspan: 2)[], [城管局],"
    )
    (one,) = tables(read(tmp_path, typeset(f"#table(columns: (3cm, 3cm, 3cm), stroke: 0.5pt, {cells})")))
    spans = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in one.cells}
    assert spans["任务"] == (0, 0, 2, 1)
    assert spans["责任"] == (0, 1, 1, 2)
    assert spans["种树"] == (2, 0, 3, 1)
    assert spans[""] == (3, 2, 2, 1)
    assert (one.rows, one.columns) == (5, 3)


def test_it_leaves_out_headers_that_repeat_and_says_so(tmp_path: Path) -> None:
    document = read(tmp_path, typeset(table(ROWS, COLUMNS), f"header: [某市绿化任务（示例）], {NUMBERED}", "6cm"))
    assert (paragraphs(document), ids(document)) == ([], ["pdf.left-out"])
    assert "某市绿化任务" in document.findings[0].message


def test_a_table_without_lines_is_read_by_its_gaps_and_said_to_be_a_guess(tmp_path: Path) -> None:
    rows = [("序号", "工作任务", "牵头单位"), *((str(n), f"完成绿化提升工程第{n}期建设任务", UNITS[n % 2]) for n in range(1, 9))]
    document = read(tmp_path, typeset("绿化任务清单\n\n" + table(rows, "(2cm, 9cm, 6cm)", "none")))
    assert grid(tables(document)[0]) == [list(row) for row in rows]
    assert (paragraphs(document), ids(document)) == (["绿化任务清单"], ["pdf.no-lines"])


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    document = read(tmp_path, typeset('#rect(width: 100%)[请各单位按月报送。]\n\n散文。'))
    assert (paragraphs(document), tables(document)) == (["请各单位按月报送。", "散文。"], [])


@pytest.mark.parametrize("angle", [-90, 90, 180])
def test_a_list_set_sideways_on_an_upright_page_reads_the_same(tmp_path: Path, angle: int) -> None:
    turned = typeset(f"#rotate({angle}deg, reflow: true)[#block(width: 15cm)[{table(ROWS[:5], COLUMNS)}]]")
    assert grid(tables(read(tmp_path, turned))[0]) == [list(row) for row in ROWS[:5]]


def page(*texts: tuple[str, float, float]) -> bytes:
    codes: dict[int, str] = {}
    return by_hand(b"".join(written(text, x, y, codes) for text, x, y in texts), codes)


def test_signs_drawn_later_take_their_place(tmp_path: Path) -> None:
    """Quotation marks come from another font, after the words."""
    document = read(tmp_path, page(("推进", 60, 700), ("一网通办", 90, 700), ("工作", 140, 700), ("“", 80, 700), ("”", 130, 700)))
    assert paragraphs(document) == ["推进“一网通办”工作"]


def test_private_codes_are_a_decimal_point_between_digits_and_a_box_elsewhere(tmp_path: Path) -> None:
    document = read(tmp_path, page(("投资２．5亿元，占比2\ue01075%，\ue020达标，面积⼗亩", 60, 700)))
    assert paragraphs(document) == ["投资２．5亿元，占比2.75%，□达标，面积十亩"]
    assert ids(document) == ["pdf.decimal-points", "pdf.odd-characters"]
    assert "U+E020" in document.findings[1].message


def test_words_printed_twice_to_look_bold_count_once(tmp_path: Path) -> None:
    assert paragraphs(read(tmp_path, page(("任务清单", 60, 700), ("任务清单", 60.4, 700)))) == ["任务清单"]


SCAN = assemble({
    1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Count 1/Kids[3 0 R]>>",
    3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
    4: stream(b"595 0 0 842 0 0 cm /I Do"),
    5: stream(bytes(64), "/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"),
})
LOCK = "<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + "ab" * 32 + ">/U<" + "cd" * 32 + ">>>/ID[<00><00>]"
LOCKED = SCAN.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt " + LOCK.encode())
DUMB = by_hand(written("不知所云的字", 60, 700, {}), {1: "\ufffd"})


@pytest.mark.parametrize(
    ("data", "id"),
    [(SCAN, "pdf.scanned"), (LOCKED, "file.encrypted"), (DUMB, "pdf.no-characters"), (SCAN[:90], "file.damaged"),
     (typeset(""), "pdf.scanned")],
    ids=["scan", "password", "no characters", "cut off", "blank"],
)
def test_it_refuses_what_has_no_words(tmp_path: Path, data: bytes, id: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, data)
    assert refused.value.id == id


def test_it_refuses_more_pages_than_a_list_has(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, by_hand(b"", {}, pages=1_001))
    assert refused.value.id == "pdf.too-long"


def test_it_refuses_a_stream_that_unpacks_to_more_than_a_list_has(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, by_hand(b" " * 17_000_000, {}))
    assert refused.value.id == "pdf.too-full"


def test_it_refuses_a_page_of_endless_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.reading.pdf.sheet.MAX_OBJECTS", 100)
    with pytest.raises(Unreadable) as refused:
        read_pdf(by_hand(b"0 0 m 9 9 l S " * 200, {}), "清单.pdf")
    assert refused.value.id == "pdf.too-full"
