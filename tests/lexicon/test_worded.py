"""Quantities written without digits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.numeral import write_numeral
from luoshi.lexicon.worded import WORDED, spelled


def read(text: str) -> tuple[str, str, str] | None:
    found = WORDED.search(text)
    said = spelled(found, text) if found else None
    return (str(said.value), said.unit, said.tail) if said else None


@given(st.integers(3, 9999), st.sampled_from(["名", "座", "家", "亩", "辆", "公里", "万套"]))
def test_a_count_written_in_words_is_read_back(number: int, unit: str) -> None:
    written = write_numeral(number)
    if written[0] not in "百千":
        assert read(f"新增{written}{unit}。") == (str(number), unit, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两千辆", ("2000", "辆", "")),
        ("三万场", ("3", "万场", "")),
        ("六成以上", ("60", "%", "以上")),
        ("七成半", ("75", "%", "")),
        ("百分之八十点五以上", ("80.5", "%", "以上")),
        ("千分之四", ("4", "‰", "")),
        ("五分之二", ("40", "%", "")),
        ("三分之一", ("None", "%", "")),
        ("半数以上", ("50", "%", "以上")),
        ("翻番", ("1", "番", "")),
    ],
)
def test_it_reads_value_unit_and_tail(text: str, expected: tuple[str, str, str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["一批", "一系列", "一体化", "一流", "三农", "五位一体", "四大家", "第三条", "三台县", "一成立", "二次开发", "统一个性"]
)
def test_idioms_names_and_ordinals_are_no_numbers(text: str) -> None:
    assert read(text) is None


def test_a_share_keeps_its_point() -> None:
    found = WORDED.match("百分之三点二五")
    assert found is not None
    said = spelled(found, "百分之三点二五")
    assert said is not None
    assert said.value == Decimal("3.25")


@pytest.mark.parametrize(("text", "value", "unit"), [("百项", 100, "项"), ("千万吨", 1000, "万吨"), ("千户", 1000, "户"),
                                                   ("两家", 2, "家"), ("过半", 50, "%")])
def test_a_numeral_without_a_first_digit_counts_one(text: str, value: int, unit: str) -> None:
    found = WORDED.match(text)
    assert found is not None
    said = spelled(found, text)
    assert said is not None
    assert (said.value, said.unit) == (value, unit)


@pytest.mark.parametrize("text", ["数百家", "几十个", "上百家", "百余家", "数千万元", "成千户"])
def test_a_number_that_says_only_how_many_digits_it_has_is_no_value(text: str) -> None:
    found = WORDED.match(text)
    assert found is not None
    said = spelled(found, text)
    assert said is not None
    assert (said.value, said.kind) == (None, "vague")
