"""What a stored bulletin holds, and its seal: a form made from another content is stale. In: `BulletinRecord`. Out: `Bulletin`, hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.publish.bulletin import Bulletin
from luoshi.publish.bulletin_json import bulletin_from_json
from luoshi.store.models import BulletinRecord


def seal_of(content: dict[str, Any]) -> str:
    """sha256 of the content in one fixed order of keys."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def draft_at_hand(list_id: int, bulletin_id: int, seal: str) -> tuple[BulletinRecord, Bulletin]:
    """The draft, locked, as the form saw it. Raises Stale where it was issued or changed meanwhile."""
    record = BulletinRecord.objects.select_for_update().get(pk=bulletin_id, list_id=list_id)
    if record.state != "draft":
        raise Stale(_("这份通报已经印发，内容不能再改。有更正的，另发一期通报。"))
    if seal_of(record.content) != seal:
        raise Stale(_("您打开页面以后，别人改过这份草稿。请刷新页面，在新的草稿上再做。"))
    return record, bulletin_from_json(record.content)


def change_draft(record: BulletinRecord, **changes: Any) -> None:
    """Write to a draft only: the database itself is asked whether it still is one. Raises Stale where it is not."""
    if BulletinRecord.objects.filter(pk=record.pk, state="draft").update(**changes) != 1:
        raise Stale(_("这份通报已经印发，内容不能再改。有更正的，另发一期通报。"))
