"""Reads about uploaded documents. A document of another list, or for other eyes, raises Http404 in `the_document`."""

from __future__ import annotations

from django.http import Http404

from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who


def documents_of(who: Who, list_id: int) -> tuple[DocumentRecord, ...]:
    """Every document of a list, newest first, without what was read in it."""
    if not who.may("import_document"):
        return ()
    return tuple(DocumentRecord.objects.filter(list_id=list_id).select_related("by").prefetch_related("plans").defer("plan"))


def the_document(who: Who, list_id: int, document_id: int) -> DocumentRecord:
    """One document of this list, with what was read in it."""
    found = DocumentRecord.objects.select_related("by").filter(pk=document_id, list_id=list_id).first() if who.may("import_document") else None
    if found is None:
        raise Http404
    return found

