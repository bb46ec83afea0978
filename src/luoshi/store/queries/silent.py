"""Owners that are silent「失联的责任人」: nobody there, never signed in, or nothing from the unit in two windows.

In: a list, its story. Out: units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.store.models import ListRecord, PostRecord, ReportRecord
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.queries.windows import windows_of_list

Silence = Literal["vacant", "never", "two_windows"]
SILENCE_WORDS: dict[Silence, str] = {"vacant": "没有人在岗", "never": "在岗的人从没登录过", "two_windows": "连着两期没有报送"}
WINDOWS = 2


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """「失联单位」 A unit that leads something in the list. people: who should answer."""

    organ_id: int
    organ: str
    why: Silence
    people: tuple[str, ...]

    @property
    def words(self) -> str:
        """never → 在岗的人从没登录过"""
        return SILENCE_WORDS[self.why]


def silent_units(record: ListRecord, told: Told, day: date) -> tuple[SilentUnit, ...]:
    """The worst reason of each, by name. A fixed number of queries."""
    units, windows = units_of_items(record, told.items), windows_of_list(record)
    leads = {organ: name for item in told.items for organ, name in units[item.promise.id].leads.items()}
    posts: dict[int, list[tuple[str, bool]]] = {}
    held = PostRecord.objects.filter(organ_id__in=leads, role__in=("liaison", "head"), holder__is_active=True)
    for organ, name, signed_in in held.values_list("organ_id", "holder__name", "holder__last_login"):
        if organ is not None and name is not None:
            posts.setdefault(organ, []).append((name, signed_in is not None))
    filed = set(ReportRecord.objects.filter(list=record).exclude(state="draft").values_list("promise_id", "organ_id", "period"))
    owed: dict[int, set[bool]] = {}
    for item in told.items:
        late = [window for window in windows.all_of(item.promise.id) if windows.is_late(window, day)][-WINDOWS:]
        if len(late) == WINDOWS:
            for organ in units[item.promise.id].leads:
                owed.setdefault(organ, set()).add(any((item.promise.id, organ, window.period) in filed for window in late))
    found = []
    for organ, name in sorted(leads.items(), key=lambda pair: pair[1]):
        people = posts.get(organ, [])
        why: Silence | None = "vacant" if not people else "never" if not any(signed for _, signed in people) else (
            "two_windows" if owed.get(organ) == {False} else None)
        if why:
            found.append(SilentUnit(organ, name, why, tuple(person for person, _ in people)))
    return tuple(found)
