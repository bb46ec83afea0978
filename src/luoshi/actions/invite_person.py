"""A one-time link「开通链接」 by which a person sets a password of their own. In: a person. Out: a token, shown once; the password, set once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from axes.utils import reset

from luoshi.actions.make_person import hash_of
from luoshi.actions.writing import writing
from luoshi.store.models import InviteRecord, PersonRecord
from luoshi.store.who import NotAllowed, Who, who_is

LASTS = timedelta(7)


def invite_person(who: Who, at: datetime, person_id: int) -> str:
    """An older link of the same person stops working."""
    with writing(who, "invite.make", at, right="manage_people") as entry:
        entry.about = f"person:{person_id}"
        return new_invites(at, [person_id])[0]


def new_invites(at: datetime, person_ids: list[int]) -> tuple[str, ...]:
    """Inside the transaction of an action: a token for each, in order."""
    tokens = tuple(secrets.token_urlsafe(24) for _ in person_ids)
    InviteRecord.objects.filter(person_id__in=person_ids, used_at=None).delete()
    InviteRecord.objects.bulk_create(InviteRecord(person_id=person_id, token_hash=hash_of(token), made_at=at, expires_at=at + LASTS)
                                     for person_id, token in zip(person_ids, tokens, strict=True))
    return tokens


def use_invite(token: str, at: datetime, password: str) -> PersonRecord:
    """The link works once. Raises NotAllowed."""
    invite = InviteRecord.objects.filter(token_hash=hash_of(token)).select_related("person").first()
    if invite is None:
        raise NotAllowed("invite")
    with writing(who_is(invite.person), "invite.use", at, right=None) as entry:
        if not InviteRecord.objects.filter(pk=invite.pk, used_at=None, expires_at__gt=at, person__is_active=True).update(used_at=at):
            raise NotAllowed("invite")
        person = PersonRecord.objects.select_for_update().get(pk=invite.person_id)
        person.set_password(password)
        person.save(update_fields=["password"])
        reset(username=person.username)
        entry.about = f"person:{person.pk}"
    return person
