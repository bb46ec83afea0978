"""The .docx keeps the layout rules: page, grid, faces, order of elements, page numbers, the block at the foot."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from math import floor

import docx
import pytest
from lxml import etree

from luoshi.publish.docx_xml import _ORDERS
from luoshi.publish.official import DOCUMENT_NUMBER, Annex, Column, OfficialDocument, Passage
from luoshi.publish.official_docx import official_docx
from tests.publish.bulletins import NUMBER, bulletin, document, docx_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}
ROLE_FONTS = {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}


def part(name: str, content: bytes | None = None) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content or docx_bytes())) as file:
        return etree.fromstring(file.read(name))


def number(expression: str, where: etree._Element) -> float:
    return float(where.xpath(f"number({expression})", namespaces=NS))


def style_of(paragraph: etree._Element) -> str:
    return str(paragraph.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=NS))


def text_of(element: etree._Element) -> str:
    return "".join(element.xpath(".//w:t/text()", namespaces=NS))


def with_style(name: str, content: bytes | None = None) -> list[etree._Element]:
    return list(part("word/document.xml", content).xpath(f"//w:p[w:pPr/w:pStyle/@w:val='{name}']", namespaces=NS))


SECTION = "(//w:sectPr)[1]"

# part, XPath that counts or gives a string, what is expected; the numbers are those of the layout specification
ASSERTIONS = [
    (1, "document", f"count({SECTION}/w:pgSz[@w:w='11906' and @w:h='16838' and not(@w:orient='landscape')])", 1),
    (2, "document", f"count({SECTION}/w:pgMar[@w:top=2098 and @w:bottom=1984 and @w:left=1588 and @w:right=1474])", 1),
    (3, "document", f"{SECTION}/w:pgSz/@w:w - {SECTION}/w:pgMar/@w:left - {SECTION}/w:pgMar/@w:right", 8844),
    (4, "document", f"floor(({SECTION}/w:pgSz/@w:h - {SECTION}/w:pgMar/@w:top - {SECTION}/w:pgMar/@w:bottom) div "
                    f"{SECTION}/w:docGrid/@w:linePitch)", 22),
    (5, "document", f"count({SECTION}/w:docGrid[@w:type='linesAndChars' and @w:charSpace='-849'])", 1),
    (7, "styles", "count(//w:docDefaults//w:rPr[w:sz/@w:val=32 and w:rFonts/@w:eastAsia='仿宋_GB2312' and w:lang/@w:eastAsia='zh-CN'])", 1),
    (8, "styles", "count(//w:docDefaults//w:rFonts/@*[contains(local-name(),'Theme') or local-name()='cstheme'])", 0),
    (9, "styles", "count(//w:pPrDefault//w:spacing[@w:after=0 and @w:before=0 and @w:line=579 and @w:lineRule='exact'])", 1),
    (10, "styles", "count(//w:pPrDefault/w:pPr[w:kinsoku[not(@w:val='0')] and w:overflowPunct[not(@w:val='0')] and w:snapToGrid[not(@w:val='0')] "
                   "and w:autoSpaceDE/@w:val='0' and w:autoSpaceDN/@w:val='0'])", 1),
    (11, "styles", "count(//w:style[@w:styleId='GwBody']/w:pPr/w:ind[@w:firstLineChars=200 and @w:firstLine=632])", 1),
    (12, "styles", "count(//w:style[@w:styleId='GwTitle'][w:rPr/w:sz/@w:val=44 and w:rPr/w:rFonts/@w:eastAsia='方正小标宋简体' "
                   "and w:pPr/w:jc/@w:val='center' and not(w:rPr/w:b)])", 1),
    (13, "styles", "count(//w:style[@w:styleId='GwH1'][w:rPr/w:rFonts/@w:eastAsia='黑体' and w:pPr/w:outlineLvl/@w:val=0 and w:pPr/w:keepNext])", 1),
    (14, "styles", "count(//w:style[@w:styleId='GwMark'][w:rPr/w:color/@w:val='FF0000'])", 1),
    (15, "document", "count(//w:p[w:pPr/w:pStyle/@w:val='GwDocNo'])", 1),
    (17, "styles", "count(//w:style[@w:styleId='GwDocNo']/w:pPr/w:pBdr/w:bottom[@w:color='FF0000' and @w:space=11 and @w:sz>=8])", 1),
    (18, "document", "count((//w:p[w:pPr/w:pStyle/@w:val='GwTitle'])[1][preceding-sibling::*[3][w:pPr/w:pStyle/@w:val='GwDocNo'] "
                     "and not(preceding-sibling::*[position()<3]//w:t)])", 1),
    (19, "document", "count((//w:p[w:pPr/w:pStyle/@w:val='GwTitle'])[1][following-sibling::*[2][w:pPr/w:pStyle/@w:val='GwMainTo'] "
                     "and not(following-sibling::*[1]//w:t)])", 1),
    (21, "document", "count(//w:p[w:pPr/w:pStyle/@w:val='GwDate'])", 1),
    (22, "styles", "count(//w:style[@w:styleId='GwDate']/w:pPr[w:ind/@w:rightChars=400 and w:jc/@w:val='right'])", 1),
    (23, "settings", "count(/w:settings/w:evenAndOddHeaders[not(@w:val='0')])", 1),
    (24, "document", f"count({SECTION}/w:footerReference[@w:type='default' or @w:type='even'])", 2),
    (26, "document", "count(//w:tbl[not(w:tblPr/w:tblpPr)][not(w:tr[1]/w:trPr/w:tblHeader)])", 0),
    (27, "document", "count(//w:tbl//w:tr[not(w:trPr/w:cantSplit)])", 0),
    (28, "document", "count(//w:tbl[sum(w:tblGrid/w:gridCol/@w:w) != w:tblPr/w:tblW/@w:w])", 0),
    (29, "document", "count(//w:sectPr[w:pgSz/@w:orient='landscape'])", 0),
    (30, "document", "count(//w:sectPr/w:pgNumType/@w:start)", 0),
    (31, "settings", "count(/w:settings/w:characterSpacingControl[@w:val='compressPunctuation'])", 1),
    (32, "settings", "count(//w:compatSetting[@w:name='compatibilityMode' and @w:val='15'])", 1),
    (34, "document", "count(//w:r[w:t[contains(.,'“') or contains(.,'”') or contains(.,'—') or contains(.,'…')]]"
                     "[not(w:rPr/w:rFonts/@w:hint='eastAsia')])", 0),
    (35, "document", "count(//w:p[.//w:t[contains(.,'》、《') or contains(.,'”、“')]])", 0),
    (36, "document", "count(//w:tbl[w:tblPr/w:tblpPr[@w:vertAnchor='margin' and @w:tblpYSpec='bottom']][.//w:pStyle/@w:val='GwBanji'])", 1),
    (37, "document", "count(//w:tbl[w:tblPr/w:tblpPr]/w:tblPr/w:tblBorders[w:top/@w:sz=8 and w:bottom/@w:sz=8 and w:insideH/@w:sz=6])", 1),
    (38, "document", "count(//w:t[starts-with(.,'\u3000') or starts-with(.,'  ')])", 0),
    (39, "document", "count(//w:body//w:p[.//w:t][not(w:pPr/w:pStyle[starts-with(@w:val,'Gw')])])", 0),
    (40, "document", "count(//w:sectPr[not(w:pgSz/@w:orient='landscape')][not(w:docGrid/@w:linePitch=579)])", 0),
    (41, "document", "count(//w:sectPr/w:titlePg)", 0),
    (42, "document", "count(//w:p[w:pPr/w:pStyle/@w:val='GwAttLabel'][not(starts-with(string(.),'附件'))])", 0),
    (44, "styles", "count(//w:style[@w:styleId='GwBanji']/w:rPr/w:sz[@w:val=28])", 1),
]


@pytest.mark.parametrize(("name", "expression", "expected"), [a[1:] for a in ASSERTIONS], ids=[f"rule-{a[0]}" for a in ASSERTIONS])
def test_a_layout_rule_holds(name: str, expression: str, expected: float) -> None:
    assert number(expression, part(f"word/{name}.xml")) == expected


def test_a_line_holds_28_characters() -> None:
    spacing = number(f"{SECTION}/w:docGrid/@w:charSpace", part("word/document.xml"))
    assert floor(442.2 / (16 + spacing / 4096) + 0.005) == 28


def test_the_document_number_has_its_brackets_and_no_第() -> None:
    (paragraph,) = with_style("GwDocNo")
    assert text_of(paragraph) == NUMBER
    assert DOCUMENT_NUMBER.match(NUMBER)
    assert not re.search(r"[（\[【(](19|20)\d\d[）\]】)]\d+号", text_of(part("word/document.xml")))


def test_addressees_end_in_a_colon_and_the_date_is_whole() -> None:
    assert text_of(with_style("GwMainTo")[0]).endswith("：")
    assert re.match(r"^(19|20)\d\d年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日$", text_of(with_style("GwDate")[0]))
    assert style_of(with_style("GwDate")[0].getprevious()) == "GwSign"


def test_organ_and_date_stand_where_the_seal_goes() -> None:
    """示例市政府督查室 is 8 cells, 2019年10月8日 is 6.5: the organ is centred over the date, which ends four cells from the right."""
    right = "number(w:pPr/w:ind/@w:rightChars)"
    assert number(right, with_style("GwDate")[0]) == 400
    assert number(right, with_style("GwSign")[0]) == 325
    assert part("word/document.xml").xpath("count(//w:bookmarkStart[@w:name='seal_anchor'])", namespaces=NS) == 1


@pytest.mark.parametrize("face", sorted(ROLE_FONTS))
def test_a_face_has_its_other_name(face: str) -> None:
    assert part("word/fontTable.xml").xpath(f"count(//w:font[@w:name='{face}']/w:altName)", namespaces=NS) == 1


def test_only_the_five_faces_are_named() -> None:
    named = {str(face) for name in ("document", "styles") for face in part(f"word/{name}.xml").xpath("//@w:eastAsia", namespaces=NS)}
    assert named - {"zh-CN"} <= ROLE_FONTS


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    section = docx.Document(io.BytesIO(docx_bytes())).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        element = etree.fromstring(etree.tostring(footer._element))
        assert re.match(r"^— .*—$", text_of(element))
        assert element.xpath("string(.//w:instrText)", namespaces=NS) == " PAGE "
        assert element.xpath("string(.//w:jc/@w:val)", namespaces=NS) == side
        assert number(f".//w:ind/@w:{side}", element) == 280
    (style,) = part("word/styles.xml").xpath("//w:style[@w:styleId='GwPageNo']", namespaces=NS)
    assert number("w:rPr/w:sz/@w:val", style) == 28
    assert style.xpath("string(w:rPr/w:rFonts/@w:ascii)", namespaces=NS) == "宋体"
    assert number(f"{SECTION}/w:pgMar/@w:footer", part("word/document.xml")) == 1447


def test_properties_stand_in_the_order_of_the_schema() -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        for tag, order in _ORDERS.items():
            for element in part(name).iter(f"{{{W}}}{tag}"):
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places)


def test_elements_stand_in_the_order_of_the_rules() -> None:
    seen = [style_of(p) for p in part("word/document.xml").xpath("//w:body/w:p[w:pPr/w:pStyle]", namespaces=NS)]
    order = ["GwMark", "GwDocNo", "GwTitle", "GwMainTo", "GwBody", "GwH1", "GwAttNote", "GwSign", "GwDate", "GwNote", "GwAttLabel", "GwAttTitle"]
    firsts = [seen.index(style) for style in order]
    assert firsts == sorted(firsts)


def test_annexes_begin_a_page_and_are_named_alike_in_the_note() -> None:
    assert part("word/styles.xml").xpath("count(//w:style[@w:styleId='GwAttLabel']/w:pPr/w:pageBreakBefore)", namespaces=NS) == 1
    noted = [re.sub(r"^(附件：)?(\d\.)?", "", text_of(p)) for p in with_style("GwAttNote")]
    titles = [text_of(p) for p in with_style("GwAttTitle")]
    assert noted == titles
    assert not any(name[-1] in "。；，" for name in noted)
    for label in with_style("GwAttLabel"):
        assert style_of(label.getnext().getnext()) == "GwAttTitle"


def test_no_half_width_mark_stands_beside_a_chinese_character() -> None:
    for paragraph in part("word/document.xml").iter(f"{{{W}}}p"):
        assert not re.search(r"[\u4e00-\u9fff][,;:()]|[,;:()][\u4e00-\u9fff]", text_of(paragraph))
        assert not re.search(r"\d～\d+%", text_of(paragraph))


def test_every_number_of_the_text_is_one_that_the_data_gave() -> None:
    text = text_of(part("word/document.xml"))
    assert {n.text for n in bulletin().numbers if n.text not in text} == set()


def test_the_same_document_gives_the_same_bytes() -> None:
    assert official_docx(document()) == docx_bytes()


def test_it_carries_its_title_and_number_and_no_macro_and_no_outside_link() -> None:
    opened = docx.Document(io.BytesIO(docx_bytes()))
    assert opened.core_properties.title == "".join(document().title)
    with zipfile.ZipFile(io.BytesIO(docx_bytes())) as file:
        assert NUMBER in file.read("docProps/custom.xml").decode()
        assert not [n for n in file.namelist() if "vba" in n.lower() or "embed" in n.lower()]
        assert not [n for n in file.namelist() if n.endswith(".rels") and b'TargetMode="External"' in file.read(n)]


def test_what_people_write_is_only_ever_text() -> None:
    evil = "=HYPERLINK(\"http://x\") { DDEAUTO c:\\\\x } <w:fldSimple/> \x0b\ufffe#eval(1)"
    table = Annex(evil, (Column(evil, 156),), ((evil,), ("",)), evil)
    made = official_docx(OfficialDocument(evil, evil, (evil,), evil, (Passage("h2", evil, evil),), (table,), evil, date(2019, 1, 2), evil, evil, evil,
                                          date(2019, 1, 2)))
    assert docx.Document(io.BytesIO(made)).paragraphs
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        codes = [c for n in file.namelist() if n.endswith(".xml") for c in etree.fromstring(file.read(n)).iter(f"{{{W}}}instrText")]
    assert {c.text for c in codes} == {" PAGE "}
    assert not list(part("word/document.xml", made).iter(f"{{{W}}}fldSimple"))
    assert text_of(part("word/document.xml", made).xpath("//w:tbl[1]/w:tr[3]", namespaces=NS)[0]) == "—"


def test_without_copies_the_foot_has_only_the_line_of_the_printer() -> None:
    made = official_docx(replace(document(), copies_to=""))
    assert [text_of(p) for p in with_style("GwBanji", made)] == ["示例市政府督查室2019年10月8日印发"]


def test_a_long_mast_stays_inside_the_type_area() -> None:
    assert replace(document(), mark="某某市人民政府办公室督查通报").mark_points * 14 <= 442
