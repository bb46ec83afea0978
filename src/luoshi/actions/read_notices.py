"""Mark notices as read「已读」. In: who, which of one's own. Out: how many. Not journalled one by one: reading a reminder decides nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from luoshi.store.models import NoticeRecord
from luoshi.store.who import Who


def read_notices(who: Who, at: datetime, notice_id: int | None = None) -> int:
    """All unread ones where none is named."""
    mine = NoticeRecord.objects.filter(person_id=who.person_id, channel="inbox", read_at=None)
    with transaction.atomic():
        return (mine if notice_id is None else mine.filter(pk=notice_id)).update(read_at=at)
