"""Reporting cycles: days, windows, grace, exceptions, and parents of children with other cycles."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from luoshi.lexicon.workday import Holiday, WorkCalendar, calendar_of
from luoshi.pack.presets import load_presets
from luoshi.pack.supervision_spec import CyclePreset
from luoshi.supervision.schedule import DueException, latest_accepted, told_window, window_for, windows_of

CALENDAR = calendar_of({2019: [Holiday("国庆节", date(2019, 10, 1), date(2019, 10, 7), (date(2019, 10, 12),))]})
CYCLES = load_presets("base").cycles


@pytest.mark.parametrize(("cycle", "period", "due"), [
    ("monthly-5", "2019-09", date(2019, 10, 5)), ("monthly-5", "2019-12", date(2020, 1, 5)),
    ("monthly-25", "2019-09", date(2019, 9, 25)), ("monthly-last-friday", "2019-09", date(2019, 9, 27)),
    ("quarterly", "2019-Q3", date(2019, 10, 10)), ("half-year", "2019-H1", date(2019, 7, 15)), ("yearly", "2019", date(2020, 1, 20))])
def test_each_cycle_gives_the_day(cycle: str, period: str, due: date) -> None:
    found = window_for(windows_of(CYCLES[cycle], 2019, CALENDAR), period)
    assert found is not None
    assert found.due_on == due


def test_a_cycle_that_starts_in_march_asks_for_ten_months() -> None:
    assert len(windows_of(CYCLES["monthly-25"], 2019, CALENDAR)) == 10


def test_the_last_day_of_a_short_month_is_its_own() -> None:
    end = CyclePreset(cycle="end", title="月底", every="month", due_day=31, after_period=False, reference="测试")
    assert windows_of(end, 2019, CALENDAR)[1].due_on == date(2019, 2, 28)


def test_a_fifth_friday_that_is_not_there_is_the_fourth() -> None:
    fifth = CyclePreset(cycle="fifth", title="第五个星期五", every="month", nth=5, weekday=5, after_period=False, reference="测试")
    assert windows_of(fifth, 2019, CALENDAR)[8].due_on == date(2019, 9, 27)


def test_a_day_off_moves_to_the_next_working_day() -> None:
    first = CyclePreset(cycle="first", title="一日", every="month", due_day=1, next_workday=True, reference="测试")
    assert windows_of(first, 2019, CALENDAR)[8].due_on == date(2019, 10, 8)


def test_a_dated_exception_moves_one_period_and_says_why() -> None:
    moved = windows_of(CYCLES["monthly-5"], 2019, CALENDAR, [DueException("2019-09", date(2019, 10, 9), "国庆放假")])
    assert (moved[8].due_on, moved[8].reason, moved[7].due_on) == (date(2019, 10, 9), "国庆放假", date(2019, 9, 5))


@pytest.mark.parametrize(("today", "state"), [
    (date(2019, 9, 20), "not_open"), (date(2019, 9, 25), "open"), (date(2019, 10, 5), "due"), (date(2019, 10, 7), "grace"),
    (date(2019, 10, 8), "late")])
def test_a_window_opens_closes_and_has_grace(today: date, state: str) -> None:
    window = windows_of(CYCLES["monthly-5"].model_copy(update={"grace": 2}), 2019, CALENDAR)[8]
    assert window.state_on(today) == state
    assert window.is_late_on(today) is (state == "late")
    assert "2019年10月5日" in told_window(window, today) or "2019年9月25日" in told_window(window, today)


def test_a_monthly_parent_shows_the_latest_accepted_quarterly_child_with_its_date() -> None:
    children = {"月报": [(date(2019, 8, 31), "8月"), (date(2019, 9, 30), "9月")],
                "季报": [(date(2019, 6, 30), "二季度"), (date(2019, 12, 31), "四季度")]}
    assert latest_accepted(children, date(2019, 9, 30)) == {"月报": (date(2019, 9, 30), "9月"), "季报": (date(2019, 6, 30), "二季度")}


def test_a_cycle_says_its_day_in_one_way_only() -> None:
    with pytest.raises(ValidationError, match="两种写法里写一种"):
        CyclePreset(cycle="two", title="两种", every="month", due_day=5, nth=1, weekday=1, reference="测试")


def test_a_year_without_a_calendar_still_has_its_weekends() -> None:
    assert len(windows_of(CYCLES["quarterly"], 2031, WorkCalendar())) == 4
