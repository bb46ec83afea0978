"""The end of a month: what is open is named by what is to be done, and nobody is marked as missing while there is time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.supervision.month import Return, month_lines, open_returns

DUE = date(2019, 10, 5)
NONE = Return("t1", "1.1 示例", 1, "市经信局", "2019-09", DUE, DUE)
IN_TIME = replace(NONE, state="accepted", filed_on=DUE)
LATE = replace(NONE, state="accepted", filed_on=date(2019, 10, 7), was_late=True, returns=1)


@pytest.mark.parametrize(("state", "on", "kind"), [
    ("none", DUE, "in_time"), ("draft", DUE, "in_time"), ("returned", DUE, "in_time"), ("none", date(2019, 10, 6), "not_sent"),
    ("draft", date(2019, 10, 6), "draft"), ("returned", date(2019, 10, 6), "returned"), ("submitted", DUE, "to_sign"), ("signed", DUE, "to_accept"),
    ("accepted", date(2019, 10, 6), None)])
def test_a_report_is_open_by_what_is_still_to_be_done(state: str, on: date, kind: str | None) -> None:
    assert replace(NONE, state=state).open_on(on) == kind


def test_what_holds_the_month_up_comes_first() -> None:
    returns = [NONE, replace(NONE, state="signed"), replace(NONE, state="submitted")]
    assert [kind for kind, _ in open_returns(returns, date(2019, 10, 6))] == ["to_accept", "to_sign", "not_sent"]


def test_a_unit_has_one_line_and_what_is_marked_stands_first() -> None:
    other = replace(IN_TIME, unit="市发展改革委", organ_id=2)
    lines = month_lines([IN_TIME, LATE, other, NONE], {"市科技局": 1})
    assert [(line.unit, line.owed, line.in_time, line.late, line.missing, line.returned, line.false) for line in lines] == [
        ("市经信局", 3, 1, 1, 1, 1, 0), ("市科技局", 0, 0, 0, 0, 0, 1), ("市发展改革委", 1, 1, 0, 0, 0, 0)]
    assert [line.is_marked for line in lines] == [True, True, False]


@given(st.lists(st.sampled_from([NONE, IN_TIME, LATE, replace(NONE, state="draft"), replace(LATE, unit="市科技局")]), max_size=12))
def test_every_report_is_in_time_late_or_missing(returns: list[Return]) -> None:
    lines = month_lines(returns, {})
    assert sum(line.owed for line in lines) == len(returns) == sum(line.in_time + line.late + line.missing for line in lines)
