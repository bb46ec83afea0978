"""Searching the journal. In: who asks, an action, a person's or thing's words, a page. Out: `JournalPage`, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from luoshi.store.models import JournalRecord
from luoshi.store.queries.journal import EntryShown
from luoshi.store.who import Who

PAGE = 50


@dataclass(frozen=True, slots=True)
class JournalPage:
    """「日志页」 Entries, newest first; before: the number from which older ones go on, None at the end; total: entries in all."""

    entries: tuple[EntryShown, ...]
    before: int | None
    total: int
    actions: tuple[str, ...]


def search_journal(who: Who, action: str = "", words: str = "", before: int | None = None) -> JournalPage:
    """Older pages go by number, not by offset: entries that arrive meanwhile shift nothing. Four queries."""
    if not who.may("see_journal"):
        return JournalPage((), None, 0, ())
    every = JournalRecord.objects.select_related("person")
    found = every.order_by("-number")
    if action:
        found = found.filter(action=action)
    if words:
        found = found.filter(Q(person__name__icontains=words) | Q(person__username__iexact=words) | Q(about__icontains=words))
    if before is not None:
        found = found.filter(number__lt=before)
    rows = list(found[:PAGE + 1])
    shown = tuple(EntryShown(e.number, e.at, e.person.name if e.person else "系统", e.action, e.list_id, e.about, e.detail) for e in rows[:PAGE])
    actions = tuple(JournalRecord.objects.order_by("action").values_list("action", flat=True).distinct())
    return JournalPage(shown, shown[-1].number if len(rows) > PAGE else None, every.count(), actions)
