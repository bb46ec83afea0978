"""Receive a file of rows「收件」 for a register: kept whole under its hash, whatever becomes of it.

In: who, the list, the register, name and bytes. Out: `ImportRecord`, and whether the file is new to the register.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError

from luoshi.actions.keep_file import keep_file
from luoshi.actions.receive_document import clean_name
from luoshi.actions.writing import writing
from luoshi.store.models import ImportRecord, ListRecord
from luoshi.store.queries.intake import may_enter
from luoshi.store.who import Who


def receive_rows(who: Who, at: datetime, list_id: int, source: str, name: str, content: bytes) -> tuple[ImportRecord, bool]:
    """The same file of the same register again gives the record that is there already, and False. Raises Http404 where one may not enter."""
    record = ListRecord.objects.get(pk=list_id)
    _, entering = may_enter(who, record, source)
    name, sha256 = clean_name(name), hashlib.sha256(content).hexdigest()
    there = ImportRecord.objects.filter(list=record, source=source, sha256=sha256).first()
    if there is not None:
        return there, False
    try:
        with writing(who, "rows.receive", at, right="enter_rows", list_id=list_id, organ_id=entering.organ_id) as entry:
            made = ImportRecord.objects.create(list=record, source=source, name=name, file=keep_file("imports", sha256, content), sha256=sha256,
                                               size=len(content), by_id=who.person_id, at=at)
            entry.about, entry.detail = f"import:{made.pk}", {"register": source, "name": name, "sha256": sha256, "size": len(content)}
    except IntegrityError:      # two at once
        return ImportRecord.objects.get(list=record, source=source, sha256=sha256), False
    return made, True
