"""Reporting cycles「报送周期」: which periods there are, from when to when each can be filed, and what is owed on a day.

In: a preset, the year, dated exceptions, the calendar, the day. Out: `Window`s; and the value that a parent shows of children with other cycles.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

from luoshi.lexicon.workday import WorkCalendar
from luoshi.lexicon.written import day as day_words
from luoshi.pack.supervision_spec import CyclePreset

MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WindowState = Literal["not_open", "open", "due", "grace", "late"]
WINDOW_WORDS: dict[WindowState, str] = {"not_open": "未到填报时间", "open": "可以填报", "due": "今天截止", "grace": "宽限期内", "late": "已逾期"}
Filed = TypeVar("Filed")


@dataclass(frozen=True, slots=True)
class DueException:
    """「例外」 One period with another due day, e.g. after a holiday; reason is shown to those who report."""

    period: str
    due_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Window:
    """「报送窗口」 period: 2019-09, 2019-Q3, 2019-H1 or 2019. on_time_until: due day plus grace."""

    period: str
    first_day: date
    last_day: date
    opens_on: date
    due_on: date
    on_time_until: date
    reason: str = ""

    def state_on(self, today: date) -> WindowState:
        """Where a report that is not in yet stands."""
        if today < self.opens_on:
            return "not_open"
        if today <= self.due_on:
            return "due" if today == self.due_on else "open"
        return "grace" if today <= self.on_time_until else "late"

    def is_late_on(self, day: date) -> bool:
        """Whether a report that arrived that day was late."""
        return day > self.on_time_until


def windows_of(preset: CyclePreset, year: int, work: WorkCalendar, exceptions: Iterable[DueException] = ()) -> tuple[Window, ...]:
    """Every period of the year, in order. A period before `from_month` is not asked for."""
    special = {exception.period: exception for exception in exceptions}
    step = MONTHS_IN[preset.every]
    periods = [(first, first + step - 1) for first in range(1, 13, step) if first + step - 1 >= preset.from_month]
    return tuple(_window(preset, year, first, last, work, special) for first, last in periods)


def window_for(windows: Iterable[Window], period: str) -> Window | None:
    """The one of that name."""
    return next((window for window in windows if window.period == period), None)


def latest_accepted(children: Mapping[str, Iterable[tuple[date, Filed]]], by: date) -> dict[str, tuple[date, Filed]]:
    """「混合周期汇总」 Child → its latest accepted value up to a day, with its date: a monthly parent shows a quarterly child so."""
    return {child: max(until, key=lambda pair: pair[0])
            for child, all_ in children.items() if (until := [pair for pair in all_ if pair[0] <= by])}


def told_window(window: Window, today: date) -> str:
    """One sentence for those who report."""
    state = window.state_on(today)
    if state == "not_open":
        return f"{day_words(window.opens_on)}起可以填报，{day_words(window.due_on)}截止。"
    if state == "late":
        return f"{day_words(window.due_on)}截止，已逾期{(today - window.on_time_until).days}天。"
    if state == "grace":
        return f"{day_words(window.due_on)}已截止，宽限到{day_words(window.on_time_until)}。"
    return f"{day_words(window.due_on)}截止，还有{(window.due_on - today).days}天。"


def _window(preset: CyclePreset, year: int, first: int, last: int, work: WorkCalendar, special: Mapping[str, DueException]) -> Window:
    period = _name(preset, year, first, last)
    exception = special.get(period)
    due = exception.due_on if exception else _due_day(preset, year, last, work)
    return Window(period, date(year, first, 1), date(year, last, monthrange(year, last)[1]), due - timedelta(preset.opens_before),
                  due, due + timedelta(preset.grace), exception.reason if exception else "")


def _name(preset: CyclePreset, year: int, first: int, last: int) -> str:
    return {"month": f"{year}-{last:02d}", "quarter": f"{year}-Q{(first + 2) // 3}", "half": f"{year}-H{1 if last <= 6 else 2}",
            "year": f"{year}"}[preset.every]


def _due_day(preset: CyclePreset, year: int, last: int, work: WorkCalendar) -> date:
    in_year, month = (year, last) if not preset.after_period else (year + last // 12, last % 12 + 1)
    days = monthrange(in_year, month)[1]
    if preset.due_day is not None:
        due = date(in_year, month, min(preset.due_day, days))
    else:
        assert preset.nth is not None
        assert preset.weekday is not None
        first_one = 1 + (preset.weekday - 1 - date(in_year, month, 1).weekday()) % 7
        due = date(in_year, month, min(first_one + 7 * (preset.nth - 1), first_one + 7 * ((days - first_one) // 7)))
    return work.rolled(due).day if preset.next_workday else due
