"""Reads about lists. A list that the person may not see raises Http404 in `the_list`."""

from __future__ import annotations

from copy import copy

from django.conf import settings
from django.db import connection
from django.http import Http404

from luoshi.store.kept import Kept
from luoshi.store.models import ListRecord
from luoshi.store.queries.acts import last_act
from luoshi.store.who import Who

_lists: Kept[ListRecord | None] = Kept(200 if settings.KEPT_PAGES else 0)
"""Every page begins with its list: until somebody acts it is not read and built anew."""


def lists_of(who: Who) -> tuple[ListRecord, ...]:
    """Every list that the person may see, newest year first."""
    return tuple(ListRecord.objects.select_related("plan").defer("plan__plan")) if who.may("see_lists") else ()


def the_list(who: Who, list_id: int) -> ListRecord:
    """One list with its plan in force; Http404 where it is not there or not for this person."""
    if not who.may("see_lists"):
        raise Http404
    # within a transaction the newest act may be one that is taken back
    found = _find(list_id) if connection.in_atomic_block else _lists.get((last_act(), list_id), lambda: _find(list_id))
    if found is None:
        raise Http404
    return copy(found)


def _find(list_id: int) -> ListRecord | None:
    lists = ListRecord.objects.select_related("plan__document", "calendar").defer("plan__plan", "plan__document__plan")
    return lists.filter(pk=list_id).first()
