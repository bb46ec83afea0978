"""Where numbers went. Every sentence is invented."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.compiler.accounts import NUMBER_RUN, REASONS, account_numbers
from luoshi.compiler.extract import year_of_list
from luoshi.compiler.targets import read_unread
from luoshi.lexicon.numeral import fold

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def accounts(text: str, year: int = 2021) -> list[tuple[str, str]]:
    return [(text[a.start : a.end], a.account) for a in account_numbers(text, year)]


@pytest.mark.parametrize(("text", "number", "account"), [
    ("新建泵站12座", "12", "target"),
    ("年底前新增三百名教师，9月底前到位", "9", "date"),
    ("3．年底前完成清理", "3", "ordinal"),
    ("去年建成泵站30座", "30", "past"),
    ("打造“四个1”品牌", "1", "slogan"),
    ("投资5亿元以上项目新开工", "5", "condition"),
    ("每户补助2万元", "2", "rate"),
    ("发展5G产业", "5", "name"),
    ("引进数百家企业", "百", "unread"),
    ("进一步统一标准", "一", "word"),
    ("实施三年行动计划", "三", "date"),
    ("附件1", "1", "ordinal"),
])
def test_a_number_is_told_why_it_is_or_is_no_target(text: str, number: str, account: str) -> None:
    assert (number, account) in accounts(text)


def test_every_account_has_words_for_people() -> None:
    assert all(REASONS[account] for _, account in accounts("2021年新建12座，附件1，第三条"))  # type: ignore[index]  # accounts as text


@given(st.text("新建完成万亿百十一二三两半数几上.,12３①Ⅲ%个家元年月底前（）“”第、，。；\n", max_size=60))
def test_no_number_is_lost_in_any_text(text: str) -> None:
    found = account_numbers(text, 2021)
    assert [(a.start, a.end) for a in found] == [m.span() for m in NUMBER_RUN.finditer(fold(text))]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the gold corpus is no part of this repository")
def test_every_number_of_the_corpus_is_accounted_for() -> None:
    unread = total = 0
    for line in (CORPUS / "dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found = account_numbers(row["text"], year_of_list(row["text"], row["title"]), row["title"])
        assert [(a.start, a.end) for a in found] == [m.span() for m in NUMBER_RUN.finditer(fold(row["text"]))]
        unread += sum(a.account == "unread" for a in found)
        total += len(found)
    assert unread <= total * 0.01, "numbers that end as a remark must stay the exception"


def test_a_share_without_end_is_asked_about_with_its_rounded_value() -> None:
    (unread,) = read_unread("三分之二以上的社区建成食堂", 2021)
    assert (unread.value, unread.unit) == (Decimal("66.67"), "%")
