"""Phrases that say by when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.period import PERIOD, first_year_of, last_day, names_only_a_year, plan_year_of, year_of

CASES = [
    ("年底前", "2021-12-31"),
    ("年内", "2021-12-31"),
    ("2月底前", "2021-02-28"),
    ("2024年2月", "2024-02-29"),
    ("上半年", "2021-06-30"),
    ("三季度末", "2021-09-30"),
    ("2022年第二季度", "2022-06-30"),
    ("8月15日前", "2021-08-15"),
    ("4月中旬", "2021-04-20"),
    ("明年3月底前", "2022-03-31"),
    ("2023年年中", "2023-06-30"),
    ("二〇二五年", "2025-12-31"),
    ("2022—2024年", "2024-12-31"),
    ("“十四五”期间", "2025-12-31"),
    ("1—9月", "2021-09-30"),
    ("三年内", None),
    ("长期坚持", None),
    ("在农博会期间", None),
]


@pytest.mark.parametrize(("phrase", "date"), CASES)
def test_it_gives_the_last_day_meant(phrase: str, date: str | None) -> None:
    found = PERIOD.fullmatch(phrase)
    assert found is not None
    assert last_day(found, 2021) == date


def test_a_span_counts_from_its_first_year() -> None:
    found = PERIOD.fullmatch("2021年起三年内")
    assert found is not None
    assert first_year_of(found) == 2021
    assert last_day(found, None, first_year_of(found)) == "2023-12-31"


def test_without_a_year_the_date_is_not_known() -> None:
    found = PERIOD.fullmatch("年底前")
    assert found is not None
    assert last_day(found, None) is None


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_the_last_day_of_a_written_month_lies_in_it(year: int, month: int) -> None:
    found = PERIOD.fullmatch(f"{year}年{month}月底前")
    assert found is not None
    assert (last_day(found, None) or "").startswith(f"{year}-{month:02}-")


def test_it_knows_which_year_a_phrase_names() -> None:
    bare, plan = PERIOD.fullmatch("2024年"), PERIOD.fullmatch("“十三五”期间")
    assert bare is not None
    assert plan is not None
    assert (year_of(bare), names_only_a_year(bare)) == (2024, True)
    assert (year_of(plan), plan_year_of(plan)) == (None, 2020)
