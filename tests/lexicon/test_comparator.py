"""Comparators as written, and what they propose."""

from decimal import Decimal

import pytest

from luoshi.lexicon.comparator import comparator_after, comparator_before, judged_by


@pytest.mark.parametrize(("word", "op"), [("不少于", ">="), ("突破", ">"), ("不超过", "<="), ("低于", "<"), ("约", "~"), ("大概吧", None)])
def test_a_word_before_the_number_compares(word: str, op: str | None) -> None:
    assert comparator_before(word) == op


@pytest.mark.parametrize(("word", "op"), [("以上", ">="), ("以内", "<="), ("左右", "~"), ("", None)])
def test_a_word_after_the_number_compares(word: str, op: str | None) -> None:
    assert comparator_after(word) == op


def test_it_proposes_about_as_a_band() -> None:
    assert judged_by("~", "") == "band"


def test_it_proposes_a_ceiling_where_less_is_better() -> None:
    assert judged_by("<=", "") == "at_most"
    assert judged_by("=", "压缩至") == "at_most"
    assert judged_by("=", "", "城镇调查失业率") == "at_most"
    assert judged_by("=", "", "劣质水断面比例", Decimal(0)) == "at_most"


def test_it_proposes_a_floor_for_everything_else() -> None:
    assert judged_by("=", "达到") == "at_least"
    assert judged_by(">", "") == "at_least"
    assert judged_by("range", "") == "at_least"
