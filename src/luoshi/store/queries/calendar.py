"""The office's calendar: which years are known, from where, and how a year looks day by day. In: nothing, or a year. Out: nouns."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.calendar_spec import Notice
from luoshi.pack.reference import load_reference
from luoshi.store.models import CalendarRecord

Kind = Literal["work", "weekend", "off", "made_up", "other"]
"""other: a day of the month before or after, in the same week."""


@dataclass(frozen=True, slots=True)
class YearShown:
    """「一年的放假安排」 notice: the one that counts; own: the office put it in; packs: the packs' own. revision: of the
    office's calendar."""

    year: int
    notice: Notice | None
    own: bool
    packs: Notice | None
    revision: int
    calendar: WorkCalendar

    def months(self) -> tuple[tuple[int, tuple[tuple[tuple[date, Kind], ...], ...]], ...]:
        """Month → weeks from Monday → days with what they are."""
        sheet = Calendar(firstweekday=0)
        return tuple((month, tuple(tuple((day, self._kind(day, month)) for day in week) for week in sheet.monthdatescalendar(self.year, month)))
                     for month in range(1, 13))

    def _kind(self, day: date, month: int) -> Kind:
        if day.month != month:
            return "other"
        if day in self.calendar.worked:
            return "made_up"
        return "off" if day in self.calendar.off else "work" if self.calendar.is_workday(day) else "weekend"


def own_years() -> tuple[dict[int, Notice], int]:
    """What the office put in, and its revision; one query. Nothing of it is secret."""
    held = CalendarRecord.objects.first()
    return ({int(year): Notice.model_validate(notice) for year, notice in held.notices.items()}, held.revision) if held else ({}, 0)


def the_year(year: int) -> YearShown:
    """By the base pack and what the office put in; a city's own pack adds its seasons where its lists are told."""
    reference, (own, revision) = load_reference(), own_years()
    packs = {notice.year: notice for notice in reference.notices}
    return YearShown(year, own.get(year) or packs.get(year), year in own, packs.get(year), revision, reference.with_years(own.values()))
