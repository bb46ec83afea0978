"""What a person's calendar feed shows. In: the hash of its secret, a day. Out: whose it is, what is due on which day over every list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luoshi.store.models import FeedRecord, ListRecord
from luoshi.store.queries.duties import Todo, todos_of
from luoshi.store.queries.lists import lists_of
from luoshi.store.queries.reports import Filing, filing_of
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who, who_is

AHEAD = timedelta(days=62)
"""How far windows that are not open yet are shown."""


@dataclass(frozen=True, slots=True)
class FeedList:
    """「日历清单」 One list in the feed: what is owed, and due day → how many reports will be due then."""

    record: ListRecord
    todos: tuple[Todo, ...]
    coming: tuple[tuple[date, str, int], ...]


def feed_owner(token_hash: str) -> Who | None:
    """Two queries; nothing where the address is unknown or its person closed."""
    feed = FeedRecord.objects.select_related("person").filter(token_hash=token_hash).first()
    return who_is(feed.person) if feed and feed.person.is_active else None


def feed_since(who: Who) -> datetime | None:
    """Since when the person has a feed."""
    return FeedRecord.objects.filter(person_id=who.person_id).values_list("made_at", flat=True).first()


def feed_lists(who: Who, day: date) -> Iterator[FeedList]:
    """Lists of this year and the one before; seven queries each, and an office holds a handful of lists."""
    for record in lists_of(who):
        told = tell_list(record, day) if day.year - 1 <= record.year <= day.year else None
        if told is not None and who.may("file_report"):
            filing = filing_of(who, record, told)
            yield FeedList(record, todos_of(who, filing, day)[0], tuple(_coming(filing, day)))


def _coming(filing: Filing, day: date) -> Iterator[tuple[date, str, int]]:
    """Windows that open later, together by due day and period."""
    counted: dict[tuple[date, str], int] = {}
    for item in filing.items:
        many = len(filing.mine & filing.units[item.promise.id].leads.keys())
        for window in filing.windows.all_of(item.promise.id) if many else ():
            if window.opens_on > day and window.due_on <= day + AHEAD and filing.windows.is_asked(window):
                counted[window.due_on, window.period] = counted.get((window.due_on, window.period), 0) + many
    yield from ((due, period, many) for (due, period), many in sorted(counted.items()))
