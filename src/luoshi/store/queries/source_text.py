"""The document that a list's plan was compiled from, as blocks with addresses. In: a list. Out: `Document`; without blocks where its file
is gone, so that the words kept in the plan are still shown."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from luoshi.reading.read import read_document
from luoshi.reading.source import Document, Unreadable
from luoshi.store.models import ListRecord


def source_of(record: ListRecord) -> Document:
    """Read once for each file: it is kept under its hash and never changes."""
    if record.plan is None:
        return Document("", "", "text", (), None)
    document = record.plan.document
    return _read(str(Path(settings.MEDIA_ROOT) / document.file), document.sha256, document.name)


@lru_cache(maxsize=16)
def _read(path: str, sha256: str, name: str) -> Document:
    try:
        return read_document(Path(path))
    except Unreadable:
        return Document(name, sha256, "text", (), None)
