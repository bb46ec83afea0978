"""What is reported and what is promised."""

import pytest

from luoshi.lexicon.tense import Tenses, retold


def is_past(text: str, mark: str = "X", year: int | None = 2021) -> bool:
    return Tenses(text, year).is_past(0, text.index(mark))


@pytest.mark.parametrize("text", ["去年新建X", "2019年引进X", "今年要追上，2020年为X", "“十三五”期间建成X"])
def test_the_nearest_word_of_time_may_be_of_the_past(text: str) -> None:
    assert is_past(text)


@pytest.mark.parametrize(
    "text",
    ["较去年增长X", "比2020年下降X", "恢复到2019年的九成", "去年偏慢，今年建成X", "2020年偏慢，力争新增X", "到2025年新增X", "“十四五”期间建成X"],
)
def test_or_of_what_is_to_come(text: str) -> None:
    assert not is_past(text, "九" if "九" in text else "X")


def test_without_the_year_of_the_list_no_year_is_past() -> None:
    assert not is_past("2019年引进X", year=None)


@pytest.mark.parametrize("clause", ["已建成X", "完成了改造X", "截至目前有X", "引进了X"])
def test_a_clause_may_say_that_it_is_done(clause: str) -> None:
    assert Tenses(clause, 2021).is_done(0, clause.index("X"))


def test_a_paragraph_that_reports_turns_once_and_stays_turned() -> None:
    text = "过去五年，稳中有进。今年主要预期目标是：甲。乙。\n丙"
    assert retold(text, 2021) == [(0, text.index("今年"))]


def test_under_a_heading_that_looks_back_everything_reports() -> None:
    text = "一、2020年工作回顾\n甲。\n乙。\n二、2021年目标任务\n丙。"
    tenses = Tenses(text, 2021)
    assert [tenses.is_retold(text.index(c)) for c in "甲乙丙"] == [True, True, False]
