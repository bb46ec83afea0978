"""The printed slip: rows, official layout of the .docx, one page of the PDF, the receipt below."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from lxml import etree

from luoshi.publish.official import DOCUMENT_NUMBER, NOT_NUMBERED
from luoshi.publish.slip_document import SlipDocument, numbered
from luoshi.publish.slip_docx import slip_docx
from luoshi.publish.slip_typst import slip_pdf

ON = date(2019, 9, 30)
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
SLIP = SlipDocument(
    "示例市政府督查室", "督办单（黄色）", "示例督〔2019〕37号", date(2019, 9, 24), "加快已竣工地块联合验收（示例）",
    "市甲局（示例）", ("市乙局（示例）", "市丙局（示例）"), date(2019, 10, 31), date(2019, 10, 15), "黄单（进度滞后）", "亮灯",
    "截至9月20日完成2640亩，应达4320亩（示例）。",
    ("逐宗列出验收时间和责任人。", "10月11日前完成第一批现场验收。", "说明3个月没有新增的原因。"), "主要负责人", "示例联络员甲", sample=True)


@cache
def part(name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(slip_docx(SLIP, ON))) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


def found(name: str, xpath: str) -> float:
    return float(part(name).xpath(xpath, namespaces=W))  # type: ignore[arg-type]


def words(xpath: str) -> list[str]:
    return ["".join(each.itertext()) for each in part("document").xpath(xpath, namespaces=W)]  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "xpath", "expected"), [
    ("document", "count(//w:sectPr/w:pgSz[@w:w='11906' and @w:h='16838'])", 1),
    ("document", "count(//w:sectPr/w:pgMar[@w:left='1588' and @w:right='1474' and @w:top='1417' and @w:bottom='1247'])", 1),
    ("document", "count(//w:sectPr/w:footerReference[@w:type='default' or @w:type='even'])", 2),
    ("document", "count(//w:tbl)", 2),
    ("document", "count(//w:tbl//w:tr[not(w:trPr/w:cantSplit)])", 0),
    ("document", "count(//w:tbl[not(w:tr[1]/w:trPr/w:tblHeader)])", 0),
    ("document", "count(//w:tbl[sum(w:tblGrid/w:gridCol/@w:w) != w:tblPr/w:tblW/@w:w])", 0),
    ("document", "count(//w:tbl/w:tblGrid[count(w:gridCol) != 4])", 0),
    ("document", "count(//w:body//w:p[.//w:t][not(w:pPr/w:pStyle[starts-with(@w:val,'Gw')])])", 0),
    ("document", "count(//w:t[starts-with(.,'　') or starts-with(.,'  ')])", 0),
    ("document", "count(//w:p[w:pPr/w:pStyle/@w:val='GwSlipCut'])", 1),
    ("styles", "count(//w:style[@w:styleId='GwSlipMark']/w:rPr/w:color[@w:val='FF0000'])", 1),
    ("styles", "count(//w:style[@w:styleId='GwTitle']/w:rPr/w:sz[@w:val='44'])", 1),
    ("settings", "count(/w:settings/w:evenAndOddHeaders)", 1)])
def test_the_docx_is_laid_out_as_an_official_form(name: str, xpath: str, expected: int) -> None:
    assert found(name, xpath) == expected


def test_the_form_has_its_rows_in_order() -> None:
    assert words("(//w:tbl)[1]//w:p[w:pPr/w:pStyle/@w:val='GwSlipHead']") == [
        "督办事项", "立项依据", "办理要求", "主办单位", "协办单位", "责任人", "联系人", "办结时限", "级别", "办理情况", "核查意见", "销号意见"]
    assert words("(//w:tbl)[2]//w:p[w:pPr/w:pStyle/@w:val='GwSlipHead']") == ["编号", "办结时限", "督办事项", "签收单位", "签收人"]


def test_an_extended_day_stands_beside_the_first_one() -> None:
    assert SLIP.due_words == "2019年10月31日前（原定2019年10月15日）"
    assert replace(SLIP, first_due_on=SLIP.due_on).due_words == "2019年10月31日前"


def test_its_number_is_an_official_one_and_a_draft_has_none() -> None:
    assert DOCUMENT_NUMBER.match(SLIP.shown_number)
    assert replace(SLIP, number="").shown_number == NOT_NUMBERED


def test_requirements_are_numbered_once() -> None:
    assert numbered(("甲", "乙")) == ("1.甲", "2.乙")
    assert numbered(("一、甲", "二、乙")) == ("一、甲", "二、乙")
    assert numbered(()) == ("—",)


def test_what_is_known_takes_the_place_of_the_boxes() -> None:
    rows = {row.cells[0][0]: row for row in replace(SLIP, checked=("看过",), checked_sign="许以安").rows}
    assert (rows["核查意见"].boxes, rows["核查意见"].sign) == ((), "核查人（签名）：许以安")
    assert rows["销号意见"].boxes


def test_the_pdf_is_one_page_with_the_receipt_and_says_what_the_docx_says() -> None:
    import pypdfium2

    made = pypdfium2.PdfDocument(slip_pdf(SLIP, ON))
    assert len(made) == 1
    text = "".join(made[0].get_textpage().get_text_range().split())
    for each in words("//w:p[.//w:t]"):
        assert "".join(each.split()) in text


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert slip_docx(SLIP, ON) == slip_docx(SLIP, date(2020, 1, 1))
    assert slip_pdf(SLIP, ON) == slip_pdf(SLIP, date(2020, 1, 1))


def test_what_people_write_is_never_source() -> None:
    evil = '#eval("1+1") $x$ <d> \\ #panic() "'
    assert slip_pdf(replace(SLIP, subject=evil, basis=evil, requirement=(evil,)), ON)
