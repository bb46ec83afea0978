"""The second factor「二次验证」: set it up, prove it, use it, take it away. In: a person, a code, the moment. Out: rows; codes shown once."""

from __future__ import annotations

import secrets
from datetime import datetime

from luoshi.actions.make_person import hash_of
from luoshi.actions.new_password import LETTERS
from luoshi.actions.writing import writing
from luoshi.store.models import FactorRoleRecord, RecoveryCodeRecord, SecondFactorRecord
from luoshi.store.one_time_code import new_secret, step_of_code
from luoshi.store.roles import ROLES
from luoshi.store.sealed import seal, unseal
from luoshi.store.who import Who

CODES = 10
PURPOSE = "second-factor"


def begin_factor(who: Who, at: datetime) -> None:
    """A new secret, which counts only after a code of it; one that is confirmed stays."""
    with writing(who, "factor.begin", at, right=None) as entry:
        waiting = SecondFactorRecord.objects.filter(person_id=who.person_id, confirmed_at=None).first()
        if waiting and unseal(waiting.secret, PURPOSE) is None:
            waiting.delete()
        SecondFactorRecord.objects.get_or_create(person_id=who.person_id, defaults={"secret": seal(new_secret(), PURPOSE), "made_at": at})
        entry.about = f"person:{who.person_id}"


def confirm_factor(who: Who, at: datetime, code: str) -> tuple[str, ...] | None:
    """None: the code is wrong. Otherwise the recovery codes, which are shown once."""
    with writing(who, "factor.confirm", at, right=None) as entry:
        row = SecondFactorRecord.objects.select_for_update().filter(person_id=who.person_id, confirmed_at=None).first()
        step = _step(row, code, at) if row else None
        entry.about, entry.detail = f"person:{who.person_id}", {"done": step is not None}
        if row is None or step is None:
            return None
        row.confirmed_at, row.last_step = at, step
        row.save(update_fields=["confirmed_at", "last_step"])
        return _new_codes(who.person_id)


def renew_codes(who: Who, at: datetime) -> tuple[str, ...]:
    """The old ones stop working."""
    with writing(who, "factor.codes", at, right=None) as entry:
        entry.about = f"person:{who.person_id}"
        return _new_codes(who.person_id)


def pass_factor(who: Who, at: datetime, code: str) -> bool:
    """A code of the telephone, or a recovery code; each counts once."""
    with writing(who, "factor.pass", at, right=None) as entry:
        row = SecondFactorRecord.objects.select_for_update().get(person_id=who.person_id, confirmed_at__isnull=False)
        step = _step(row, code, at)
        if step is not None:
            row.last_step = step
            row.save(update_fields=["last_step"])
        spare = RecoveryCodeRecord.objects.filter(person_id=who.person_id, code_hash=hash_of(code), used_at=None)
        used = step is None and bool(spare.update(used_at=at))
        entry.about, entry.detail = f"person:{who.person_id}", {"by": "app" if step is not None else "recovery" if used else "wrong"}
    return step is not None or used


def drop_factor(who: Who, at: datetime) -> None:
    """One's own; the page has asked for a code."""
    with writing(who, "factor.drop", at, right=None) as entry:
        _drop(who.person_id)
        entry.about = f"person:{who.person_id}"


def reset_factor(who: Who, at: datetime, person_id: int) -> None:
    """Somebody lost the telephone and the codes: an administrator, who knows them, takes it away."""
    with writing(who, "factor.reset", at, right="manage_people") as entry:
        _drop(person_id)
        entry.about = f"person:{person_id}"


def choose_factor_roles(who: Who, at: datetime, roles: frozenset[str]) -> None:
    """Which roles must use one: from their next request on they set it up before anything else."""
    with writing(who, "factor.roles", at, right="manage_people") as entry:
        before = set(FactorRoleRecord.objects.values_list("role", flat=True))
        wanted = [role for role in ROLES if role in roles]
        FactorRoleRecord.objects.exclude(role__in=wanted).delete()
        FactorRoleRecord.objects.bulk_create(FactorRoleRecord(role=role, at=at) for role in wanted if role not in before)
        entry.about, entry.detail = "setup", {"roles": [sorted(before), wanted]}


def drop_unreadable_factors() -> tuple[str, ...]:
    """After a restore onto a server with another key: nobody could prove these any more. Whose, by sign-in name; they set up a new one."""
    lost = [row for row in SecondFactorRecord.objects.select_related("person") if unseal(row.secret, PURPOSE) is None]
    for row in lost:
        _drop(row.person_id)
    return tuple(sorted(row.person.username for row in lost))


def _step(row: SecondFactorRecord, code: str, at: datetime) -> int | None:
    """None: the code is wrong, or the secret was sealed by another key; recovery codes work all the same."""
    secret = unseal(row.secret, PURPOSE)
    return None if secret is None else step_of_code(secret, code, at, row.last_step)


def _new_codes(person_id: int) -> tuple[str, ...]:
    RecoveryCodeRecord.objects.filter(person_id=person_id).delete()
    codes = tuple("-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(CODES))
    RecoveryCodeRecord.objects.bulk_create(RecoveryCodeRecord(person_id=person_id, code_hash=hash_of(code)) for code in codes)
    return codes


def _drop(person_id: int) -> None:
    SecondFactorRecord.objects.filter(person_id=person_id).delete()
    RecoveryCodeRecord.objects.filter(person_id=person_id).delete()
