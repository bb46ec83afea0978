"""What comes in from outside「来件」 in time: its clocks side by side or one after another, standing still while somebody else is waited for.

In: the kind of matter, its time limits, the steps taken, the calendar, the day. Out: `PartStand`s, one for each clock. No database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.supervision_spec import ClockPreset, IncomingPreset
from luoshi.supervision.clock import ClockEvent, ClockStand, stand_of_course


@dataclass(frozen=True, slots=True)
class IncomingStep:
    """「来件一步」 clock: which one it stops (finish_part); reason: for which it pauses."""

    act: str
    on: date
    clock: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartStand:
    """「环节时限」 used: days of the limit that have run, those of a pause and (for working days) holidays left out; None before it starts."""

    preset: ClockPreset
    stand: ClockStand
    used: int | None

    @property
    def is_running(self) -> bool:
        """Started, and not stopped: also while it stands still."""
        return self.stand.state in ("running", "near", "overdue", "paused")


def clocks_of(kind: IncomingPreset, clocks: Mapping[str, ClockPreset]) -> tuple[ClockPreset, ...]:
    """Each with the one that it waits for, as the kind of matter says; whatever the preset says by itself."""
    own = [clocks[name] for name in kind.clocks]
    before = [None, *(one.clock for one in own)] if kind.order == "serial" else [None] * len(own)
    return tuple(one.model_copy(update={"after": after}) for one, after in zip(own, before, strict=False))


def stands_of(kind: IncomingPreset, clocks: Mapping[str, ClockPreset], steps: Sequence[IncomingStep], calendar: WorkCalendar, today: date,
              ) -> tuple[PartStand, ...]:
    """How every clock stands on the day."""
    presets = clocks_of(kind, clocks)
    events = {preset.clock: _events(kind, preset, steps) for preset in presets}
    stands = stand_of_course(presets, events, calendar, today)
    return tuple(PartStand(preset, stand, _used(preset, stand, events[preset.clock], calendar, today))
                 for preset, stand in zip(presets, stands, strict=True))


def next_due(parts: Sequence[PartStand]) -> date | None:
    """The first day that runs out; the last one that was, where nothing runs any more."""
    running = [part.stand.due_on for part in parts if part.is_running and part.stand.due_on]
    return min(running) if running else max((part.stand.due_on for part in parts if part.stand.due_on), default=None)


def pauses_of(parts: Sequence[PartStand]) -> tuple[str, ...]:
    """For what a clock that runs may stand still."""
    return tuple(dict.fromkeys(reason for part in parts if part.is_running for reason in part.preset.pauses))


def _events(kind: IncomingPreset, preset: ClockPreset, steps: Sequence[IncomingStep]) -> list[ClockEvent]:
    found: list[ClockEvent] = []
    for step in steps:
        if step.act == "open" and preset.after is None:
            found.append(ClockEvent("start", step.on))
        elif step.act == "pause" and step.reason in preset.pauses:
            found.append(ClockEvent("pause", step.on, step.reason))
        elif step.act == "resume" and any(event.act == "pause" for event in found):
            found.append(ClockEvent("resume", step.on))
        elif _stops(kind, preset, step) and not any(event.act == "stop" for event in found):
            found.append(ClockEvent("stop", step.on))
    return found


def _stops(kind: IncomingPreset, preset: ClockPreset, step: IncomingStep) -> bool:
    return (step.act in ("answer", "decline") or (step.act == "accept" and preset.clock == kind.accepted)
            or (step.act == "finish_part" and step.clock == preset.clock))


def _used(preset: ClockPreset, stand: ClockStand, events: Sequence[ClockEvent], calendar: WorkCalendar, today: date) -> int | None:
    if stand.started_on is None:
        return None
    counts: Callable[[date], bool] = calendar.is_workday if preset.days == "workday" else lambda _day: True
    paused, still, last = False, set[date](), stand.stopped_on or today
    acts = {event.on: event.act for event in events if event.act in ("pause", "resume")}
    for ahead in range((last - stand.started_on).days + 1):
        day = stand.started_on + timedelta(ahead)
        paused = {"pause": True, "resume": False}.get(acts.get(day, ""), paused)
        if paused:
            still.add(day)
    days = (stand.started_on + timedelta(ahead) for ahead in range(1, (last - stand.started_on).days + 1))
    return sum(1 for day in days if counts(day) and day not in still)
