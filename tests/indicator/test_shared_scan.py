"""One scan gives what each indicator gives by itself, on every day and in every place; what it cannot hold it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.indicator.breakdown import month_ends
from luoshi.indicator.cube_plan import plan_cubes
from luoshi.indicator.evaluate import evaluate_all
from luoshi.indicator.figure import Figure
from luoshi.indicator.shared_scan import ScanDay, fits_days, scan
from luoshi.register.compiled import Compiled
from luoshi.register.record import Facts, Record, fields_of
from luoshi.register.warehouse import open_warehouse
from tests.indicator.small_packs import field, indicator, pack_of, register

YEAR = 2019
THING = register(
    "thing", "东西", "id", field("id", "编号"), field("size", "面积", "area"), field("paid", "金额", "money"),
    field("state", "状态", "choice", choices=["一", "二", "三"]), field("good", "好", "boolean"), field("due", "到期", "date"),
)
BIG: dict[str, Any] = {"field": "size", "op": ">=", "value": 50}
IN_YEAR: dict[str, Any] = {"field": "due", "op": "in_year"}
TOGETHER = (
    indicator("count", indicator="counted", register="thing", where=[BIG, {"field": "state", "op": ">=", "value": "二"}]),
    indicator("count", indicator="due", register="thing", where=[IN_YEAR, {"field": "good", "op": "=", "value": True}]),
    indicator("count", indicator="open", register="thing", where=[{"field": "due", "op": "not_by_as_of"}]),
    indicator("count", indicator="dated", register="thing", where=[{"field": "due", "op": "is_set"}]),
    indicator("sum", indicator="total", register="thing", field="paid", unit="元", where=[IN_YEAR]),
    indicator("ratio", indicator="price", register="thing", unit="元/亩", where=[BIG], top={"field": "paid"}, bottom={"field": "size"}),
    indicator("ratio", indicator="share", register="thing", unit="%", top={"where": [BIG]}, bottom={}),
)
ALONE = (
    indicator("count", indicator="lapsed", register="thing", where=[{"field": "due", "op": "lapsed"}]),
    indicator("count", indicator="once", register="thing", distinct=["state"]),
)
PACK = pack_of(THING, *TOGETHER, *ALONE)
NAMES = tuple(PACK.indicators)
COMPILED: Compiled = {}

days = st.none() | st.dates(date(2018, 11, 25), date(2020, 1, 5)) | st.sampled_from([date(2019, 6, 30), date(2019, 9, 15), date(2018, 12, 31)])
numbers = st.none() | st.decimals(0, 100, places=2)


@st.composite
def records(draw: st.DrawFn) -> tuple[Record, ...]:
    made = []
    for key in draw(st.lists(st.sampled_from("ABCDEF"), max_size=10)):
        cells = {"id": key, "size": draw(numbers), "paid": draw(numbers), "state": draw(st.sampled_from([None, "一", "二", "三"])),
                 "good": draw(st.sampled_from([None, True, False])), "due": draw(days), "district": draw(st.sampled_from([None, "甲县", "乙区"]))}
        values = tuple(cells.get(one.name) for one in fields_of(THING))
        made.append(Record(key, key, values, draw(days), draw(days), draw(st.sampled_from([-1, 0, 2, 2, 2, 3])), (), "测试"))
    return tuple(made)


def told(figure: Figure) -> tuple[Any, ...]:
    return figure.state, figure.value, figure.top, figure.bottom, figure.because.counted_total, figure.missing


@settings(max_examples=30, deadline=None)
@given(records(), st.sampled_from([date(2019, 9, 15), date(2019, 6, 30), date(2019, 12, 31)]), days)
def test_a_scan_of_all_months_gives_what_single_queries_give(rows: tuple[Record, ...], as_of: date, known_at: date | None) -> None:
    (plan,), alone = plan_cubes(PACK, NAMES)
    assert alone == ("lapsed", "once")
    ends = month_ends(YEAR, as_of)
    assert fits_days(ends)
    with open_warehouse(PACK, Facts({"thing": rows}), COMPILED) as warehouse:
        scanned = scan(PACK, warehouse, plan, tuple(ScanDay(day, YEAR) for day in ends), known_at)
        for day in (ends[0], ends[len(ends) // 2], as_of):
            single = evaluate_all(PACK, warehouse, day, YEAR, known_at, scanned)
            assert {name: told(figures[day, ()]) for name, figures in scanned.items()} == {name: told(one) for name, one in single.items()}


@settings(max_examples=5, deadline=None)
@given(records(), st.sampled_from([date(2019, 9, 15), date(2019, 12, 31)]))
def test_a_scan_of_one_asks_its_conditions_of_the_rows(rows: tuple[Record, ...], as_of: date) -> None:
    with open_warehouse(PACK, Facts({"thing": rows}), COMPILED) as warehouse:
        for one in TOGETHER:
            (plan,), _ = plan_cubes(PACK, (one.indicator,))
            assert all(test in plan.always or test.op == "in_year" or test.op == "not_by_as_of" for test in one.where)
            day = date(2019, 8, 31)
            scanned = scan(PACK, warehouse, plan, (ScanDay(day, YEAR), ScanDay(as_of, YEAR)))[one.indicator]
            for when in (day, as_of):
                single = evaluate_all(PACK, warehouse, when, YEAR, None, (one.indicator,))
                assert told(scanned[when, ()]) == told(single[one.indicator])


@settings(max_examples=20, deadline=None)
@given(records())
def test_a_scan_by_place_gives_what_the_rows_of_the_place_give(rows: tuple[Record, ...]) -> None:
    (plan,), _ = plan_cubes(PACK, NAMES, ("district",))
    day = date(2019, 9, 15)
    with open_warehouse(PACK, Facts({"thing": rows}), COMPILED) as warehouse:
        scanned = scan(PACK, warehouse, plan, (ScanDay(day, YEAR),), None, [("甲县",), ("乙区",), (None,)])
        for place in ("甲县", "乙区", None):
            test = {"field": "district", "op": "=", "value": place} if place else {"field": "district", "op": "is_blank"}
            here = {one.indicator: narrowed(one, test) for one in TOGETHER}
            single = evaluate_all(replace(PACK, indicators=here), warehouse, day, YEAR, None, here)
            got = {name: told(figures[day, (place,)]) for name, figures in scanned.items()}
            assert got == {name: told(one) for name, one in single.items()}
            assert all(figures[day, (place,)].because.rule == single[name].because.rule for name, figures in scanned.items())


def narrowed(spec: Any, test: dict[str, Any]) -> Any:
    return type(spec).model_validate({**spec.model_dump(by_alias=True), "where": [*(one.model_dump() for one in spec.where), test]})


def test_a_day_inside_a_month_can_only_be_the_last_of_a_scan() -> None:
    assert fits_days([date(2019, 8, 31), date(2019, 9, 15)])
    assert not fits_days([date(2019, 8, 15), date(2019, 9, 30)])
