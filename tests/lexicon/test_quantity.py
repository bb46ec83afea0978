"""Quantities: print → parse gives the same quantity."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.quantity import Quantity, parse_quantity

UNITS = ["个", "家", "名", "%", "个百分点", "亿元", "万亩", "万人次", "公里", "毫克/升", "万元/亩", "个工作日", "吨标准煤", "张", "万套"]
numbers = st.decimals(0, 10**8, places=2)


@given(numbers, st.sampled_from(UNITS))
def test_a_printed_quantity_is_read_back(value: Decimal, unit: str) -> None:
    quantity = Quantity(value, None, unit)
    assert parse_quantity(str(quantity)) == quantity


@given(numbers, st.decimals(1, 10**6, places=1), st.sampled_from(UNITS))
def test_a_printed_range_is_read_back(low: Decimal, more: Decimal, unit: str) -> None:
    quantity = Quantity(low, low + more, unit)
    assert parse_quantity(str(quantity)) == quantity


@pytest.mark.parametrize(
    ("written", "value", "value2", "unit"),
    [
        ("6万亩", "6", None, "万亩"),
        ("1,280个", "1280", None, "个"),
        ("3—4.5%", "3", "4.5", "%"),
        ("3%—4.5%", "3", "4.5", "%"),
        ("２０家", "20", None, "家"),
        ("12 公里", "12", None, "公里"),
        ("9万台（套）", "9", None, "万台（套）"),
        ("80万", "80", None, "万"),
    ],
)
def test_it_reads_the_unit_as_written(written: str, value: str, value2: str | None, unit: str) -> None:
    assert parse_quantity(written) == Quantity(Decimal(value), Decimal(value2) if value2 else None, unit)


@pytest.mark.parametrize("written", ["", "若干个", "十二", "12部门", "30人口"])
def test_what_is_no_quantity_is_none(written: str) -> None:
    assert parse_quantity(written) is None
