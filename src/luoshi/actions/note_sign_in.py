"""A person signed in: the journal notes it."""

from __future__ import annotations

from datetime import datetime

from luoshi.actions.writing import writing
from luoshi.store.who import Who


def note_sign_in(who: Who, at: datetime) -> None:
    """Note who and when."""
    with writing(who, "person.sign-in", at, right=None) as entry:
        entry.about = f"person:{who.person_id}"
