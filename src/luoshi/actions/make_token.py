"""Make a token「令牌」 for the API, revoke one. In: what for, what it may read, till when. Out: the token in clear, once; only its hash stays."""

from __future__ import annotations

import secrets
from datetime import datetime

from luoshi.actions.make_person import hash_of
from luoshi.actions.writing import writing
from luoshi.store.models import TokenRecord
from luoshi.store.who import Who

PREFIX = "luoshi_"
"""Lets a scanner of leaked secrets, or a person, see what it is."""


def make_token(who: Who, at: datetime, name: str, scope: str, expires_at: datetime) -> str:
    """It acts for the person who made it, and reads no more than they may."""
    with writing(who, "token.make", at, right="make_token") as entry:
        token = PREFIX + secrets.token_urlsafe(32)
        made = TokenRecord.objects.create(person_id=who.person_id, name=name, token_hash=hash_of(token), scope=scope, made_at=at,
                                          expires_at=expires_at)
        entry.about, entry.detail = f"token:{made.pk}", {"name": name, "scope": scope, "expires_at": expires_at}
    return token


def revoke_token(who: Who, at: datetime, token_id: int) -> None:
    """One's own, or anybody's for those who manage people. It stays in the table, dead from this moment."""
    with writing(who, "token.revoke", at, right="make_token") as entry:
        token = TokenRecord.objects.select_for_update().get(pk=token_id)
        if token.person_id != who.person_id:
            who.must("manage_people")
        if token.expires_at is None or token.expires_at > at:
            token.expires_at = at
            token.save(update_fields=["expires_at"])
        entry.about, entry.detail = f"token:{token.pk}", {"name": token.name}
