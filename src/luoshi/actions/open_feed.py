"""Open a calendar feed「订阅日历」 of one's own duties, make its address anew, close it. Out: the token of the address, once; its hash stays."""

from __future__ import annotations

import secrets
from datetime import datetime

from luoshi.actions.make_person import hash_of
from luoshi.actions.writing import writing
from luoshi.store.models import FeedRecord
from luoshi.store.who import Who


def open_feed(who: Who, at: datetime) -> str:
    """An older address ends with it: whoever had it sees nothing any more."""
    with writing(who, "feed.open", at, right="file_report") as entry:
        token = secrets.token_urlsafe(32)
        FeedRecord.objects.update_or_create(person_id=who.person_id, defaults={"token_hash": hash_of(token), "made_at": at})
        entry.about = f"person:{who.person_id}"
    return token


def close_feed(who: Who, at: datetime) -> None:
    """From this moment its address answers as one that is not there."""
    with writing(who, "feed.close", at, right="file_report") as entry:
        FeedRecord.objects.filter(person_id=who.person_id).delete()
        entry.about = f"person:{who.person_id}"
