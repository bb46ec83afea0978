"""A target split over units and quarters: what adds up, what does not, and what is left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.breakdown import Breakdown, Quarters, UnitShare, breakdown_from_json, breakdown_to_json, check_breakdown, quarter_ends
from luoshi.plan.target import Target
from tests.plan.lists import listed


def target(goal: str) -> Target:
    return next(t for _, _, t in listed(f"1|办好实事|{goal}|抓好落实|市园林局|市财政局").targets())


def quarters(*values: int | None) -> Quarters:
    first, second, third, fourth = (None if v is None else Decimal(v) for v in values)
    return first, second, third, fourth


PARKS = target("新建公园60个以上")


def test_what_is_counted_adds_up_and_the_remainder_is_shown() -> None:
    checked = check_breakdown(PARKS, "cumulative", Breakdown((UnitShare("南湖区", Decimal(20)), UnitShare("海宁市", Decimal(25)))))
    assert (checked.unit_sum, checked.unit_remainder, checked.problems) == (45, 15, ())


def test_more_than_the_target_is_a_negative_remainder_not_an_error() -> None:
    checked = check_breakdown(PARKS, "cumulative", Breakdown((UnitShare("南湖区", Decimal(70)),)))
    assert checked.unit_remainder == -10
    assert not checked.problems


@pytest.mark.parametrize("goal", ["网上办理率达到95%", "亩均税收达到20万元/亩"])
def test_a_rate_is_not_added_up_and_it_says_why(goal: str) -> None:
    checked = check_breakdown(target(goal), None, Breakdown((UnitShare("南湖区", Decimal(96)), UnitShare("海宁市", Decimal(94)))))
    assert not checked.adds_up
    assert checked.unit_sum is None
    assert "不能相加" in checked.why


def test_a_stock_is_not_added_up() -> None:
    assert not check_breakdown(PARKS, "stock", Breakdown()).adds_up


def test_a_unit_twice_a_negative_share_and_a_missing_quarter_are_problems() -> None:
    shares = Breakdown((UnitShare("南湖区", Decimal(-1)), UnitShare("南湖区", Decimal(2))), quarters(10, None, 20, 30))
    assert len(check_breakdown(PARKS, "cumulative", shares).problems) == 3


def test_quarters_of_a_level_may_be_said_for_some_only() -> None:
    shares = Breakdown((), quarters(None, 90, None, 95))
    assert check_breakdown(target("网上办理率达到95%"), "stock", shares).problems == ()
    assert quarter_ends(shares, sums=False) == {6: 90, 12: 95}


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4))
def test_the_last_quarter_ends_at_the_sum(values: list[int]) -> None:
    ends = quarter_ends(Breakdown((), quarters(*values)), sums=True)
    assert ends[12] == sum(values)
    assert list(ends.values()) == sorted(ends.values())


@given(st.lists(st.builds(UnitShare, st.text(max_size=5), st.decimals(-9, 9, places=3)), max_size=4))
def test_shares_survive_their_json(units: list[UnitShare]) -> None:
    shares = Breakdown(tuple(units), quarters(1, None, 3, None))
    assert breakdown_from_json(breakdown_to_json(shares)) == shares
