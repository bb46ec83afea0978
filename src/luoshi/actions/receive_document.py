"""Receive a document「来文」: kept whole under its hash, whatever becomes of it.

In: who, which list, the name and the bytes as they arrive. Out: `DocumentRecord`, and whether it is new to the list.
Raises Unreadable where the file is larger than can be read: nothing of it is kept then.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError

from luoshi.actions.writing import writing
from luoshi.reading import read
from luoshi.reading.refusal import refusal
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who

NAME_LENGTH = 120
SUFFIX = re.compile(r"\.[a-z0-9]{1,8}$")   # .docx


def receive_document(who: Who, at: datetime, list_id: int, name: str, chunks: Iterable[bytes]) -> tuple[DocumentRecord, bool]:
    """A second upload of the same file in the same list gives the document that is there already, and False."""
    who.must("import_document")
    name = clean_name(name)
    file, sha256, size = _keep(name, chunks)
    try:
        with writing(who, "document.receive", at, right="import_document", list_id=list_id) as entry:
            document = DocumentRecord.objects.create(list_id=list_id, name=name, file=file, sha256=sha256, size=size, by_id=who.person_id, at=at)
            entry.about, entry.detail = f"document:{document.pk}", {"name": name, "sha256": sha256, "size": size}
    except IntegrityError:
        return DocumentRecord.objects.get(list_id=list_id, sha256=sha256), False
    return document, True


def clean_name(name: str) -> str:
    """The last part of the path, without characters that cannot be seen (control, direction), short enough to be kept."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = seen.rpartition(".")
    if len(seen) > NAME_LENGTH:
        seen = f"{stem[:NAME_LENGTH - 10]}…{dot}{suffix[:8]}" if dot and stem else seen[:NAME_LENGTH]
    return seen or "未命名文件"


def _keep(name: str, chunks: Iterable[bytes]) -> tuple[str, str, int]:
    """Written beside its last place first, so that a file under a hash is always whole. (place under files, sha256, size)"""
    folder = Path(settings.MEDIA_ROOT) / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    arriving = folder / f".arriving-{secrets.token_hex(8)}"
    try:
        sha256, size = _write(arriving, name, chunks)
        suffix = SUFFIX.search(name.lower())
        file = f"documents/{sha256}{suffix[0] if suffix else ''}"
        arriving.replace(Path(settings.MEDIA_ROOT) / file)
    finally:
        arriving.unlink(missing_ok=True)
    return file, sha256, size


def _write(path: Path, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Counted while it arrives: a file that is too large stops at the limit, not at the end of the disk."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > read.MAX_BYTES:
                raise too_large(name)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def too_large(name: str) -> Exception:
    """The refusal of a file over the limit, in the words of the reader."""
    limit = read.MAX_BYTES // 1024**2
    return refusal("file.too-large", clean_name(name), size=f"{limit}+", limit=limit)
