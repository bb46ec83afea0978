"""Reads about bulletins: drafts for those who make them, issued ones for everybody who may see the list."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from luoshi.store.models import BulletinRecord
from luoshi.store.who import Who


def bulletins_of(who: Who, list_id: int) -> tuple[BulletinRecord, ...]:
    """Newest first, without their contents: one query."""
    return tuple(_seen(who, list_id).select_related("by").defer("content"))


def the_bulletin(who: Who, list_id: int, bulletin_id: int) -> BulletinRecord:
    """One bulletin; Http404 where it is not there, of another list, or a draft that is not for this person."""
    found = _seen(who, list_id).select_related("by", "list").filter(pk=bulletin_id).first()
    if found is None:
        raise Http404
    return found


def issued_before(list_id: int, as_of: date) -> BulletinRecord | None:
    """The issued bulletin that a new one is compared with: the latest of an earlier day."""
    return BulletinRecord.objects.filter(list_id=list_id, state="issued", as_of__lt=as_of).order_by("-as_of", "-number").first()


def _seen(who: Who, list_id: int) -> QuerySet[BulletinRecord]:
    if not who.may("see_lists"):
        return BulletinRecord.objects.none()
    found = BulletinRecord.objects.filter(list_id=list_id)
    return found if who.may("make_bulletin") else found.filter(state="issued")
