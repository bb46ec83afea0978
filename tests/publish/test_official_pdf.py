"""The PDF twin keeps the layout rules, measured on what it shows; its text is the .docx's. Geometry only: CI has other faces."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from luoshi.publish.official import OfficialDocument, Passage
from luoshi.publish.official_typst import official_pdf, pieces, substitutes
from tests.publish.bulletins import document, pdf_bytes
from tests.publish.pdf_pages import info, ink, is_dark, is_red, lines, needs_poppler, pages, run, text, words
from tests.publish.test_official_docx import part, text_of

pytestmark = needs_poppler
PITCH, LEFT, RIGHT, TOP, BOTTOM = 28.95, 79.4, 521.6, 104.9, 742.7
STARTS_NO_LINE = set("，。、；：？！）》〉】〕］｝」』”’…～·％%‰℃")
ENDS_NO_LINE = set("（《〈【〔［｛「『“‘￥№")


def long_text() -> bytes:
    """Two full pages of Chinese characters only."""
    whole = replace(document(), passages=(Passage("body", "", "落实到位" * 330),), annexes=())
    return official_pdf(whole)


def test_every_page_is_a4() -> None:
    assert re.search(r"Page size:\s+595.276 x 841.89 pts \(A4\)", info(pdf_bytes()))


def test_every_face_is_embedded_and_it_says_that_it_is_pdf_a() -> None:
    rows = run("pdffonts", pdf_bytes(), "IT").decode().splitlines()[2:]
    assert rows
    assert all(re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", row)[1] == "yes" for row in rows)  # type: ignore[index]
    assert b"pdfaid:part>2<" in pdf_bytes()
    assert b"pdfaid:conformance>B<" in pdf_bytes()


def test_a_page_of_text_has_22_lines_at_the_pitch() -> None:
    body = [line for line in lines(long_text(), 2) if line[0].bottom <= BOTTOM + 8]
    assert len(body) == 22
    for above, below in pairwise(body):
        assert below[0].middle - above[0].middle == pytest.approx(PITCH, abs=0.1)


def test_a_line_has_28_characters_and_the_first_of_a_paragraph_26() -> None:
    made = long_text()
    first = next(line for line in lines(made, 1) if "落实到位" in line[0].text)
    assert len("".join(w.text for w in first)) == 26
    assert first[0].left == pytest.approx(LEFT + 31.6, abs=1)
    for line in lines(made, 2)[:22]:
        assert len("".join(w.text for w in line)) == 28
        assert line[0].left == pytest.approx(LEFT, abs=0.5)
        assert line[-1].right == pytest.approx(RIGHT, abs=0.8)


def test_no_line_starts_or_ends_with_a_mark_that_may_not() -> None:
    shown = [line for page in range(1, 5) for line in lines(pdf_bytes(), page) if line[0].bottom <= BOTTOM + 8]
    assert not [line for line in shown if line[0].text[0] in STARTS_NO_LINE]
    assert not [line for line in shown if line[-1].text[-1] in ENDS_NO_LINE]


def test_no_number_is_broken_over_two_lines() -> None:
    shown = [line for page in range(1, 5) for line in lines(pdf_bytes(), page) if line[0].bottom <= BOTTOM + 8]
    for above, below in pairwise(shown):
        assert not (above[-1].text[-1].isdigit() and re.match(r"[\d.%个项家亩]", below[0].text))


def test_page_numbers_stand_7_mm_below_the_text_right_and_left() -> None:
    for page in range(1, pages(pdf_bytes()) + 1):
        foot = [w for w in words(pdf_bytes()) if w.page == page and w.top > BOTTOM]
        assert "".join(w.text for w in foot) == f"—{page}—"
        assert sum(w.middle for w in foot) / len(foot) == pytest.approx(762.5, abs=3.5)   # poppler's box is that of the face, not of the glyph
        if page % 2:
            assert foot[-1].right == pytest.approx(RIGHT - 14, abs=2)
        else:
            assert foot[0].left == pytest.approx(LEFT + 14, abs=2)


def test_the_mast_begins_72_mm_from_the_edge_and_a_red_rule_spans_the_text() -> None:
    page = ink(pdf_bytes(), 1)
    first = next(y for y in range(page.height) if page.run_at(y, is_red) != (0, 0))
    assert first / 2 == pytest.approx(204.1, abs=4)      # the ink of a character begins a little below its box
    (rule,) = page.full_rules(is_red)
    assert rule[1:] == (pytest.approx(LEFT, abs=0.6), pytest.approx(RIGHT, abs=0.6))
    (number,) = [line for line in lines(pdf_bytes(), 1) if "〔2019〕3号" in "".join(w.text for w in line)]
    assert rule[0] - (number[0].middle + PITCH / 2) == pytest.approx(11.3, abs=2)


def test_page_one_shows_body_text() -> None:
    assert any("共10项任务" in "".join(w.text for w in line) for line in lines(pdf_bytes(), 1))


def test_the_block_at_the_foot_has_three_rules_the_last_on_the_edge_of_the_text() -> None:
    rules = ink(pdf_bytes(), pages(pdf_bytes())).full_rules(is_dark)[-3:]
    assert len(rules) == 3
    assert rules[-1][0] == pytest.approx(BOTTOM, abs=1)
    for _, left, right in rules:
        assert left == pytest.approx(LEFT, abs=0.6)
        assert right == pytest.approx(RIGHT, abs=0.6)


def test_only_the_last_page_has_the_block() -> None:
    printed = [w.page for w in words(pdf_bytes()) if w.text.endswith("印发")]
    assert printed == [pages(pdf_bytes())]


def test_signature_and_date_share_a_page_with_their_sentence() -> None:
    (signed,) = [w.page for w in words(pdf_bytes()) if w.text == "2019年10月8日"]
    assert any(w.text == "示例市政府督查室" for w in words(pdf_bytes()) if w.page == signed)


def test_annexes_begin_pages_and_their_head_repeats() -> None:
    pdf = pdf_bytes()
    for label in ("附件1", "附件2"):
        (page,) = [n for n in range(1, pages(pdf) + 1) if "".join(w.text for w in lines(pdf, n)[0]) == label]
        assert page > 1
    heads = [w.page for w in words(pdf) if w.text.startswith("编号")]
    assert len(heads) >= 2
    assert heads == list(range(heads[0], heads[0] + len(heads)))


def squeezed(written: str) -> str:
    return "".join(written.split())


def test_its_text_is_the_text_of_the_docx() -> None:
    """Every paragraph of the .docx, without white space; tables by cell."""
    shown = squeezed(text(pdf_bytes()))
    for footer in range(1, pages(pdf_bytes()) + 1):
        shown = shown.replace(f"—{footer}—", "", 1)
    for paragraph in part("word/document.xml").xpath("//w:body/w:p", namespaces={"w": part("word/document.xml").nsmap["w"]}):
        assert squeezed(text_of(paragraph)) in shown


def test_brackets_dashes_and_quotes_survive_extraction() -> None:
    shown = text(pdf_bytes())
    assert all(mark in shown for mark in "〔〕—“”‘’")


def test_a_substituted_face_is_named() -> None:
    assert all(re.match(r"^(仿宋|楷体|黑体|小标宋|宋体)用.+代替$", said) for said in substitutes())


def test_what_people_write_is_never_source() -> None:
    evil = '#eval("1+1") $x$ *a* `b` @c <d> \\ #panic() =x "'
    made = official_pdf(OfficialDocument(evil, evil, (evil,), evil, (Passage("h2", evil, evil), Passage("h1", evil, "")), (), evil, date(2019, 1, 2),
                                         evil, evil, evil, date(2019, 1, 2)))
    assert '#eval("1+1")' in squeezed(text(made))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert official_pdf(document()) == pdf_bytes()


def test_a_number_keeps_its_unit_and_the_mark_after_it() -> None:
    assert [p["text"] for p in pieces("实际2640亩，占29.2%") if p["glue"]] == ["2640亩，", "29.2%"]
