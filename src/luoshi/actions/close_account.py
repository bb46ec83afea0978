"""Close a person's account「停用」, or open it again. In: a person. Out: `PersonRecord`; closed: signed out, posts vacant, tokens dead.

Raises LastAdministrator. Nobody is ever deleted: reports and the journal name them.
"""

from __future__ import annotations

from datetime import datetime

from luoshi.actions.keep_administrator import must_keep_administrator
from luoshi.actions.writing import writing
from luoshi.store.models import PersonRecord, PostRecord, TokenRecord
from luoshi.store.who import Who


def close_account(who: Who, at: datetime, person_id: int) -> PersonRecord:
    """The next request of a closed account finds itself signed out."""
    with writing(who, "person.close", at, right="manage_people") as entry:
        person = PersonRecord.objects.select_for_update().get(pk=person_id)
        posts = list(PostRecord.objects.filter(holder=person).values_list("pk", flat=True))
        PostRecord.objects.filter(pk__in=posts).update(holder=None)
        TokenRecord.objects.filter(person=person).exclude(expires_at__lte=at).update(expires_at=at)
        person.is_active = False
        person.save(update_fields=["is_active"])
        must_keep_administrator()
        entry.about, entry.detail = f"person:{person.pk}", {"username": person.username, "posts_vacated": posts}
    return person


def open_account(who: Who, at: datetime, person_id: int) -> PersonRecord:
    """Posts do not come back by themselves: somebody else may hold them by now."""
    with writing(who, "person.open", at, right="manage_people") as entry:
        person = PersonRecord.objects.select_for_update().get(pk=person_id)
        person.is_active = True
        person.save(update_fields=["is_active"])
        entry.about, entry.detail = f"person:{person.pk}", {"username": person.username}
    return person
