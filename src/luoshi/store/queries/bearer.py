"""Reads about tokens of the API. In: the hash of a token, the moment. Out: `Bearer`, or nothing where it does not open anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from luoshi.store.models import TokenRecord
from luoshi.store.who import Who, who_is

NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Bearer:
    """「持有人」 Whose token it is, what it may do, what for. is_stale: its last use was noted more than a minute ago."""

    token_id: int
    who: Who
    scope: str
    name: str
    is_stale: bool


def bearer_of(token_hash: str, at: datetime) -> Bearer | None:
    """Two queries: the token with its person, and the person's posts. Nothing where it is unknown, out of date, or the person is closed."""
    found = TokenRecord.objects.select_related("person").filter(token_hash=token_hash).first()
    if found is None or not found.person.is_active or (found.expires_at is not None and found.expires_at <= at):
        return None
    stale = found.used_at is None or found.used_at < at - NOTED_EVERY
    return Bearer(found.pk, who_is(found.person), found.scope, found.name, stale)
