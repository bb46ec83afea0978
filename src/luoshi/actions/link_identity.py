"""Link a person's identity of another system「外部身份」; a stranger is noted.

In: a person, a system, an identifier. Out: a row. Raises IdentityTaken.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.writing import writing
from luoshi.store.models import IdentityRecord
from luoshi.store.who import Who


class IdentityTaken(Exception):
    """「身份已被关联」 It is linked already. str(error) is the Chinese message."""


def link_identity(who: Who, at: datetime, person_id: int, provider: str, subject: str) -> None:
    """An administrator does it, after looking who it is: nobody links an identity of their own."""
    with writing(who, "identity.link", at, right="manage_people") as entry:
        row, made = IdentityRecord.objects.get_or_create(provider=provider, subject=subject,
                                                         defaults={"person_id": person_id, "by_id": who.person_id, "at": at})
        if not made:
            raise IdentityTaken(_("这个标识已经关联给%(name)s。") % {"name": row.person.name})
        entry.about, entry.detail = f"person:{person_id}", {"provider": provider, "subject": subject}


def unlink_identity(who: Who, at: datetime, person_id: int, identity_id: int) -> None:
    """From the next sign-in on it opens nothing."""
    with writing(who, "identity.unlink", at, right="manage_people") as entry:
        row = IdentityRecord.objects.select_for_update().filter(pk=identity_id, person_id=person_id).first()
        entry.about = f"person:{person_id}"
        if row is not None:
            entry.detail = {"provider": row.provider, "subject": row.subject}
            row.delete()


def note_stranger(at: datetime, provider: str, subject: str, why: str) -> None:
    """Somebody came from another system and was not let in."""
    with writing(None, "identity.refuse", at, right=None) as entry:
        entry.about, entry.detail = "setup", {"provider": provider, "subject": subject[:200], "why": why}
