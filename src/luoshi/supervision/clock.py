"""Time limits「时限」: when a matter is due, whether it stands still, and whether it was kept.

In: a preset, what happened (started, paused, resumed, extended, stopped), the calendar, the day. Out: `ClockStand`, with its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from luoshi.lexicon.workday import WorkCalendar
from luoshi.lexicon.written import day as day_words
from luoshi.pack.supervision_spec import ClockPreset

ClockState = Literal["waiting", "running", "near", "paused", "overdue", "kept", "broken"]
STATE_WORDS: dict[ClockState, str] = {"waiting": "未起算", "running": "办理中", "near": "临近期限", "paused": "暂停计时", "overdue": "已超期",
                                      "kept": "按期办结", "broken": "超期办结"}


WRITTEN_DAY = ClockPreset.model_validate({
    "clock": "written-day", "title": "办理期限", "limit": 0, "days": "workday", "start": "发出", "warn_before": 3, "reference": "督办单上写明的日期",
    "extend": {"once": False, "approver": "督查室主任"}})
"""For a matter that names no preset: the day that was written for it, extended as often as the office agrees."""


class ClockRefused(Exception):
    """「时限不能这样改」 In words that say what would be allowed."""


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """「时限事件」 until: the new exact date of an extension. promised: with a start, a shorter limit that was promised."""

    act: Literal["start", "pause", "resume", "extend", "stop"]
    on: date
    reason: str = ""
    until: date | None = None
    promised: int | None = None


@dataclass(frozen=True, slots=True)
class ClockStand:
    """「时限情况」 On a day. due_on: what counts (the promised day where one was promised); legal_on: the legal last day.

    days_left: days of the preset's kind from today to due_on, below zero after it; None when not running.
    unpublished: years whose holidays are not announced yet, so that the day may still move.
    """

    clock: str
    title: str
    state: ClockState
    started_on: date | None
    due_on: date | None
    legal_on: date | None
    stopped_on: date | None
    days_left: int | None
    why: str
    unpublished: tuple[int, ...] = ()


def stand_of_clock(preset: ClockPreset, events: Sequence[ClockEvent], calendar: WorkCalendar, today: date) -> ClockStand:
    """Events in the order of their days. Raises ClockRefused where they contradict the preset (late extension, unknown pause reason)."""
    known = [event for event in sorted(events, key=lambda e: e.on) if event.on <= today]
    start = next((event for event in known if event.act == "start"), None)
    if start is None:
        return ClockStand(preset.clock, preset.title, "waiting", None, None, None, None, None, f"{preset.title}：还没有{preset.start}，时限未起算。")
    counts = calendar.is_workday if preset.days == "workday" else _every_day
    pauses = _pauses(preset, known)
    legal = _last_day(start.on, preset.limit, pauses, counts)
    due = legal if start.promised is None else _last_day(start.on, _promised(preset, start.promised), pauses, counts)
    extended = _extended(preset, known, due, counts)
    due, legal = extended or due, max(extended or legal, legal)
    stop = next((event for event in known if event.act == "stop"), None)
    told = _told(preset, start.on, due, legal, stop.on if stop else None, bool(pauses and pauses[-1][1] is None), counts, today)
    return _warned(told, calendar) if preset.days == "workday" else told


def stand_of_course(presets: Sequence[ClockPreset], events: Mapping[str, Sequence[ClockEvent]], calendar: WorkCalendar, today: date,
                    ) -> tuple[ClockStand, ...]:
    """「时限组」 Several clocks of one matter, parallel or one after another: a serial one starts the day the one before it stopped,
    unless its own start was recorded. Raises KeyError for an `after` that is not in the course."""
    stands: dict[str, ClockStand] = {}
    for preset in _in_order(presets):
        own = list(events.get(preset.clock, ()))
        if preset.after is not None and not any(event.act == "start" for event in own):
            before = stands[preset.after].stopped_on
            own += [ClockEvent("start", before)] if before is not None else []
        stands[preset.clock] = stand_of_clock(preset, own, calendar, today)
    return tuple(stands[preset.clock] for preset in presets)


def stand_of_day(preset: ClockPreset, started: date, due: date, stopped: date | None, paused: bool, calendar: WorkCalendar, today: date,
                 ) -> ClockStand:
    """「限定日期」 A limit that was written as an exact day, extensions and pauses in it already: the same states and the same sentence."""
    counts = calendar.is_workday if preset.days == "workday" else _every_day
    told = _told(preset, started, due, due, stopped, paused, counts, today)
    return _warned(told, calendar) if preset.days == "workday" else told


def check_extension(preset: ClockPreset, earlier: int, asked_on: date, due: date, until: date, calendar: WorkCalendar) -> None:
    """「延期合不合规定」 earlier: how often it was extended already. Raises ClockRefused in words that say what would be allowed."""
    if preset.extend is None:
        raise ClockRefused(f"{preset.title}没有可以延期的规定（{preset.reference}）。")
    if preset.extend.once and earlier:
        raise ClockRefused(f"{preset.title}只能延期一次，已经延过。")
    counts = calendar.is_workday if preset.days == "workday" else _every_day
    _one_extension(preset, ClockEvent("extend", asked_on, until=until), due, counts)


def day_after_pause(preset: ClockPreset, due: date, paused: date, resumed: date, calendar: WorkCalendar) -> date:
    """「顺延」 The last day once the pause is over: as many counted days later as stood still."""
    counts = calendar.is_workday if preset.days == "workday" else _every_day
    still = sum(1 for ahead in range((resumed - paused).days) if counts(paused + timedelta(ahead)))
    return _last_day(due, still, (), counts) if still else due


def days_between(first: date, last: date, counts: Callable[[date], bool]) -> int:
    """Counted days after `first` up to and with `last`; negative the other way round."""
    if last < first:
        return -days_between(last, first, counts)
    return sum(1 for ahead in range(1, (last - first).days + 1) if counts(first + timedelta(ahead)))


def _warned(stand: ClockStand, calendar: WorkCalendar) -> ClockStand:
    assert stand.started_on is not None
    assert stand.due_on is not None
    unknown = calendar.unpublished(stand.started_on, stand.due_on)
    if not unknown:
        return stand
    years = "、".join(str(year) for year in unknown)
    return replace(stand, unpublished=unknown, why=f"{stand.why}（{years}年放假安排还没有公布，只按周末推算，公布后可能变动。）")


def _in_order(presets: Sequence[ClockPreset]) -> Iterable[ClockPreset]:
    waiting, done = list(presets), set[str]()
    while waiting:
        ready = [preset for preset in waiting if preset.after is None or preset.after in done]
        if not ready:
            raise KeyError("、".join(preset.after or "" for preset in waiting))
        yield from ready
        done |= {preset.clock for preset in ready}
        waiting = [preset for preset in waiting if preset not in ready]


def _every_day(_: date) -> bool:
    return True


def _pauses(preset: ClockPreset, events: Sequence[ClockEvent]) -> list[tuple[date, date | None]]:
    """Spans in which days stand still: from the day of the pause to the day before it is resumed."""
    spans: list[tuple[date, date | None]] = []
    for event in events:
        if event.act == "pause":
            if event.reason not in preset.pauses:
                allowed = "、".join(preset.pauses) or "没有可以暂停的事由"
                raise ClockRefused(f"{preset.title}不能因“{event.reason or '未写事由'}”暂停计时；可以暂停的是：{allowed}。")
            spans.append((event.on, None))
        elif event.act == "resume" and spans and spans[-1][1] is None:
            spans[-1] = (spans[-1][0], event.on)
    return spans


def _last_day(start: date, limit: int, pauses: Sequence[tuple[date, date | None]], counts: Callable[[date], bool]) -> date:
    """The day on which the limit's last day falls; the day after the start is day 1. An open pause pushes it beyond today day by day."""
    last, left = start, limit
    while left > 0:
        last += timedelta(1)
        if counts(last) and not any(begin <= last and end is not None and last < end for begin, end in pauses):
            left -= 1
    return last


def _promised(preset: ClockPreset, promised: int) -> int:
    if promised > preset.limit:
        raise ClockRefused(f"承诺的{promised}天比法定的{preset.limit}天长。承诺时限只能更短，请改成不超过{preset.limit}天。")
    return promised


def _extended(preset: ClockPreset, events: Sequence[ClockEvent], due: date, counts: Callable[[date], bool]) -> date | None:
    asked = [event for event in events if event.act == "extend"]
    if not asked:
        return None
    if preset.extend is None:
        raise ClockRefused(f"{preset.title}没有可以延期的规定（{preset.reference}）。")
    if preset.extend.once and len(asked) > 1:
        raise ClockRefused(f"{preset.title}只能延期一次，{day_words(asked[0].on)}已经延过。")
    last = due
    for event in asked:
        last = _one_extension(preset, event, last, counts)
    return last


def _one_extension(preset: ClockPreset, event: ClockEvent, due: date, counts: Callable[[date], bool]) -> date:
    """In time, later than before, and no longer than the preset allows."""
    assert preset.extend is not None
    if event.on > due:
        raise ClockRefused(f"{preset.title}{day_words(due)}已到期，延期要在到期以前提出；{day_words(event.on)}提出的不能批准。")
    furthest = None if preset.extend.by is None else _last_day(due, preset.extend.by, (), counts)
    until = event.until or furthest
    if until is None:
        raise ClockRefused("批准延期要写明确的新期限，例如2019年10月31日。")
    if until <= due or (furthest is not None and until > furthest):
        most = f"，最多到{day_words(furthest)}" if furthest else ""
        raise ClockRefused(f"新期限{day_words(until)}不合规定：要晚于原期限{day_words(due)}{most}。")
    return until


def _told(preset: ClockPreset, start: date, due: date, legal: date, stop: date | None, paused: bool, counts: Callable[[date], bool], today: date,
          ) -> ClockStand:
    unit = "个工作日" if preset.days == "workday" else "天"
    left = None if stop or paused else days_between(today, due, counts)
    if stop is not None:
        kept = stop >= due if preset.at_least else stop <= due
        gap = abs(days_between(due, stop, counts))
        how = "符合" if kept and preset.at_least else "按期" if kept else f"早了{gap}{unit}" if preset.at_least else f"超期{gap}{unit}"
        state: ClockState = "kept" if kept else "broken"
        why = f"{preset.title}：{day_words(start)}起算，应于{day_words(due)}{'以后' if preset.at_least else '前'}办结，{day_words(stop)}办结，{how}。"
    elif paused:
        state, why = "paused", f"{preset.title}：暂停计时，恢复后接着算。"
    elif left is not None and left < 0:
        state = "kept" if preset.at_least else "overdue"
        why = f"{preset.title}：{day_words(due)}到期，{'期限已满' if preset.at_least else f'已超期{-left}{unit}'}。"
    else:
        state = "near" if left is not None and left <= preset.warn_before and not preset.at_least else "running"
        why = f"{preset.title}：{day_words(start)}起算，{day_words(due)}到期，还有{left}{unit}。"
    return ClockStand(preset.clock, preset.title, state, start, due, legal, stop, left, why)
