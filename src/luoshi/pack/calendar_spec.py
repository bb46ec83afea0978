"""The work calendar that a pack states: the holidays of each year's notice, and the seasons that a city sets itself.

Out: `CalendarFile` (calendar.yaml), and `calendar_from`, which makes the lexicon's noun of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field, model_validator

from luoshi.lexicon.workday import Holiday, WorkCalendar, calendar_of
from luoshi.pack.strict import Strict, Title


class HolidayStated(Strict):
    """「放假」 One holiday of a notice: first and last day off, and the weekends worked in exchange."""

    name: Title
    first: date
    last: date
    worked: tuple[date, ...] = ()

    @property
    def days(self) -> int:
        """How many days in a row."""
        return (self.last - self.first).days + 1

    @model_validator(mode="after")
    def _in_order(self) -> HolidayStated:
        if self.last < self.first:
            raise ValueError("last 不能早于 first")
        if any(day.weekday() < 5 for day in self.worked):
            raise ValueError("worked 只写调休上班的周六、周日")
        return self


class Notice(Strict):
    """「放假安排」 The holidays of one year, with the notice that states them."""

    year: int = Field(ge=1990, le=2100)
    reference: Title
    holidays: tuple[HolidayStated, ...]


class Season(Strict):
    """「时段」 A season that begins on the same day each year, as the city has laid down: 汛期, 供暖期."""

    name: Title
    begins: str = Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", description="月-日，如 04-15")
    reference: Title

    @model_validator(mode="after")
    def _is_a_day(self) -> Season:
        date.fromisoformat(f"2019-{self.begins}")
        return self


class CalendarFile(Strict):
    """calendar.yaml"""

    notices: tuple[Notice, ...] = ()
    seasons: tuple[Season, ...] = ()


def calendar_from(notices: Iterable[Notice], seasons: Iterable[Season]) -> WorkCalendar:
    """「工作日历」 What the files state, as the lexicon's noun."""
    holidays = {n.year: [Holiday(h.name, h.first, h.last, h.worked) for h in n.holidays] for n in notices}
    return calendar_of(holidays, {s.name: (int(s.begins[:2]), int(s.begins[3:])) for s in seasons})
