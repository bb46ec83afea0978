"""A ledger never shows a balance below zero, on any day, in whatever order its movements come in."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.pack.case_spec import Case
from luoshi.register.facts import facts_of_case
from luoshi.register.record import Facts, value_of
from tests.indicator.small_packs import field, indicator, pack_of, register

QUOTA = register(
    "quota", "额度", "id", field("id", "流水"), field("on", "日期", "date"), field("kind", "类型", "choice", choices=["核定", "发放"]),
    field("sum", "金额", "money", unit="亿元"), happened="on",
    ledger={"amount": "sum", "movement": "kind", "on": "on", "account": ["district"], "adds": ["核定"], "takes": ["发放"]},
)
PACK = pack_of(QUOTA, indicator("count", register="quota"))


def read(*rows: dict[str, Any]) -> tuple[Facts, list[str]]:
    facts, findings = facts_of_case(PACK, Case(case="查", indicator="figure", as_of="2019-09-30", given={"quota": rows}, figure=None))
    return facts, [finding.message for finding in findings]


def test_a_disbursement_above_the_quota_is_refused_and_says_by_how_much() -> None:
    rows = [{"流水": "1", "日期": "2019-01-01", "类型": "核定", "金额": 10}, {"流水": "2", "日期": "2019-02-01", "类型": "发放", "金额": 7},
            {"流水": "3", "日期": "2019-03-01", "类型": "发放", "金额": 5}]
    facts, (message,) = read(*rows)
    assert "第3行" in message
    assert "透支2亿元" in message
    assert [record.key for record in facts.records["quota"]] == ["1", "2"]


def test_a_movement_that_is_dated_back_may_not_break_a_later_day() -> None:
    rows = [{"流水": "1", "日期": "2019-01-01", "类型": "核定", "金额": 10, "登记日期": "2019-01-01"},
            {"流水": "2", "日期": "2019-03-01", "类型": "发放", "金额": 8, "登记日期": "2019-03-01"},
            {"流水": "3", "日期": "2019-02-01", "类型": "发放", "金额": 5, "登记日期": "2019-04-01"}]
    facts, (message,) = read(*rows)
    assert "透支3亿元" in message
    assert [record.key for record in facts.records["quota"]] == ["1", "2"]


movements = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["核定", "发放"]), st.integers(1, 9), st.sampled_from("东西")), max_size=12)


@settings(max_examples=30, deadline=None)
@given(movements)
def test_what_is_kept_is_never_below_zero(rows: list[tuple[int, str, int, str]]) -> None:
    facts, refused = read(*({"流水": str(n), "日期": str(date(2019, 1, 1) + timedelta(days=day)), "类型": kind, "金额": amount, "属地": place}
                            for n, (day, kind, amount, place) in enumerate(rows)))
    kept = facts.records.get("quota", ())
    assert len(kept) + len(refused) == len(rows)
    steps: dict[tuple[object, object], Decimal] = defaultdict(Decimal)
    for record in kept:
        amount = value_of(record, QUOTA, "sum")
        assert isinstance(amount, Decimal)
        sign = 1 if value_of(record, QUOTA, "kind") == "核定" else -1
        steps[value_of(record, QUOTA, "district"), value_of(record, QUOTA, "on")] += sign * amount
    running: dict[object, Decimal] = defaultdict(Decimal)
    for place, on in sorted(steps, key=lambda step: (str(step[0]), step[1])):
        running[place] += steps[place, on]
        assert running[place] >= 0
