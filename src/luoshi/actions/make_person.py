"""Make a person, with the posts they hold; change a password; open and use the set-up link.

In: names and a password. Out: rows. Passwords are hashed with argon2 before they touch the database, and never journalled.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from luoshi.actions.writing import writing
from luoshi.store.models import OrganRecord, PersonRecord, PostRecord, SetupLinkRecord
from luoshi.store.who import NotAllowed, Who


def make_person(who: Who | None, at: datetime, username: str, name: str, password: str,
                posts: Iterable[tuple[str, str, OrganRecord | None]] = ()) -> PersonRecord:
    """posts: (role, title, unit or None). who None: the system itself, at set-up and in the demo."""
    with writing(who, "person.make", at, right="manage_people" if who else None) as entry:
        person = PersonRecord(username=username, name=name)
        person.set_password(password)
        person.save()
        PostRecord.objects.bulk_create(PostRecord(role=role, title=title, organ=organ, holder=person) for role, title, organ in posts)
        entry.about, entry.detail = f"person:{person.pk}", {"username": username, "name": name, "posts": [[r, t] for r, t, _ in posts]}
    return person


def open_setup(at: datetime) -> str | None:
    """A token for the first administrator; None where there are people already. An older unused link stops working."""
    if PersonRecord.objects.exists():
        return None
    token = secrets.token_urlsafe(24)
    with writing(None, "setup.open", at, right=None) as entry:
        SetupLinkRecord.objects.filter(used_at=None).delete()
        SetupLinkRecord.objects.create(token_hash=hash_of(token), made_at=at)
        entry.about = "setup"
    return token


def use_setup(token: str, at: datetime, username: str, name: str, password: str) -> PersonRecord:
    """Make the first administrator. The link works once, and only while there is nobody. Raises NotAllowed."""
    with writing(None, "setup.use", at, right=None) as entry:
        link = SetupLinkRecord.objects.select_for_update().filter(token_hash=hash_of(token), used_at=None).first()
        if link is None or PersonRecord.objects.exists():
            raise NotAllowed("setup")
        link.used_at = at
        link.save()
        entry.about = f"person:{username}"
        return make_person(None, at, username, name, password, [("administrator", "系统管理员", None)])


def hash_of(token: str) -> str:
    """Tokens are long and random: a plain hash is enough, and lets us look them up."""
    return hashlib.sha256(token.encode()).hexdigest()
