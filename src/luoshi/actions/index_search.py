"""Bring the search of a list up to what the list is now. In: a list. Out: rows of the index; what has not changed is not touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from luoshi.actions.writing import writing
from luoshi.lexicon.grams import grams_of
from luoshi.publish.search_things import SearchThing, things_of_facts, things_of_plan
from luoshi.store.models import DocumentRecord, ListRecord, SearchGramRecord, SearchRecord, SearchStateRecord
from luoshi.store.queries.search import search_state
from luoshi.store.queries.story import Told
from luoshi.store.who import Who

TITLE, BATCH = 300, 400


def index_search(who: Who, at: datetime, record: ListRecord, told: Told) -> None:
    """Of two who come at once the second finds it done: the list's row is locked meanwhile."""
    with writing(who, "search.index", at, right="see_lists", list_id=record.pk) as entry:
        ListRecord.objects.select_for_update().only("pk").get(pk=record.pk)
        state = search_state(record)
        if not SearchStateRecord.objects.filter(list=record, state=state).exists():
            entry.detail = _write(record, {_digest(thing): thing for thing in _things(record, told)})
            SearchStateRecord.objects.update_or_create(list=record, defaults={"state": state})
        entry.about = "search"


def _things(record: ListRecord, told: Told) -> Iterator[SearchThing]:
    yield from things_of_plan(told.plan)
    yield from things_of_facts(told.pack, told.facts)
    for document in DocumentRecord.objects.filter(list=record):
        yield SearchThing("document", str(document.pk), document.name, f"{document.name} {document.message} {' '.join(_words(document.plan))}")


def _words(plan: dict[str, Any] | None) -> Iterator[str]:
    """The sentences of a document as they were read from it."""
    for task in plan["tasks"] if plan else ():
        yield from (task["title"], task["goal"] or "", *(measure["text"] for measure in task["measures"]))


def _digest(thing: SearchThing) -> str:
    return hashlib.sha256("\0".join((thing.kind, thing.ref, thing.title, thing.text)).encode()).hexdigest()


def _write(record: ListRecord, wanted: dict[str, SearchThing]) -> dict[str, int]:
    kept = dict(SearchRecord.objects.filter(list=record).values_list("digest", "pk"))
    gone = [pk for digest, pk in kept.items() if digest not in wanted]
    for start in range(0, len(gone), BATCH):
        SearchGramRecord.objects.filter(found_id__in=gone[start:start + BATCH]).delete()
        SearchRecord.objects.filter(pk__in=gone[start:start + BATCH]).delete()
    new = [SearchRecord(list=record, kind=thing.kind, ref=thing.ref, title=thing.title[:TITLE], text=thing.text, digest=digest)
           for digest, thing in wanted.items() if digest not in kept]
    SearchRecord.objects.bulk_create(new, batch_size=BATCH)
    SearchGramRecord.objects.bulk_create(
        [SearchGramRecord(found=made, gram=gram) for made in new for gram in grams_of(f"{made.title} {made.text}")], batch_size=BATCH)
    return {"added": len(new), "removed": len(gone)}
