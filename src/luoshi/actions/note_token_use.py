"""A token was used: its row remembers when, at most once a minute. No journal entry: what was read changes nothing, and would flood it."""

from __future__ import annotations

from datetime import datetime

from luoshi.store.models import TokenRecord


def note_token_use(token_id: int, at: datetime) -> None:
    """One statement; the caller asks first whether a minute has gone by."""
    TokenRecord.objects.filter(pk=token_id).update(used_at=at)
