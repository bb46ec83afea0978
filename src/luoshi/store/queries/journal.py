"""Reads of the journal. In: how many. Out: the newest entries, and a cheap check that the tail is in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luoshi.store.models import JournalHeadRecord, JournalRecord


@dataclass(frozen=True, slots=True)
class EntryShown:
    """「日志行」 One entry as people read it. person: a name, or 系统."""

    number: int
    at: str
    person: str
    action: str
    list_id: int | None
    about: str
    detail: dict[str, Any]


def latest_entries(many: int) -> tuple[EntryShown, ...]:
    """The newest entries, oldest of them first: one query."""
    found = JournalRecord.objects.select_related("person").order_by("-number")[:many]
    return tuple(EntryShown(e.number, e.at, e.person.name if e.person else "系统", e.action, e.list_id, e.about, e.detail)
                 for e in reversed(found))


def tail_in_order(anchor: tuple[int, str] | None) -> bool:
    """Whether the newest entry, the head and the anchor agree: three rows at most, whatever the length of the journal."""
    newest = JournalRecord.objects.order_by("-number").values_list("number", "hash").first()
    head = JournalHeadRecord.objects.values_list("count", "hash").filter(pk=1).first()
    if newest is None:
        return (head is None or head[0] == 0) and anchor is None
    if head is None or head[0] < newest[0] or anchor is None:
        return False
    return JournalRecord.objects.filter(number=anchor[0], hash=anchor[1]).exists()
