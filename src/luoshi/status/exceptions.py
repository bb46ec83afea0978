"""The Monday list「周一清单」: what needs a person, whom to call, and why. What runs well is not on it.

In: the lines of the board now and a week ago, what is owed, matters under supervision, evidence. Out: `Call`s by unit, the gravest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.lexicon.written import day as day_words
from luoshi.lexicon.written import number
from luoshi.status.light import State
from luoshi.status.stand import Item
from luoshi.supervision.clock import ClockStand

CallKind = Literal["behind", "slip_due", "late_report", "late_supply", "silent", "jumped", "evidence_missing", "evidence_reused", "undecided",
                   "to_verify", "to_decide", "extension", "next_date"]
CALL_WORDS: dict[CallKind, str] = {
    "behind": "落后计划", "slip_due": "督办到期", "late_report": "逾期未报", "late_supply": "台账未交", "silent": "长期不动", "jumped": "数字突变",
    "evidence_missing": "缺佐证", "evidence_reused": "佐证重复", "undecided": "口径未定", "to_verify": "待核验", "to_decide": "待决定",
    "extension": "申请延期", "next_date": "没有下一步日期"}
GROUPS: dict[str, tuple[CallKind, ...]] = {
    "落后计划": ("behind",), "时限": ("slip_due", "late_report", "late_supply", "silent", "next_date"),
    "数据可疑": ("jumped", "evidence_missing", "evidence_reused"), "口径未定": ("undecided",), "等我决定": ("to_verify", "to_decide", "extension")}
"""How the list is filtered; every kind is in one group."""
LATE: tuple[State, ...] = ("late", "seriously_late")


@dataclass(frozen=True, slots=True)
class Call:
    """「一件」 One line. subject: which page it opens (`item:9.1`, `case:12`, `report:…`); since: from when; gravity: the larger the sooner."""

    kind: CallKind
    unit: str
    title: str
    why: str
    subject: str
    since: date | None = None
    gravity: int = 0
    light: State | None = None

    @property
    def word(self) -> str:
        """Why it is on the list, in two or four characters."""
        return CALL_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class CallsOfUnit:
    """「一家」 Everything to say in one telephone call."""

    unit: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """「等着的」 A matter as the list needs it: kind of matter, its state, its time limit, what it waits for."""

    subject: str
    kind: Literal["slip", "blocker", "change", "contribution"]
    unit: str
    title: str
    state: str
    since: date
    stand: ClockStand | None = None
    extension_to: date | None = None
    needs_next: bool = False


@dataclass(frozen=True, slots=True)
class Silent:
    """「沉默的责任人」 never: nobody of the unit ever signed in; windows: reporting windows in a row without an update."""

    unit: str
    title: str
    subject: str
    last_seen: date | None
    windows: int


def calls_of_items(now: Iterable[Item], before: Mapping[str, Item], today: date, new_rows: Mapping[str, int]) -> Iterator[Call]:
    """Behind plan, jumped without records, scope undecided. before: promise id → the line a week ago; new_rows: promise id → rows recorded since."""
    for item in now:
        unit = item.leads[0] if item.leads else "没有写明牵头单位"
        was = before.get(item.promise.id)
        if item.light.state in LATE:
            worse = was is not None and was.light.state != item.light.state
            yield Call("behind", unit, item.title, item.light.sentence, f"item:{item.number}", today if worse else None,
                       30 if item.light.state == "seriously_late" else 20, item.light.state)
        if item.binding is not None and item.binding.question and item.value is None:
            yield Call("undecided", unit, item.title, item.binding.question, f"item:{item.number}", None, 5, item.light.state)
        yield from _jump(item, was, unit, new_rows.get(item.promise.id, 0))


def calls_of_matters(matters: Iterable[Waiting], today: date) -> Iterator[Call]:
    """Slips that are due or near, extensions asked for, closures to verify, decisions to take, blockers without a next date."""
    for each in matters:
        if each.extension_to is not None:
            why = f"申请延到{day_words(each.extension_to)}，{_waited(each.since, today)}"
            yield Call("extension", each.unit, each.title, why, each.subject, each.since, 25)
        elif each.kind == "slip" and each.state == "replied":
            yield Call("to_verify", each.unit, each.title, f"已回复，等核验，{_waited(each.since, today)}", each.subject, each.since, 15)
        elif each.state in ("escalated", "asked", "reviewed", "raised") and each.kind != "contribution":
            yield Call("to_decide", each.unit, each.title, f"等决定，{_waited(each.since, today)}", each.subject, each.since, 18)
        elif each.stand is not None and each.stand.state in ("near", "overdue"):
            gravity = 28 if each.stand.state == "overdue" else 12
            yield Call("slip_due", each.unit, each.title, each.stand.why, each.subject, each.stand.due_on, gravity)
        if each.needs_next:
            yield Call("next_date", each.unit, each.title, "跨省事项要一直有下一步日期，现在没有", each.subject, each.since, 22)


def calls_of_silence(silent: Iterable[Silent]) -> Iterator[Call]:
    """Owners that never signed in, or let two windows pass."""
    for each in silent:
        if each.last_seen is None:
            yield Call("silent", each.unit, each.title, "本单位没有人登录过", each.subject, None, 24)
        elif each.windows >= 2:
            why = f"{each.windows}期没有更新，上次登录{day_words(each.last_seen)}"
            yield Call("silent", each.unit, each.title, why, each.subject, each.last_seen, 16)


def by_unit(calls: Iterable[Call], order: Sequence[str] = ()) -> tuple[CallsOfUnit, ...]:
    """One block a unit, the unit with the gravest call first; within it the gravest first, what asks for a decision with it."""
    held: dict[str, list[Call]] = {}
    for call in calls:
        held.setdefault(call.unit, []).append(call)
    known = {unit: place for place, unit in enumerate(order)}
    units = sorted(held, key=lambda unit: (-max(c.gravity for c in held[unit]), -len(held[unit]), known.get(unit, len(known)), unit))
    return tuple(CallsOfUnit(unit, tuple(sorted(held[unit], key=lambda c: (-c.gravity, c.subject, c.kind)))) for unit in units)


def _jump(item: Item, was: Item | None, unit: str, new_rows: int) -> Iterator[Call]:
    """A computed count that rose by more than the rows that came in: something else moved it."""
    if was is None or item.value is None or was.value is None or not (_counts_rows(item) and _counts_rows(was)):
        return
    rise = item.value - was.value
    if rise > new_rows:
        why = f"由{number(was.value, 2)}变为{number(item.value, 2)}，只有{new_rows}条新记录"
        yield Call("jumped", unit, item.title, why, f"item:{item.number}", None, 14)


def _counts_rows(item: Item) -> bool:
    """Whether the figure is the number of its rows: only then can rows be held against its rise."""
    return item.value_from == "computed" and item.figure is not None and item.figure.value == item.figure.because.counted_total


def _waited(since: date, today: date) -> str:
    days = (today - since).days
    return f"已等{days}天" if days else "今天提出"
