"""Issue a bulletin: the next number of the list's year, its files, and nothing of it ever changes afterwards.

In: who, the draft as the form saw it, the day of issue. Out: `BulletinRecord`, issued. Raises Stale.
"""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from luoshi.actions.bulletin_content import change_draft, draft_at_hand, seal_of
from luoshi.actions.writing import writing
from luoshi.publish.bulletin import Bulletin
from luoshi.publish.bulletin_document import bulletin_document, document_number
from luoshi.publish.official import OfficialDocument
from luoshi.publish.official_docx import official_docx
from luoshi.publish.official_typst import official_pdf
from luoshi.store.models import BulletinRecord, ListRecord, PublishedFigureRecord
from luoshi.store.who import Who


def issue_bulletin(who: Who, at: datetime, on: date, list_id: int, bulletin_id: int, seal: str) -> BulletinRecord:
    """The list's row is locked first: of two people who issue at once each gets a number of their own, or is told that it is done."""
    with writing(who, "bulletin.issue", at, right="issue_bulletin", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        record, bulletin = draft_at_hand(list_id, bulletin_id, seal)
        number = (BulletinRecord.objects.filter(list_id=list_id).aggregate(last=Max("number"))["last"] or 0) + 1
        written = document_number(bulletin.office.code, held.year, number)
        files = _kept(bulletin_document(bulletin, written, on), f"bulletins/{list_id}/{held.year}-{number}")
        content = {**record.content, "issued": {"number": written, "on": on.isoformat(), "sha256": {name: sha for name, (_, sha) in files.items()}}}
        change_draft(record, number=number, state="issued", issued_at=at, content=content, docx=files["docx"][0], pdf=files["pdf"][0])
        PublishedFigureRecord.objects.bulk_create(_figures(record.pk, bulletin))
        entry.about, entry.detail = f"bulletin:{record.pk}", {"number": written, "content": seal_of(content), **content["issued"]["sha256"]}
    record.refresh_from_db()
    return record


def _figures(bulletin_id: int, bulletin: Bulletin) -> list[PublishedFigureRecord]:
    """Each promise's number as it is printed."""
    actual = {n.promise: n for n in reversed(bulletin.numbers) if n.promise and n.role == "actual"}
    return [PublishedFigureRecord(bulletin_id=bulletin_id, promise_id=promise, exact=n.exact, text=n.text) for promise, n in actual.items()]


def fonts_folder() -> Path | None:
    """Faces that the operator put into the data folder (fonts/), for the PDF."""
    folder = Path(settings.PLACE.data) / "fonts"
    return folder if folder.is_dir() else None


def _kept(document: OfficialDocument, name: str) -> dict[str, tuple[str, str]]:
    """kind → (place below MEDIA_ROOT, sha256); each file is whole or not there."""
    kept = {}
    for kind, content in (("docx", official_docx(document)), ("pdf", official_pdf(document, fonts_folder()))):
        path = Path(settings.MEDIA_ROOT) / f"{name}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{kind}.{os.getpid()}")
        temporary.write_bytes(content)
        temporary.replace(path)
        kept[kind] = (f"{name}.{kind}", hashlib.sha256(content).hexdigest())
    return kept
