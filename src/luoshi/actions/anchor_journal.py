"""Keep the journal's head of the day in a file of its own「日志锚」. In: the moment. Out: what was done, in Chinese.

The folder may lie on another machine (LUOSHI_ANCHORS): who alters the journal afterwards would have to alter these files too.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from luoshi.actions.journal import verify_journal
from luoshi.actions.writing import writing
from luoshi.store.models import JournalHeadRecord


class JournalBroken(Exception):
    """「日志不完整」 Nothing is anchored then: str(error) says what is wrong."""


def anchor_journal(at: datetime, today: date) -> str:
    """The whole chain is verified first: a broken one must not be made respectable. The entry about it is part of what is anchored."""
    count, fault = verify_journal()
    if fault:
        raise JournalBroken(f"日志不完整：{fault}。前{count}条完好。没有写日志锚，请保留现场，用最近的备份比对。")
    folder = Path(settings.PLACE.anchors)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"journal-{at:%Y%m%d-%H%M%S}.json"
    with writing(None, "journal.anchor", at, right=None) as entry:
        entry.about, entry.detail = "journal", {"file": path.name, "verified": count}
    head = JournalHeadRecord.objects.get(pk=1)
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps({"count": head.count, "hash": head.hash, "at": at.isoformat()}), "utf-8")
    temporary.replace(path)
    return f"核验{count}条，完好；第{head.count}条的哈希记在 {path.name}"
