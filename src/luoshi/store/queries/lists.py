"""Reads about lists. A list that the person may not see raises Http404 in `the_list`."""

from __future__ import annotations

from django.http import Http404

from luoshi.store.models import ListRecord
from luoshi.store.who import Who


def lists_of(who: Who) -> tuple[ListRecord, ...]:
    """Every list that the person may see, newest year first."""
    return tuple(ListRecord.objects.select_related("plan").defer("plan__plan")) if who.may("see_lists") else ()


def the_list(who: Who, list_id: int) -> ListRecord:
    """One list with its plan in force; Http404 where it is not there or not for this person."""
    lists = ListRecord.objects.select_related("plan__document", "calendar").defer("plan__plan", "plan__document__plan")
    found = lists.filter(pk=list_id).first() if who.may("see_lists") else None
    if found is None:
        raise Http404
    return found
