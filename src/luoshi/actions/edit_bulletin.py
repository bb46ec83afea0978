"""Reword a draft around its numbers. In: who, the draft, its paragraphs with placeholders. Out: `BulletinRecord`.

Raises CannotReword where a number was typed over, Stale where the draft was issued or changed by somebody else.
"""

from __future__ import annotations

from datetime import datetime

from luoshi.actions.bulletin_content import change_draft, draft_at_hand
from luoshi.actions.writing import writing
from luoshi.publish.bulletin_edit import reword
from luoshi.publish.bulletin_json import bulletin_to_json
from luoshi.store.models import BulletinRecord
from luoshi.store.who import Who


def edit_bulletin(who: Who, at: datetime, list_id: int, bulletin_id: int, texts: tuple[str, ...], seal: str) -> BulletinRecord:
    """seal: of the content that the form was made from."""
    with writing(who, "bulletin.edit", at, right="make_bulletin", list_id=list_id) as entry:
        record, before = draft_at_hand(list_id, bulletin_id, seal)
        after = reword(before, texts)
        change_draft(record, content=bulletin_to_json(after))
        changed = {str(place): [old.text, new.text] for place, (old, new) in enumerate(zip(before.passages, after.passages, strict=True))
                   if old.text != new.text}
        entry.about, entry.detail = f"bulletin:{record.pk}", {"changed": changed}
    record.refresh_from_db()
    return record
