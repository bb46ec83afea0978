"""Ledgers, vintages, series, judgements, checklists and reach: on random rows each is what a few lines of plain Python compute."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.pack.facts_spec import SeriesSpec
from luoshi.register.geometry import kilometres
from tests.indicator.small_packs import field, figure_of, indicator, pack_of, register

AS_OF = date(2019, 9, 30)
FEW = settings(max_examples=12, deadline=None)
days = st.integers(-500, 60).map(lambda n: AS_OF + timedelta(days=n))
amounts = st.integers(0, 50)

LEDGER = register("ledger", "台账", "id", field("id", "编号"), field("on", "日期", "date"),
                  field("kind", "类型", "choice", choices=["收", "支", "别"]),
                  field("sum", "金额", "money"), happened="on")
BALANCE = indicator("balance", register="ledger", unit="元", amount="sum", movement="kind", adds=["收"], takes=["支"])


@FEW
@given(st.lists(st.tuples(days, st.sampled_from(["收", "支", "别"]), amounts), min_size=1, max_size=10))
def test_a_balance_is_what_came_in_less_what_went_out(rows: list[tuple[date, str, int]]) -> None:
    figure = figure_of(pack_of(LEDGER, BALANCE), {"ledger": [{"编号": str(n), "日期": str(on), "类型": kind, "金额": amount}
                                                           for n, (on, kind, amount) in enumerate(rows)]})
    assert figure.value == sum({"收": 1, "支": -1, "别": 0}[kind] * amount for on, kind, amount in rows if on <= AS_OF)
    assert sum(row.amount or 0 for row in figure.because.counted) == figure.value


BATCH = register("batch", "批次", "id", field("id", "批号"), field("on", "批准", "date"), field("size", "面积", "area"), happened="on")
TREATED = register("treated", "处置", "id", field("id", "号"), field("batch", "批"), field("on", "日期", "date"), field("size", "面积", "area"),
                   happened="on", parent={"register": "batch", "field": "batch"})
COHORT = indicator("cohort", register="batch", unit="%", vintage="on", size="size", treated="treated", treated_on="on", treated_amount="size", back=2)


@FEW
@given(st.lists(st.tuples(days, st.integers(60, 99)), min_size=1, max_size=5), st.lists(st.tuples(st.integers(0, 4), days, amounts), max_size=8))
def test_a_vintage_is_measured_against_what_was_left_at_the_years_opening(batches: list[tuple[date, int]], done: list[tuple[int, date, int]]) -> None:
    done = [one for one in done if one[0] < len(batches) and one[1] >= batches[one[0]][0]]
    figure = figure_of(pack_of(BATCH, TREATED, COHORT), {
        "batch": [{"批号": f"B{n}", "批准": str(on), "面积": size} for n, (on, size) in enumerate(batches)],
        "treated": [{"号": f"T{n}", "批": f"B{of}", "日期": str(on), "面积": size} for n, (of, on, size) in enumerate(done)],
    }) if done else figure_of(pack_of(BATCH, TREATED, COHORT), {"batch": [{"批号": f"B{n}", "批准": str(on), "面积": s}
                                                                        for n, (on, s) in enumerate(batches)]})
    top = bottom = 0
    for n, (on, size) in enumerate(batches):
        left = size - sum(s for of, d, s in done if of == n and d.year < 2019)
        if on.year in (2017, 2018) and left > 0:
            bottom += left
            top += min(left, sum(s for of, d, s in done if of == n and d.year == 2019 and d <= AS_OF))
    assert figure.value == (None if not bottom else figure.value)
    assert (figure.top, figure.bottom) == (top, bottom)


def series(name: str) -> SeriesSpec:
    return SeriesSpec.model_validate({"series": name, "title": name, "unit": "亿元", "frequency": "month", "year_to_date": False, "publisher": "局",
                                      "scope": "口径", "lag_days": 20})


def published(values: list[tuple[int, int, int]], year: int = 2019) -> list[dict[str, Any]]:
    rows = {(month, lag): value for month, lag, value in values}
    return [{"期间": f"{year}-{month:02}", "数值": value, "发布日期": str(date(year, month, 28) + timedelta(days=lag))}
            for (month, lag), value in rows.items()]


VALUES = st.lists(st.tuples(st.integers(1, 11), st.integers(5, 80), st.integers(1, 99)), min_size=1, max_size=8)


def seen(values: list[tuple[int, int, int]]) -> dict[int, int]:
    newest: dict[int, tuple[int, int]] = {}
    for month, lag, value in values:
        on = date(2019, month, 28) + timedelta(days=lag)
        ended = (date(2019, month + 1, 1) - timedelta(days=1)) <= AS_OF
        if on <= AS_OF and ended and lag >= newest.get(month, (0, 0))[0]:
            newest[month] = (lag, value)
    return {month: value for month, (_, value) in newest.items()}


@FEW
@given(VALUES)
def test_growth_is_the_latest_published_less_last_december(values: list[tuple[int, int, int]]) -> None:
    spec = indicator("growth", unit="亿元", series="loans", base="last_december", measure="difference", **{"class": "B"})
    before = [{"期间": "2018-12", "数值": 40, "发布日期": "2019-01-18"}]
    figure = figure_of(pack_of(series("loans"), spec), {"loans": before + published(values)}, defaults={})
    known = seen(values)
    assert figure.value == (known[max(known)] - 40 if known else None)


@FEW
@given(VALUES, VALUES)
def test_a_quotient_takes_the_same_period_of_both(top: list[tuple[int, int, int]], bottom: list[tuple[int, int, int]]) -> None:
    spec = indicator("quotient", unit="%", top="rd", bottom="gdp", nature="level", **{"class": "B"})
    figure = figure_of(pack_of(series("rd"), series("gdp"), spec), {"rd": published(top), "gdp": published(bottom)}, defaults={})
    above, below = seen(top), seen(bottom)
    shared = sorted(set(above) & set(below))
    expected = Decimal(above[shared[-1]]) * 100 / Decimal(below[shared[-1]]) if shared else None
    assert figure.value == expected or (figure.value is not None and expected is not None and abs(figure.value - expected) < Decimal("1e-20"))


REVIEW = register(
    "review", "评定", "firm", field("firm", "企业"), field("judge", "评委"), field("relation", "关系"), field("points", "分", "number"),
    field("says", "意见", "choice", choices=["好", "不好"]), field("signed", "签定", "date"),
    rubric={"version": "第1版", "subject": "firm", "judge": "judge", "opinion": "says", "positive": ["好"], "relation": "relation",
            "locked": "signed",
            "at_least": 2, "criteria": [{"field": "points", "points": 100}]},
).model_copy(update={"key": ("firm", "judge")})
VERDICT = indicator("verdict", register="review", **{"class": "D"})


@FEW
@given(st.dictionaries(st.tuples(st.sampled_from("甲乙"), st.sampled_from("一二三四")), st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_a_verdict_needs_enough_judges_and_more_than_half(votes: dict[tuple[str, str], tuple[bool, bool]]) -> None:
    rows = [{"企业": firm, "评委": judge, "关系": "无", "意见": "好" if good else "不好", "分": 60, "签定": "2019-08-01" if signed else None}
            for (firm, judge), (good, signed) in votes.items()]
    figure = figure_of(pack_of(REVIEW, VERDICT), {"review": rows})
    cast = {firm: [good for (f, _), (good, signed) in votes.items() if f == firm and signed] for firm, _ in votes}
    assert figure.value == sum(len(said) >= 2 and 2 * sum(said) > len(said) for said in cast.values())


ITEMS = register("item", "手续", "item", field("item", "手续"), field("after", "前置"), field("days", "天数", "integer"),
                 field("done", "办结", "date"))
EARLIEST = indicator("earliest_start", register="item", unit="天", item="item", requires="after", days="days", done="done", deadline="2019-12-31")


@FEW
@given(st.lists(st.tuples(st.integers(0, 40), st.sets(st.integers(0, 5)), st.booleans()), min_size=1, max_size=6))
def test_the_earliest_day_is_the_longest_path(items: list[tuple[int, set[int], bool]]) -> None:
    rows, ends = [], []
    for n, (length, after, done) in enumerate(items):
        before = [one for one in after if one < n]
        rows.append({"手续": f"I{n}", "前置": "、".join(f"I{one}" for one in before), "天数": length, "办结": "2019-05-01" if done else None})
        ends.append(date(2019, 5, 1) if done else max([AS_OF, *(ends[one] for one in before)]) + timedelta(days=length))
    figure = figure_of(pack_of(ITEMS, EARLIEST), {"item": rows})
    assert figure.value == (date(2019, 12, 31) - max(ends)).days


VILLAGE = register("village", "村", "id", field("id", "村名"), field("people", "人口", "integer"), field("at", "坐标", "point"))
KIOSK = register("kiosk", "终端", "id", field("id", "终端"), field("at", "坐标", "point"))
REACH = indicator("coverage", unit="%", demand="village", weight="people", demand_at="at", points="kiosk", point_at="at", minutes=30, speed_kmh=10,
                  detour=1.3, mode="骑行", nature="level")
places = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (120.5 + p[0] / 100, 30.5 + p[1] / 100))


@FEW
@given(st.lists(st.tuples(places, st.integers(1, 900)), min_size=1, max_size=6), st.lists(places, min_size=1, max_size=3))
def test_reach_is_the_share_of_people_within_thirty_minutes(
    villages: list[tuple[tuple[float, float], int]], kiosks: list[tuple[float, float]]
) -> None:
    figure = figure_of(pack_of(VILLAGE, KIOSK, REACH), {
        "village": [{"村名": f"V{n}", "人口": people, "坐标": f"{x:.2f},{y:.2f}"} for n, ((x, y), people) in enumerate(villages)],
        "kiosk": [{"终端": f"K{n}", "坐标": f"{x:.2f},{y:.2f}"} for n, (x, y) in enumerate(kiosks)],
    })
    rounded = [((round(x, 2), round(y, 2)), people) for (x, y), people in villages]
    near = sum(people for at, people in rounded if min(kilometres(at, (round(x, 2), round(y, 2))) for x, y in kiosks) * 1.3 <= 5)
    assert figure.top == near
    assert figure.bottom == sum(people for _, people in rounded)
