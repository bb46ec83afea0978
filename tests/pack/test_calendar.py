"""The State Council's notices as the base pack states them."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.reference import load_reference


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return load_reference().calendar


def test_every_year_from_2018_to_2026_is_there(calendar: WorkCalendar) -> None:
    assert sorted(calendar.years) == list(range(2018, 2027))


# the number of working days of each year: 365 or 366 less weekends and holidays, plus weekends worked
@pytest.mark.parametrize(("year", "days"), [(2018, 250), (2019, 250), (2020, 249), (2021, 250), (2022, 249),
                                           (2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_so_many_working_days(calendar: WorkCalendar, year: int, days: int) -> None:
    assert calendar.between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_holidays_that_were_changed_later_stand_as_changed(calendar: WorkCalendar) -> None:
    assert not calendar.is_workday(date(2019, 5, 2))
    assert calendar.is_workday(date(2019, 5, 5))
    assert not calendar.is_workday(date(2020, 1, 31))
