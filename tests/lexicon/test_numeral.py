"""Numerals and the folding of typefaces."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.numeral import fold, parse_numeral, write_numeral


@given(st.integers(0, 99_999_999))
def test_a_number_written_in_chinese_is_read_back(number: int) -> None:
    assert parse_numeral(write_numeral(number)) == number


@given(st.decimals(0, 10**9, places=2))
def test_a_number_written_with_thousands_marks_is_read_back(number: Decimal) -> None:
    assert parse_numeral(f"{number:,.2f}") == number


@pytest.mark.parametrize(
    ("written", "value"), [("三十五", 35), ("二〇二一", 2021), ("一千二百万", 12_000_000), ("两", 2), ("１２", 12), ("半", Decimal("0.5"))]
)
def test_it_reads_each_way_of_writing_a_number(written: str, value: Decimal | int) -> None:
    assert parse_numeral(written) == value


@given(st.text(max_size=40))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_it_refuses_to_write_what_it_cannot_write() -> None:
    with pytest.raises(ValueError, match="只写"):
        write_numeral(-1)
