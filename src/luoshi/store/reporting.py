"""The rules of monthly reports: which months, due when, and what is asked. In: a year, a date, a line of the board. Out: months as 2019-09."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from luoshi.plan.target import Target
from luoshi.status.stand import Item

DUE_DAY = 25
"""The day of its month by which a report is due, until a list has a schedule of its own."""
Asked = Literal["", "number", "done"]


def month_at(day: date, year: int) -> str | None:
    """The month that is reported on that day; December once the list's year is over; None before it begins."""
    if day.year < year:
        return None
    return f"{year}-{day.month if day.year == year else 12:02}"


def is_month_of(period: str, year: int) -> bool:
    """2019-09 is a month of 2019; 2019-9, 2019-13 and 2018-09 are not."""
    return period in months_of(year)


def months_of(year: int) -> tuple[str, ...]:
    """2019-01 … 2019-12."""
    return tuple(f"{year}-{month:02}" for month in range(1, 13))


def due_on(period: str) -> date:
    """The day by which a report of that month is due."""
    return date.fromisoformat(f"{period}-{DUE_DAY}")


def first_day(period: str) -> date:
    """2019-09 → 1 September 2019."""
    return date.fromisoformat(f"{period}-01")


def last_day(period: str) -> date:
    """2019-09 → 30 September 2019."""
    first = first_day(period)
    return first.replace(day=monthrange(first.year, first.month)[1])


def month_words(period: str) -> str:
    """2019-09 → 9月"""
    return f"{int(period[5:])}月"


def asked_of(item: Item) -> Asked:
    """What a unit types: nothing where facts compute the figure, a number for a target, done or not for a milestone."""
    if item.binding and item.binding.indicator:
        return ""
    return "number" if isinstance(item.promise, Target) else "done"
