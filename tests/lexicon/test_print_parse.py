"""What is printed is read back as the same value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.numeral import parse_numeral, write_numeral
from luoshi.lexicon.organ import split_organs
from luoshi.lexicon.period import PERIOD, last_day
from luoshi.lexicon.quantity import Quantity, parse_quantity

UNITS = st.sampled_from(("个", "家", "%", "个百分点", "万元", "亿元", "万亩", "公里", "人次", "万元/亩", "微克/立方米", "件/万人",
                         "年一遇", "个基点", "吨/月·平方公里"))
VALUES = st.decimals(min_value=0, max_value=1_000_000, places=2).map(lambda value: value.normalize() + 0)
ORGANS = st.sampled_from(("市财政局", "市数据局（市人工智能局）", "各县（市、区）政府", "市委组织部（人才办）", "市发展改革委",
                          "国网甲市供电公司", "有关部门", "市总工会"))


@given(VALUES, UNITS)
def test_a_quantity_is_read_as_it_is_printed(value: Decimal, unit: str) -> None:
    assert parse_quantity(f"{value:f}{unit}") == Quantity(Decimal(f"{value:f}"), None, unit)


@given(VALUES, st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2), UNITS)
def test_a_range_keeps_both_ends(low: Decimal, more: Decimal, unit: str) -> None:
    high = low + more
    read = parse_quantity(f"{low:f}—{high:f}{unit}")
    assert read is not None
    assert (read.value, read.value2, read.unit) == (low, high, unit)


@given(st.integers(1, 99_999_999))
def test_a_numeral_is_read_as_it_is_written(number: int) -> None:
    assert parse_numeral(write_numeral(number)) == number


@given(st.lists(ORGANS, min_size=1, max_size=6), st.sampled_from("、，,；\n"))
def test_a_list_of_units_is_split_into_the_units_it_was_joined_from(names: list[str], mark: str) -> None:
    assert [organ.name for organ in split_organs(mark.join(names))] == names


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    found = PERIOD.fullmatch(f"{day.year}年{day.month}月{day.day}日前")
    assert found is not None
    assert last_day(found, None) == day.isoformat()
