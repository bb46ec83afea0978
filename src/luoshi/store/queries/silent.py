"""Owners that are silent「失联的责任人」: nobody there, never signed in, or nothing from the unit in two windows.

In: a list, its story. Out: units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.store.models import ListRecord, PostRecord, ReportRecord
from luoshi.store.queries.promises import UnitsOf, units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.queries.windows import Windows, windows_of_list

Silence = Literal["vacant", "never", "two_windows"]
SILENCE_WORDS: dict[Silence, str] = {"vacant": "没有人在岗", "never": "在岗的人从没登录过", "two_windows": "连着两期没有报送"}
WINDOWS = 2


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """「失联单位」 A unit that leads something in the list. people: who should answer; items: how much it leads."""

    organ_id: int
    organ: str
    why: Silence
    people: tuple[str, ...]
    items: int

    @property
    def words(self) -> str:
        """never → 在岗的人从没登录过"""
        return SILENCE_WORDS[self.why]


def owners_gone(record: ListRecord, told: Told, day: date) -> tuple[SilentUnit, ...]:
    """The worst reason of each, by name. A fixed number of queries. The Monday list has those of a kind that a call can wake; here are all."""
    units, windows = units_of_items(record, told.items), windows_of_list(record)
    leads = _leads(units)
    posts: dict[int, list[tuple[str, bool]]] = {}
    held = PostRecord.objects.filter(organ_id__in=leads, role__in=("liaison", "head"), holder__is_active=True)
    for organ, name, signed_in in held.values_list("organ_id", "holder__name", "holder__last_login"):
        if organ is not None and name is not None:
            posts.setdefault(organ, []).append((name, signed_in is not None))
    sent = ReportRecord.objects.filter(list=record).exclude(state="draft").values_list("promise_id", "organ_id", "period")
    quiet = _quiet(units, windows, set(sent), day)
    led = Counter(organ for each in units.values() for organ in each.leads)
    found = []
    for organ, name in sorted(leads.items(), key=lambda pair: pair[1]):
        people = posts.get(organ, [])
        why: Silence | None = "vacant" if not people else "never" if not any(signed for _, signed in people) else (
            "two_windows" if organ in quiet else None)
        if why:
            found.append(SilentUnit(organ, name, why, tuple(person for person, _ in people), led[organ]))
    return tuple(found)


def leads_of(record: ListRecord, told: Told) -> dict[int, str]:
    """Unit id → name of every unit that leads something. One query."""
    return _leads(units_of_items(record, told.items))


def _leads(units: Mapping[str, UnitsOf]) -> dict[int, str]:
    return {organ: name for each in units.values() for organ, name in each.leads.items()}


def _quiet(units: Mapping[str, UnitsOf], windows: Windows, sent: set[tuple[str, int, str]], day: date) -> frozenset[int]:
    """Units that sent nothing for any of their promises in the last two windows that are over. No query."""
    owed: dict[int, set[bool]] = {}
    for promise_id, each in units.items():
        late = [window for window in windows.all_of(promise_id) if windows.is_late(window, day)][-WINDOWS:]
        if len(late) == WINDOWS:
            for organ in each.leads:
                owed.setdefault(organ, set()).add(any((promise_id, organ, window.period) in sent for window in late))
    return frozenset(organ for organ, answers in owed.items() if answers == {False})
