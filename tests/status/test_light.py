"""Lights: six states, each with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.pack.binding_spec import LightPreset, PlanLine
from luoshi.status.light import JUDGES, Standing, light_for
from luoshi.status.trajectory import planned_by, share_of_year

CUMULATIVE = LightPreset(light="cumulative", title="累计", run="cumulative", gap="points_of_target", late=10, seriously_late=30, reference="测试")
STOCK = LightPreset(light="stock", title="存量", run="stock", gap="percent_of_plan", late=0, seriously_late=10, reference="测试")
EVENT = LightPreset(light="event", title="事件", run="event", gap="days_late", late=0, seriously_late=30, reference="测试")
SEPTEMBER, YEAR_END = date(2019, 9, 30), date(2019, 12, 31)


def standing(run: str, value: str | None, target: str = "6000", planned: str | None = None, **more: object) -> Standing:
    known = Decimal(value) if value is not None else None
    base = Standing(run, Decimal(target), "亩", "committed", YEAR_END, SEPTEMBER, known, SEPTEMBER,  # type: ignore[arg-type]
                    Decimal(planned) if planned else None)
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "state"), [
    ("4500", "normal"), ("3900", "normal"), ("3899", "late"), ("2700", "late"), ("2699", "seriously_late"),
    ("6000", "done"), ("0", "seriously_late")])
def test_a_cumulative_figure_is_late_beyond_ten_points_and_seriously_beyond_thirty(value: str, state: str) -> None:
    assert light_for(standing("cumulative", value, planned="4500"), CUMULATIVE).state == state


@pytest.mark.parametrize(("value", "state"), [("21", "normal"), ("20", "late"), ("19", "late"), ("18", "seriously_late"), ("25", "normal")])
def test_a_stock_is_held_against_its_plan_without_grace(value: str, state: str) -> None:
    assert light_for(standing("stock", value, "21", "21"), STOCK).state == state


def test_a_stock_is_never_done_before_its_due_date() -> None:
    assert light_for(standing("stock", "25", "21", "21"), STOCK).state == "normal"
    assert light_for(standing("stock", "25", "21", "21", as_of=YEAR_END, observed_on=YEAR_END), STOCK).state == "done"


def test_a_stock_without_a_plan_is_not_judged_and_shows_its_gap() -> None:
    light = light_for(standing("stock", "18", "21"), STOCK)
    assert light.state == "not_judged"
    assert "2019年12月31日再评判" in light.sentence
    assert "差3亩" in light.sentence


@pytest.mark.parametrize(("as_of", "state"), [
    (date(2019, 12, 31), "normal"), (date(2020, 1, 1), "late"), (date(2020, 1, 30), "late"), (date(2020, 1, 31), "seriously_late")])
def test_an_event_is_late_by_days(as_of: date, state: str) -> None:
    assert light_for(standing("event", "0", "1", as_of=as_of), EVENT).state == state


def test_an_event_is_done_when_it_happened() -> None:
    assert light_for(standing("event", "1", "1"), EVENT).state == "done"


def test_an_event_without_a_date_is_not_judged() -> None:
    assert light_for(standing("event", "0", "1", due=None), EVENT).state == "not_judged"


@pytest.mark.parametrize(("run", "preset"), [("cumulative", CUMULATIVE), ("stock", STOCK), ("event", EVENT)])
def test_a_missed_due_date_is_seriously_late(run: str, preset: LightPreset) -> None:
    late = date(2020, 3, 1)
    light = light_for(standing(run, "5", "21", "21", as_of=late, observed_on=late), preset)
    assert light.state == "seriously_late"
    assert "2019年12月31日" in light.sentence


@given(st.sampled_from(["cumulative", "stock", "event"]), st.integers(0, 30), st.integers(0, 800))
def test_a_stretch_target_is_at_most_late(run: str, value: int, days: int) -> None:
    day = date.fromordinal(SEPTEMBER.toordinal() + days)
    preset = {"cumulative": CUMULATIVE, "stock": STOCK, "event": EVENT}[run]
    light = light_for(standing(run, str(value), "21", "21", modality="stretch", as_of=day, observed_on=day), preset)
    assert light.state != "seriously_late"
    assert light.sentence


def test_missing_data_is_not_red_and_says_why() -> None:
    light = light_for(standing("cumulative", None, missing="8月数还没有发布。"), CUMULATIVE)
    assert (light.state, light.sentence) == ("no_data", "8月数还没有发布。")


def test_a_directional_wording_is_not_judged() -> None:
    assert light_for(standing("cumulative", "1", modality="directional"), CUMULATIVE).state == "not_judged"


def test_a_series_is_held_against_the_plan_of_its_own_month() -> None:
    light = light_for(standing("cumulative", "3900", planned="4000", observed_on=date(2019, 8, 31)), CUMULATIVE)
    assert "截至2019年8月31日的数据" in light.sentence


def test_exceeding_means_more_than() -> None:
    day = YEAR_END
    assert light_for(standing("cumulative", "100", "100", "100", strict=True, as_of=day, observed_on=day), CUMULATIVE).state == "seriously_late"
    assert light_for(standing("cumulative", "100.1", "100", "100", strict=True, as_of=day, observed_on=day), CUMULATIVE).state == "done"


@pytest.mark.parametrize(("value", "state"), [("27", "done"), ("33", "done"), ("26", "seriously_late"), ("34", "seriously_late")])
def test_about_thirty_is_a_band(value: str, state: str) -> None:
    band = standing("stock", value, "30", judged="band", tolerance=Decimal(10), as_of=YEAR_END, observed_on=YEAR_END)
    assert light_for(band, STOCK).state == state


@pytest.mark.parametrize(("value", "state"), [("28", "normal"), ("30", "normal"), ("32", "late"), ("34", "seriously_late")])
def test_less_is_better_where_at_most_is_judged(value: str, state: str) -> None:
    assert light_for(standing("stock", value, "28", "30", judged="at_most"), STOCK).state == state


def test_every_run_of_the_specification_has_a_judge() -> None:
    from luoshi.pack.binding_spec import RUNS

    assert set(JUDGES) == set(RUNS)


@given(st.decimals(0, 10000, places=2), st.sampled_from(["cumulative", "stock"]))
def test_more_never_makes_a_light_worse(value: Decimal, run: str) -> None:
    order = ["seriously_late", "late", "normal", "done"]
    preset = CUMULATIVE if run == "cumulative" else STOCK
    before = light_for(standing(run, str(value), planned="4500"), preset).state
    after = light_for(standing(run, str(value + 1), planned="4500"), preset).state
    assert order.index(after) >= order.index(before)


@pytest.mark.parametrize(("day", "share"), [
    (date(2019, 9, 30), "0.75"), (date(2019, 10, 31), "0.8333"), (date(2019, 4, 15), "0.2917"), (date(2019, 12, 31), "1")])
def test_time_progress_counts_months_as_bulletins_do(day: date, share: str) -> None:
    assert round(share_of_year(day), 4) == Decimal(share)


def test_a_monthly_plan_holds_until_the_next_month_ends() -> None:
    plan = PlanLine(months={3: 17, 6: 19, 9: 21})
    assert planned_by(plan, Decimal(21), date(2019, 9, 29), 2019) == 19
    assert planned_by(plan, Decimal(21), date(2019, 9, 30), 2019) == 21
    assert planned_by(plan, Decimal(21), date(2019, 2, 28), 2019) is None


def test_a_linear_plan_starts_where_it_is_told_to() -> None:
    assert planned_by(PlanLine(linear=True), Decimal(6000), SEPTEMBER, 2019) == 4500
    assert planned_by(PlanLine(linear=True, start=40), Decimal(60), SEPTEMBER, 2019) == 55


def test_after_the_year_everything_is_due() -> None:
    assert planned_by(PlanLine(months={6: 5}), Decimal(8), date(2020, 2, 1), 2019) == 8
    assert planned_by(PlanLine(linear=True), Decimal(8), date(2018, 12, 1), 2019) is None
