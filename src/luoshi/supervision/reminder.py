"""Who is reminded today「提醒」: the owner first, the office after grace; repeated until done, then silent.

In: a preset, what is owed, the day. Out: `Nudge`s, each with a key that is the same for ever, so that nothing is sent twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from luoshi.lexicon.written import day as day_words
from luoshi.pack.supervision_spec import ReminderPreset

Reader = Literal["author", "approver", "office"]
Waiting = Literal["nothing", "draft", "approval", "returned"]


@dataclass(frozen=True, slots=True)
class Owed:
    """「应办」 Something that is not done yet. key: what it is, for ever (report:3:2019-09); waiting, since: where it lies now; grace: days.

    The owner hears of the due day, the office only after grace."""

    key: str
    title: str
    unit: str
    due_on: date
    waiting: Waiting = "nothing"
    since: date | None = None
    grace: int = 0


@dataclass(frozen=True, slots=True)
class Nudge:
    """「一次提醒」 key: thing, reader and day; the outbox holds each key once."""

    key: str
    to: Reader
    text: str


def nudges_on(preset: ReminderPreset, owed: Iterable[Owed], today: date) -> tuple[Nudge, ...]:
    """What is said today. Something done is not in `owed`, and so nobody hears of it again."""
    return tuple(Nudge(f"{each.key}:{reader}:{today.isoformat()}", reader, f"{each.unit}：{each.title}，{why}。")
                 for each in owed for reader, why in _readers(preset, each, today))


def is_quiet(at: time, quiet_from: time, quiet_to: time) -> bool:
    """「免打扰」 Whether a moment of the day lies in the quiet hours, which may go over midnight."""
    if quiet_from <= quiet_to:
        return quiet_from <= at < quiet_to
    return at >= quiet_from or at < quiet_to


def _readers(preset: ReminderPreset, owed: Owed, today: date) -> Iterator[tuple[Reader, str]]:
    before = (owed.due_on - today).days
    due = f"{day_words(owed.due_on)}截止"
    waits_for_approver = owed.waiting == "approval"
    if before >= 0:
        if not waits_for_approver and before in preset.author_before:
            yield "author", f"{due}，还有{before}天"
        if waits_for_approver and before in preset.approver_before:
            yield "approver", f"等您签发，{due}，还有{before}天"
    else:
        if -before <= preset.repeat_days and (-before - 1) % preset.repeat_every == 0:
            yield ("approver" if waits_for_approver else "author"), f"{due}，已过{-before}天"
        if -before == preset.office_after + owed.grace:
            yield "office", f"{due}，已过{-before}天，提醒过仍未办"
    yield from _idle(preset, owed, today)


def _idle(preset: ReminderPreset, owed: Owed, today: date) -> Iterator[tuple[Reader, str]]:
    """Said once, on the day that the wait reaches the preset's number of days."""
    lain = (today - owed.since).days if owed.since is not None else None
    if owed.waiting == "draft" and lain is not None and lain == preset.idle_draft:
        yield "author", f"草稿已放了{lain}天没有提交"
    elif owed.waiting == "approval" and lain is not None and lain == preset.idle_approval:
        yield "approver", f"等您签发已{lain}天"
    elif owed.waiting == "returned" and lain is not None and lain == preset.idle_return:
        yield "author", f"退回已{lain}天没有改"
