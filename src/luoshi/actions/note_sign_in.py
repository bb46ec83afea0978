"""A person signed in, or signs out elsewhere「登录处」: the journal notes it, and the list of places is kept."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.contrib.sessions.models import Session

from luoshi.actions.writing import writing
from luoshi.store.models import SignInRecord
from luoshi.store.who import Who


def note_sign_in(who: Who, at: datetime, way: str, session_key: str, agent: str, address: str) -> None:
    """way: password, second factor, or the name of the other system. Only the hash of the session's key is kept: it is as good as a password."""
    with writing(who, "person.sign-in", at, right=None) as entry:
        SignInRecord.objects.update_or_create(session_hash=hash_of_session(session_key), defaults={
            "person_id": who.person_id, "way": way, "agent": agent[:200], "address": address[:45], "at": at, "ended_at": None})
        entry.about, entry.detail = f"person:{who.person_id}", {"way": way}


def note_sign_out(at: datetime, session_key: str) -> None:
    """The place is no longer in the list; signing oneself out is not journalled."""
    SignInRecord.objects.filter(session_hash=hash_of_session(session_key)).update(ended_at=at)


def end_sign_ins(who: Who, at: datetime, keep: str, only: int | None = None) -> int:
    """End one's own sessions: the one named, or all but the one at hand. How many. Rare, so every live session is looked at once."""
    with writing(who, "person.sign-out", at, right=None) as entry:
        mine = SignInRecord.objects.filter(person_id=who.person_id, ended_at=None).exclude(session_hash=hash_of_session(keep))
        hashes = set((mine if only is None else mine.filter(pk=only)).values_list("session_hash", flat=True))
        keys = [key for key in Session.objects.filter(expire_date__gt=at).values_list("session_key", flat=True) if hash_of_session(key) in hashes]
        Session.objects.filter(session_key__in=keys).delete()
        SignInRecord.objects.filter(session_hash__in=hashes).update(ended_at=at)
        entry.about, entry.detail = f"person:{who.person_id}", {"sessions": len(hashes)}
    return len(hashes)


def hash_of_session(key: str) -> str:
    """Keys are long and random: a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
