"""Reads of the search. In: who, a list, words. Out: what holds all of the words, the best first; else what comes closest.

Only counting of tokens is asked of the database, so that SQLite and PostgreSQL answer alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Q

from luoshi.lexicon.grams import grams_of
from luoshi.store.models import DocumentRecord, ListRecord, SearchGramRecord, SearchRecord, SearchStateRecord
from luoshi.store.who import Who

MOST = 300
"""How many things are looked at more closely; more than that is no answer but a list."""


@dataclass(frozen=True, slots=True)
class Found:
    """「命中」 whole: every token is in each of them; else they hold most of the tokens."""

    things: tuple[SearchRecord, ...]
    whole: bool


def search_state(record: ListRecord) -> str:
    """What an index must have been made from to be current: one query."""
    read = Count("pk", filter=Q(state__in=("read", "refused", "confirmed")))
    documents = DocumentRecord.objects.filter(list=record).aggregate(newest=Max("pk"), read=read)
    return f"1.{record.plan_id}.{record.facts_version}.{documents['newest']}.{documents['read']}"


def is_indexed(record: ListRecord) -> bool:
    """Whether the index is current."""
    return SearchStateRecord.objects.filter(list=record, state=search_state(record)).exists()


def search_list(who: Who, record: ListRecord, words: str) -> Found:
    """Two queries. Documents are found by those who may read them; rows are limited by the page, which knows the registers."""
    grams = grams_of(words)
    if not grams or not who.may("see_lists"):
        return Found((), True)
    hits = SearchGramRecord.objects.filter(found__list=record, gram__in=grams)
    if not who.may("import_document"):
        hits = hits.exclude(found__kind="document")
    counted = dict(hits.values_list("found_id").annotate(n=Count("pk")).filter(n__gte=(2 * len(grams) + 2) // 3).order_by("-n", "found_id")[:MOST])
    best = max(counted.values(), default=0)
    wanted = [pk for pk, n in counted.items() if n == best]
    things = SearchRecord.objects.filter(pk__in=wanted)
    return Found(tuple(sorted(things, key=lambda thing: (_rank(thing, words), thing.pk))), best == len(grams))


def _rank(thing: SearchRecord, words: str) -> int:
    """The words as they were typed in the title, then in the text, then only scattered."""
    wanted = words.casefold().strip()
    return 0 if wanted in thing.title.casefold() else 1 if wanted in thing.text.casefold() else 2
