"""Change one's own password; give another person a new one. In: a person and a password. Out: nothing; old sessions are dead.

Sessions carry a hash of the password, so that a changed password signs the person out everywhere else.
"""

from __future__ import annotations

from datetime import datetime

from axes.utils import reset

from luoshi.actions.new_password import new_password
from luoshi.actions.writing import writing
from luoshi.store.models import PersonRecord
from luoshi.store.who import Who


def change_password(who: Who, at: datetime, password: str) -> PersonRecord:
    """One's own; no right is needed. The page has asked for the old one."""
    with writing(who, "password.change", at, right=None) as entry:
        person = _store(who.person_id, password)
        entry.about = f"person:{person.pk}"
    return person


def reset_password(who: Who, at: datetime, person_id: int) -> str:
    """A generated password for somebody who forgot theirs, to be handed over; a name closed by wrong passwords opens again."""
    with writing(who, "password.reset", at, right="manage_people") as entry:
        password = new_password()
        person = _store(person_id, password)
        reset(username=person.username)
        entry.about, entry.detail = f"person:{person.pk}", {"username": person.username}
    return password


def _store(person_id: int, password: str) -> PersonRecord:
    person = PersonRecord.objects.select_for_update().get(pk=person_id)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person
