"""Searching the journal. In: who asks, an action, a person's or thing's words, a page. Out: `JournalPage`, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from luoshi.store.models import JournalRecord, PostRecord
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


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """「日志筛选」 words: of a name, a sign-in name or a thing; organ_id: what people of that unit did, and what was done to it; days: Beijing's."""

    action: str = ""
    words: str = ""
    thing: str = ""
    organ_id: int | None = None
    list_id: int | None = None
    from_day: date | None = None
    to_day: date | None = None


def search_journal(who: Who, wanted: JournalFilter, before: int | None = None) -> JournalPage:
    """Older pages go by number, not by offset: entries that arrive meanwhile shift nothing. Four queries."""
    if not who.may("see_journal"):
        return JournalPage((), None, 0, ())
    every = JournalRecord.objects.select_related("person")
    found = every.order_by("-number")
    found = found.filter(_condition(wanted))
    if before is not None:
        found = found.filter(number__lt=before)
    rows = list(found[:PAGE + 1])
    shown = tuple(EntryShown(e.number, e.at, e.person.name if e.person else "系统", e.action, e.list_id, e.about, e.detail) for e in rows[:PAGE])
    actions = tuple(JournalRecord.objects.order_by("action").values_list("action", flat=True).distinct())
    return JournalPage(shown, shown[-1].number if len(rows) > PAGE else None, every.count(), actions)


def _condition(wanted: JournalFilter) -> Q:
    """Moments are kept as text in Beijing's time, because the hash is over text: days are compared as text too."""
    found, words = Q(), wanted.words
    if wanted.action:
        found &= Q(action=wanted.action)
    if words:
        found &= Q(person__name__icontains=words) | Q(person__username__iexact=words) | Q(about__icontains=words)
    if wanted.thing:
        found &= Q(about=wanted.thing)
    if wanted.organ_id is not None:
        found &= Q(person_id__in=PostRecord.objects.filter(organ_id=wanted.organ_id).values("holder_id")) | Q(about=f"unit:{wanted.organ_id}")
    if wanted.list_id is not None:
        found &= Q(list_id=wanted.list_id)
    if wanted.from_day is not None:
        found &= Q(at__gte=wanted.from_day.isoformat())
    if wanted.to_day is not None:
        found &= Q(at__lt=(wanted.to_day + timedelta(1)).isoformat())
    return found
