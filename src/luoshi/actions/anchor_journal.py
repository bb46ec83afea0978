"""Keep the journal's head of the day in a file of its own「日志锚」. In: the moment. Out: what was done, in Chinese.

The folder may lie on another machine (LUOSHI_ANCHORS): who alters the journal afterwards would have to alter these files too.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from luoshi.actions.journal import verify_journal
from luoshi.actions.writing import writing
from luoshi.store.models import JournalHeadRecord, JournalRecord


class JournalBroken(Exception):
    """「日志不完整」 Nothing is anchored then: str(error) says what is wrong."""


def newest_anchor() -> dict[str, Any] | None:
    """The last file of a day: file, count, hash, at; None where there is none that can be read."""
    for path in sorted(Path(settings.PLACE.anchors).glob("journal-*.json"), reverse=True):
        try:
            return {"file": path.name, **read_day_anchor(path)}
        except (OSError, ValueError):
            continue
    return None


def read_day_anchor(path: Path) -> dict[str, Any]:
    """count, hash, at. Raises OSError, or ValueError where it is no such file."""
    read = json.loads(path.read_text("utf-8"))
    if not isinstance(read, dict) or not isinstance(read.get("count"), int) or not isinstance(read.get("hash"), str):
        raise ValueError("不是日志锚文件")
    return read


def fault_against(count: int, hash: str) -> str | None:
    """The entry of that number must be there with that hash: whatever was changed since, up to it nothing was."""
    found = JournalRecord.objects.filter(number=count).values_list("hash", flat=True).first()
    if found is None:
        return f"日志锚记着{count}条，现在没有第{count}条：尾部被截去过"
    return None if found == hash else f"第{count}条和日志锚记的哈希不一样：第{count}条或它以前的条目被改过"


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
