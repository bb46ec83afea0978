"""Appending to the journal, and proving that nothing was altered, removed, swapped or cut off.

In: entries. Out: the chain; `verify_journal` names the first entry that is wrong.
"""

from __future__ import annotations

import fcntl
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
    with transaction.atomic(savepoint=False):
        head = JournalHeadRecord.objects.select_for_update().filter(pk=1).first() or _first_head()
        entry = JournalRecord(number=head.count + 1, at=at.isoformat(), person_id=who.person_id if who else None, action=action,
                              list_id=list_id, about=about.replace("\0", "␀"), detail=_exact(detail), before=head.hash)
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)
        head.count, head.hash = entry.number, entry.hash
        head.save()
        transaction.on_commit(lambda: _anchor(entry.number, entry.hash))


def _first_head() -> JournalHeadRecord:
    """Of an empty journal: of two that append to it at once, one makes the row and the other waits for it."""
    JournalHeadRecord.objects.get_or_create(pk=1)
    return JournalHeadRecord.objects.select_for_update().get(pk=1)


def _exact(detail: dict[str, Any]) -> dict[str, Any]:
    """Only what every database gives back as it was: jsonb writes floats anew and takes no NUL, and either would break the chain."""
    text = json.dumps(detail, ensure_ascii=True, default=str).replace("\\u0000", "␀")
    exact: dict[str, Any] = json.loads(text, parse_float=str)
    return exact


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
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (read_anchor() or (0, ""))[0] >= number:
            return
        temporary = path.with_suffix(f".{os.getpid()}.{number}")
        temporary.write_text(json.dumps({"count": number, "hash": hash}), "utf-8")
        temporary.replace(path)


def read_anchor() -> tuple[int, str] | None:
    """Count and hash as the anchor file has them; None where there is no such file; (0, "") where it cannot be understood."""
    path = anchor_path()
    if not path.exists():
        return None
    try:
        anchor = json.loads(path.read_text("utf-8"))
        return anchor["count"], anchor["hash"]
    except (ValueError, KeyError, TypeError):
        return 0, ""


def verify_journal() -> tuple[int, str | None]:
    """(entries that hold, None), or (entries that hold before the first that does not, what is wrong with it). Chinese.

    Entries may be added meanwhile: the anchor is read before the entries and the head after them, and what is new is read on."""
    anchor = read_anchor()
    before, count = "0" * 64, 0
    while True:
        for entry in JournalRecord.objects.filter(number__gt=count).order_by("number").iterator():
            fault = _entry_fault(entry, count + 1, before)
            if fault:
                return count, fault
            before, count = entry.hash, entry.number
        head = JournalHeadRecord.objects.filter(pk=1).first()
        if head is None or head.count <= count or not JournalRecord.objects.filter(number__gt=count).exists():
            break
    if (head.count, head.hash) != (count, before) if head else count:
        return count, f"日志头记着{head.count if head else 0}条，现有{count}条：尾部被截去，或日志头被改过"
    return count, _anchor_fault(anchor, count)


def verify_range(first: int, last: int) -> str | None:
    """The chain between two entries, both included: what is wrong with it, None where it holds. Two queries."""
    before = JournalRecord.objects.filter(number=first - 1).values_list("hash", flat=True).first() if first > 1 else "0" * 64
    if before is None:
        return f"第{first - 1}条不见了"
    number = first
    for entry in JournalRecord.objects.filter(number__gte=first, number__lte=last).order_by("number").iterator():
        fault = _entry_fault(entry, number, before)
        if fault:
            return fault
        before, number = entry.hash, number + 1
    return None if number == last + 1 else f"第{number}条不见了"


def head_now() -> tuple[int, str]:
    """Count and hash of the head row."""
    return JournalHeadRecord.objects.filter(pk=1).values_list("count", "hash").first() or (0, "")


def _entry_fault(entry: JournalRecord, number: int, before: str) -> str | None:
    if entry.number != number:
        return f"第{number}条不见了：接下来是第{entry.number}条"
    if entry.before != before:
        return f"第{entry.number}条接不上前一条：前面的条目被换过或改过"
    return f"第{entry.number}条被改过：内容与哈希不符" if entry.hash != hash_of(entry) else None


def _anchor_fault(anchor: tuple[int, str] | None, count: int) -> str | None:
    """An anchor that names an older entry by its right hash is in order: a worker died between the commit and the anchor."""
    anchor = anchor or read_anchor()    # the very first entry may have been added meanwhile
    if anchor is None:
        return "日志锚文件不见了" if count else None
    if JournalRecord.objects.filter(number=anchor[0], hash=anchor[1]).exists():
        return None
    return f"锚文件记着{anchor[0]}条，现有{count}条：尾部被截去，或锚文件被改过"
