"""Somebody asked for what they may not see or what is not there: the journal notes it."""

from __future__ import annotations

from datetime import datetime

from luoshi.actions.writing import writing
from luoshi.store.who import Who


def note_refusal(who: Who, right: str, path: str, at: datetime) -> None:
    """Note the right and the address; no right is needed to be refused."""
    with writing(who, "access.refused", at, right=None) as entry:
        entry.about, entry.detail = path[:120], {"right": right}
