"""Working days of the PRC: weekends, the holidays that the State Council announces each year, and the weekends worked in exchange.

In: dates, and a `WorkCalendar` made from a table (packs/base/calendar.yaml). Out: dates, each with the years for which no notice
has been published: there only Saturdays and Sundays are taken as free, and who shows the date must say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5
_ONE = timedelta(days=1)
# how documents name them → how the notices do
_FEASTS = {
    "五一": "劳动节", "十一": "国庆节", "国庆": "国庆节", "中秋": "中秋节", "端午": "端午节", "清明": "清明节", "劳动节": "劳动节", "元旦": "元旦",
    "春节": "春节", "国庆节": "国庆节", "中秋节": "中秋节", "端午节": "端午节", "清明节": "清明节", "七一": "七一",
}
# the day itself never moves, published or not
_FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "七一": (7, 1), "国庆节": (10, 1)}


@dataclass(frozen=True, slots=True)
class Holiday:
    """「假期」 One holiday of one year's notice. first, last: days off, both included; worked: weekends worked in exchange."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """「推算」 A day that was counted out. unpublished: the years passed through whose holidays nobody has announced yet."""

    day: date
    unpublished: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """「工作日历」 years: for which a notice is in the table. seasons: local seasons (汛期) → month and day on which they begin."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    starts: Mapping[tuple[str, int], date] = field(default_factory=dict)
    seasons: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether offices are open."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def after(self, start: date, days: int) -> Reckoned:
        """「几个工作日后」 The last of `days` working days after `start`; the day of the start itself does not count."""
        if days < 0:
            raise ValueError(f"工作日数不能小于0：{days}")
        day = start
        while days:
            day += _ONE
            days -= self.is_workday(day)
        return Reckoned(day, self.unpublished(start, day))

    def between(self, start: date, end: date) -> int:
        """「相隔几个工作日」 How many working days lie after `start` up to and including `end`; negative where the end is earlier."""
        low, high = min(start, end), max(start, end)
        count = sum(self.is_workday(low + _ONE * n) for n in range(1, (high - low).days + 1))
        return count if start <= end else -count

    def rolled(self, day: date) -> Reckoned:
        """「顺延」 The day itself, or the first working day after it: a period that ends on a holiday ends after it (民法典第二百零三条)."""
        first = day
        while not self.is_workday(day):
            day += _ONE
        return Reckoned(day, self.unpublished(first, day))

    def unpublished(self, first: date, last: date) -> tuple[int, ...]:
        """「未公布」 Years between two days for which the table holds no notice."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)

    def day_before(self, name: str, year: int) -> date | None:
        """「节前」 The last day before a feast or season (国庆前 → 30 September); None where the table does not know it."""
        if name in self.seasons:
            return date(year, *self.seasons[name]) - _ONE
        feast = _FEASTS.get(name)
        if feast is None:
            return None
        if feast in _FIXED:
            return date(year, *_FIXED[feast]) - _ONE
        start = self.starts.get((feast, year))
        return None if start is None else start - _ONE


def calendar_of(holidays: Mapping[int, Iterable[Holiday]], seasons: Mapping[str, tuple[int, int]] | None = None) -> WorkCalendar:
    """「工作日历」 From the holidays of each year's notice: year of the notice → its holidays, which may begin in December before it."""
    off: set[date] = set()
    worked: set[date] = set()
    starts: dict[tuple[str, int], date] = {}
    for year, of_year in holidays.items():
        for holiday in of_year:
            off.update(holiday.first + _ONE * n for n in range((holiday.last - holiday.first).days + 1))
            worked.update(holiday.worked)
            for name in holiday.name.split("、"):
                starts[name, year] = holiday.first
    return WorkCalendar(frozenset(holidays), frozenset(off), frozenset(worked), starts, dict(seasons or {}))
