"""How a matter stands in time: its last day, pauses, extensions, from the steps that were taken. In: a matter with its steps. Out: `CaseClock`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.supervision_spec import ClockPreset
from luoshi.store.models import CaseRecord, CaseStepRecord
from luoshi.supervision.clock import ClockStand, stand_of_day
from luoshi.supervision.course import COURSES

BEGINS = ("issue", "triage", "decide", "open")
"""From which step the days run: the first of these that was taken."""


@dataclass(frozen=True, slots=True)
class CaseClock:
    """「办理时限」 stand: None before there is a day. first_on: the day that was set at first; extended: (agreed on, to) of each extension;
    asked: the unit's request that waits for an answer."""

    preset: ClockPreset
    stand: ClockStand | None
    first_on: date | None
    extended: tuple[tuple[date, date], ...]
    asked: CaseStepRecord | None

    @property
    def is_moved(self) -> bool:
        """Whether the last day is another than the first one."""
        return self.stand is not None and self.first_on is not None and self.stand.due_on != self.first_on


def clock_of(case: CaseRecord, steps: Sequence[CaseStepRecord], preset: ClockPreset, calendar: WorkCalendar, today: date) -> CaseClock:
    """steps: all of the matter, oldest first. No query."""
    first = next((step.due_on for step in steps if step.act in ("issue", "triage", "decide") and step.due_on), case.due_on)
    extended = tuple((step.on, step.due_on) for step in steps if step.act == "extend" and step.due_on)
    return CaseClock(preset, _stand(case, steps, preset, calendar, today), first, extended, pending_request(steps))


def pending_request(steps: Sequence[CaseStepRecord]) -> CaseStepRecord | None:
    """The last request for an extension, where nobody has answered it and the matter has not moved on."""
    last = next((s for s in reversed(steps) if s.act in ("ask_extension", "extend", "refuse_extension", "reply", "withdraw")), None)
    return last if last is not None and last.act == "ask_extension" else None


def _stand(case: CaseRecord, steps: Sequence[CaseStepRecord], preset: ClockPreset, calendar: WorkCalendar, today: date) -> ClockStand | None:
    """The clock stops with the answer; one that is sent back runs on."""
    begun = next((step.on for act in BEGINS for step in steps if step.act == act), case.raised_on)
    if case.due_on is None or case.state in ("draft", "withdrawn", "merged"):
        return None
    open_again = case.state in ("issued", "received", "paused") or (case.kind != "slip" and case.state not in COURSES[case.kind].closed)
    stopped = None if open_again else next((s.on for s in reversed(steps) if s.act in ("reply", "solve", "finish")), case.closed_on)
    return stand_of_day(preset, begun, case.due_on, stopped, case.state == "paused", calendar, today)
