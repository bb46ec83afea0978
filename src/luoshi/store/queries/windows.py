"""Which period of which promise is asked for, from when to when. In: a list. Out: `Windows`; two queries for all of a list's promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.supervision_spec import CyclePreset
from luoshi.store.clock import told_at
from luoshi.store.models import CycleRecord, ListRecord
from luoshi.store.queries.office import calendar_of_list, office_of, presets_of
from luoshi.store.reporting import first_day, is_settled, last_day
from luoshi.supervision.schedule import DueException, Window, window_for, windows_of


@dataclass(slots=True)
class Windows:
    """「各项窗口」 The windows of every promise of a list. starts_on: a period that was due before it is not asked for.

    own: promise id → the cycle that differs from the list's. special: promise id, "" for the whole list → dated exceptions. ceiling: fields a
    month that the office allows; settled_to: the newest month that is closed."""

    year: int
    starts_on: date
    list_cycle: CyclePreset
    cycles: dict[str, CyclePreset]
    calendar: WorkCalendar
    own: dict[str, str] = field(default_factory=dict)
    special: dict[str, tuple[DueException, ...]] = field(default_factory=dict)
    ceiling: float | None = None
    settled_to: str = ""
    _made: dict[tuple[str, tuple[DueException, ...]], tuple[Window, ...]] = field(default_factory=dict)

    def cycle_of(self, promise_id: str) -> CyclePreset:
        """Its own, or the list's."""
        return self.cycles.get(self.own.get(promise_id, ""), self.list_cycle)

    def all_of(self, promise_id: str) -> tuple[Window, ...]:
        """Every period of the list's year, in order; an exception of the promise goes before one of the list."""
        cycle, exceptions = self.cycle_of(promise_id), (*self.special.get("", ()), *self.special.get(promise_id, ()))
        key = (cycle.cycle, exceptions)
        if key not in self._made:
            self._made[key] = windows_of(cycle, self.year, self.calendar, exceptions)
        return self._made[key]

    def window(self, promise_id: str, period: str) -> Window | None:
        """The one of that name; None where the promise's cycle has no such period."""
        return window_for(self.all_of(promise_id), period)

    def opened(self, promise_id: str, day: date) -> tuple[Window, ...]:
        """Those that can be filed by that day, in order."""
        return tuple(window for window in self.all_of(promise_id) if window.opens_on <= day)

    def is_asked(self, window: Window) -> bool:
        """Not where it was due before the list began."""
        return window.due_on >= self.starts_on

    def is_owed(self, window: Window) -> bool:
        """Asked for, and its month is not closed yet."""
        return self.is_asked(window) and not is_settled(window.period, self.settled_to)

    def is_late(self, window: Window, day: date) -> bool:
        """Whether a report of it that arrives that day is late. What was not asked for cannot be."""
        return self.is_asked(window) and window.is_late_on(day)

    def at(self, promise_id: str, day: date) -> Window | None:
        """The period that a day lies in."""
        return next((window for window in self.all_of(promise_id) if window.first_day <= day <= window.last_day), None)


def windows_of_list(record: ListRecord) -> Windows:
    """A cycle that is no longer among the presets falls back to the list's, or to the first there is."""
    office, presets = office_of(record), presets_of(record).cycles
    chosen = presets.get(office.cycle) or next(iter(presets.values()))
    cycles = {name: _with_grace(cycle, office.grace) for name, cycle in presets.items()}
    made = Windows(record.year, office.starts_on or told_at(record.made_at).date(), _with_grace(chosen, office.grace), cycles,
                   calendar_of_list(record), ceiling=None if office.ceiling is None else float(office.ceiling), settled_to=record.settled_to)
    for kept in CycleRecord.objects.filter(list=record).order_by("id"):
        if kept.cycle:
            made.own[kept.promise_id] = kept.cycle
        if kept.due_on is not None:
            made.special[kept.promise_id] = (*made.special.get(kept.promise_id, ()), DueException(kept.period, kept.due_on, kept.reason))
    return made


def _with_grace(cycle: CyclePreset, grace: int) -> CyclePreset:
    """The longer of the two: most offices add none, and nothing is copied."""
    return cycle if cycle.grace >= grace else cycle.model_copy(update={"grace": grace})


def shut_window(period: str) -> Window:
    """Of a report whose period the cycle no longer has: nothing is asked for, what was written stays readable."""
    last = last_day(period)
    return Window(period, first_day(period), last, last - timedelta(1), last, last)
