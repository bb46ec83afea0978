"""Reads about monthly reports of a task. In: who, a list, its promises, a day. Out: reports that the person may see, newest month first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from luoshi.store.models import ReportRecord
from luoshi.store.who import Who

SHOWN = 40


def reports_of(who: Who, list_id: int, promise_ids: Iterable[str], as_of: date) -> tuple[ReportRecord, ...]:
    """One query. Drafts belong to their unit alone; other units' reports are seen by those who may see all."""
    if not who.may("see_reports"):
        return ()
    found = ReportRecord.objects.filter(list_id=list_id, promise_id__in=tuple(promise_ids), period__lte=f"{as_of:%Y-%m}")
    found = found.exclude(state="draft") if who.sees_all("see_reports") else found.filter(organ_id__in=who.organ_ids)
    return tuple(found.select_related("organ", "author")[:SHOWN])
