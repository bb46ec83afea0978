"""Appending to the journal, and proving that nothing was altered, removed, swapped or cut off.

In: entries. Out: the chain; `verify_journal` names the first entry that is wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from luoshi.store.models import JournalHeadRecord, JournalRecord
from luoshi.store.who import Who

ANCHOR = "journal.head"
"""Count and hash of the newest entry, in a file outside the database: a cut tail is found even where the head row was cut too."""


def append_entry(who: Who | None, action: str, at: datetime, list_id: int | None, about: str, detail: dict[str, Any]) -> None:
    """Add one entry. The head row is locked first, so that appends from many workers queue up."""
    JournalHeadRecord.objects.get_or_create(pk=1)
    head = JournalHeadRecord.objects.select_for_update().get(pk=1)
    entry = JournalRecord(number=head.count + 1, at=at.isoformat(), person_id=who.person_id if who else None, action=action, list_id=list_id,
                          about=about, detail=json.loads(json.dumps(detail, ensure_ascii=False, default=str)), before=head.hash)
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    head.count, head.hash = entry.number, entry.hash
    head.save()
    transaction.on_commit(lambda: _anchor(entry.number, entry.hash))


def hash_of(entry: JournalRecord) -> str:
    """sha256 over the hash before and every field, in a fixed order."""
    content = [entry.before, entry.number, entry.at, entry.person_id, entry.action, entry.list_id, entry.about, entry.detail]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def anchor_path() -> Path:
    """Where the anchor stands."""
    return Path(settings.PLACE.data) / ANCHOR


def _anchor(number: int, hash: str) -> None:
    """Never backwards: of two workers that commit at once, the later entry's head stays."""
    path = anchor_path()
    if path.exists() and json.loads(path.read_text("utf-8"))["count"] >= number:
        return
    temporary = path.with_suffix(f".{os.getpid()}.{number}")
    temporary.write_text(json.dumps({"count": number, "hash": hash}), "utf-8")
    temporary.replace(path)


def verify_journal() -> tuple[int, str | None]:
    """(entries that hold, None), or (entries that hold before the first that does not, what is wrong with it). Chinese."""
    before, count = "0" * 64, 0
    for entry in JournalRecord.objects.order_by("number").iterator():
        if entry.number != count + 1:
            return count, f"第{count + 1}条不见了：接下来是第{entry.number}条"
        if entry.before != before:
            return count, f"第{entry.number}条接不上前一条：前面的条目被换过或改过"
        if entry.hash != hash_of(entry):
            return count, f"第{entry.number}条被改过：内容与哈希不符"
        before, count = entry.hash, entry.number
    return count, _head_fault(count, before)


def _head_fault(count: int, hash: str) -> str | None:
    head = JournalHeadRecord.objects.filter(pk=1).first()
    if head and (head.count, head.hash) != (count, hash):
        return f"日志头记着{head.count}条，现有{count}条：尾部被截去，或日志头被改过"
    path = anchor_path()
    if not path.exists():
        return "日志锚文件不见了" if count else None
    anchor = json.loads(path.read_text("utf-8"))
    if (anchor["count"], anchor["hash"]) != (count, hash):
        return f"锚文件记着{anchor['count']}条，现有{count}条：尾部被截去，或锚文件被改过"
    return None
