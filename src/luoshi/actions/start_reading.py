"""Start reading a received document, or start again what a restart cut off. In: which document. Out: its row, marked as being read.

A small file is read at once; a larger one in a thread beside the request, so that the page can show progress and can be left.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.beside import run_beside
from luoshi.actions.read_document_of import read_document_of
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who

SOON = 300_000
"""Bytes: a file up to this size is read at once, well under a second."""


def start_reading(who: Who, at: datetime, document_id: int) -> None:
    """The thread starts once the mark is committed. Raises Stale where it has been read already."""
    with writing(who, "document.read", at, right="import_document") as entry:
        document = DocumentRecord.objects.select_for_update().get(pk=document_id)
        if document.state in {"read", "confirmed"}:
            raise Stale(_("这份文件已经读完了。"))
        document.state, document.progress, document.message = "reading", 0, ""
        document.save(update_fields=["state", "progress", "message"])
        entry.about, entry.list_id = f"document:{document.pk}", document.list_id
    if document.size <= SOON:
        read_document_of(who, at, document_id)
    else:
        run_beside(lambda: read_document_of(who, at, document_id), f"reading-{document_id}")
