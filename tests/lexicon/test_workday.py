"""Working days, with holidays invented for the test where they need not be real."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.workday import Holiday, Reckoned, WorkCalendar, calendar_of

CALENDAR = calendar_of(
    {2030: [Holiday("春节", date(2030, 2, 3), date(2030, 2, 9), (date(2030, 2, 2), date(2030, 2, 10))),
            Holiday("中秋节、国庆节", date(2030, 10, 1), date(2030, 10, 7))]},
    {"汛期": (4, 15)},
)
DAYS = st.dates(date(2029, 1, 1), date(2031, 12, 31))


def test_the_day_of_the_start_does_not_count() -> None:
    assert CALENDAR.after(date(2030, 3, 1), 5) == Reckoned(date(2030, 3, 8))


def test_a_weekend_worked_in_exchange_counts_and_the_holiday_does_not() -> None:
    assert CALENDAR.is_workday(date(2030, 2, 2))
    assert not CALENDAR.is_workday(date(2030, 2, 4))
    assert CALENDAR.after(date(2030, 2, 1), 2).day == date(2030, 2, 10)


def test_a_year_without_a_notice_says_so() -> None:
    assert CALENDAR.after(date(2030, 12, 30), 3) == Reckoned(date(2031, 1, 2), (2031,))


def test_a_period_that_ends_on_a_holiday_ends_on_the_first_working_day_after() -> None:
    assert CALENDAR.rolled(date(2030, 10, 5)).day == date(2030, 10, 8)
    assert CALENDAR.rolled(date(2030, 10, 8)).day == date(2030, 10, 8)


def test_it_refuses_to_count_backwards() -> None:
    with pytest.raises(ValueError, match="不能小于0"):
        CALENDAR.after(date(2030, 1, 1), -1)


@pytest.mark.parametrize(("name", "day"), [("国庆", "2030-09-30"), ("十一", "2030-09-30"), ("五一", "2030-04-30"), ("元旦", "2029-12-31"),
                                           ("春节", "2030-02-02"), ("中秋", "2030-09-30"), ("汛期", "2030-04-14"), ("七一", "2030-06-30")])
def test_before_a_feast_is_the_day_before_it(name: str, day: str) -> None:
    assert CALENDAR.day_before(name, 2030) == date.fromisoformat(day)


def test_feasts_of_the_moon_need_the_table_and_seasons_the_city() -> None:
    assert WorkCalendar().day_before("春节", 2030) is None
    assert WorkCalendar().day_before("汛期", 2030) is None


@given(DAYS, st.integers(0, 60))
def test_counting_back_what_was_counted_gives_the_same_number(start: date, days: int) -> None:
    assert CALENDAR.between(start, CALENDAR.after(start, days).day) == days


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_days_add_up(start: date, a: int, b: int) -> None:
    assert CALENDAR.after(CALENDAR.after(start, a).day, b).day == CALENDAR.after(start, a + b).day


@given(DAYS)
def test_the_day_after_counting_is_a_working_day(start: date) -> None:
    day = CALENDAR.after(start, 1).day
    assert CALENDAR.is_workday(day)
    assert not any(CALENDAR.is_workday(start + timedelta(n)) for n in range(1, (day - start).days))
