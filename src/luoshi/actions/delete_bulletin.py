"""Delete a draft of a bulletin「删草稿」. In: who, the draft as the form saw it. Out: nothing of it but a journal entry. Raises Stale.

An issued bulletin is never deleted.
"""

from __future__ import annotations

from datetime import datetime

from luoshi.actions.bulletin_content import draft_at_hand
from luoshi.actions.writing import writing
from luoshi.store.who import Who


def delete_bulletin(who: Who, at: datetime, list_id: int, bulletin_id: int, seal: str) -> None:
    """The journal keeps what it was called, its day, and the hash of its content."""
    with writing(who, "bulletin.delete", at, right="make_bulletin", list_id=list_id) as entry:
        record, _bulletin = draft_at_hand(list_id, bulletin_id, seal)
        entry.about, entry.detail = f"bulletin:{record.pk}", {"title": record.title, "as_of": record.as_of, "content": seal}
        record.delete()
