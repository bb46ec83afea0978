"""Keep a file that proves something「佐证」, under its hash. In: who, the list, name and bytes. Out: `EvidenceRecord`.

The file is checked by its content first; its name is only remembered, never used as a path. Raises EvidenceRefused.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath

from luoshi.actions.evidence_kind import kind_of
from luoshi.actions.keep_file import keep_file
from luoshi.actions.writing import writing
from luoshi.store.models import EvidenceRecord
from luoshi.store.who import Who


def keep_evidence(who: Who, at: datetime, list_id: int, name: str, content: bytes, right: str, organ_id: int | None = None) -> EvidenceRecord:
    """right: of what the file belongs to, such as file_report. The same content is stored once, whoever brings it."""
    with writing(who, "evidence.keep", at, right=right, list_id=list_id, organ_id=organ_id) as entry:
        name = bare_name(name)
        kind, sha256 = kind_of(name, content), hashlib.sha256(content).hexdigest()
        made = EvidenceRecord.objects.create(list_id=list_id, name=name, file=keep_file("evidence", sha256, content), sha256=sha256,
                                             size=len(content), kind=kind, by_id=who.person_id, at=at)
        entry.about, entry.detail = f"evidence:{made.pk}", {"name": name, "sha256": sha256, "size": len(content), "kind": kind}
    return made


def copy_evidence(who: Who, at: datetime, list_id: int, kept: EvidenceRecord, right: str, organ_id: int | None = None) -> EvidenceRecord:
    """The same file for another list: its bytes are stored once, checked once."""
    with writing(who, "evidence.keep", at, right=right, list_id=list_id, organ_id=organ_id) as entry:
        made = EvidenceRecord.objects.create(list_id=list_id, name=kept.name, file=kept.file, sha256=kept.sha256, size=kept.size, kind=kept.kind,
                                             by_id=who.person_id, at=at)
        entry.about, entry.detail = f"evidence:{made.pk}", {"name": made.name, "sha256": made.sha256, "size": made.size, "from": kept.pk}
    return made


def bare_name(name: str) -> str:
    """Without folders (C:\\照片\\1.jpg → 1.jpg) and control characters; the end is kept where it is too long."""
    name = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(c for c in name if c.isprintable())[-120:] or "file"
