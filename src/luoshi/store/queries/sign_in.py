"""How people sign in: second factor, roles that need one, links, identities of other systems, places where somebody is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from luoshi.store.models import FactorRoleRecord, IdentityRecord, InviteRecord, PersonRecord, RecoveryCodeRecord, SecondFactorRecord, SignInRecord
from luoshi.store.sealed import unseal
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class FactorShown:
    """「二次验证状况」 since: None where it is not set up; waiting: a secret that no code has confirmed yet; codes: recovery codes left."""

    since: datetime | None
    waiting: str
    codes: int


def factor_of(person_id: int) -> FactorShown:
    """Two queries."""
    row = SecondFactorRecord.objects.filter(person_id=person_id).first()
    codes = RecoveryCodeRecord.objects.filter(person_id=person_id, used_at=None).count()
    return FactorShown(row.confirmed_at if row else None, _waiting(row), codes)


def _waiting(row: SecondFactorRecord | None) -> str:
    return (unseal(row.secret, "second-factor") or "") if row and row.confirmed_at is None else ""


def has_factor(person_id: int) -> bool:
    """Whether a code is asked for at sign-in."""
    return SecondFactorRecord.objects.filter(person_id=person_id, confirmed_at__isnull=False).exists()


def factor_roles() -> frozenset[str]:
    """Roles that must use one."""
    return frozenset(FactorRoleRecord.objects.values_list("role", flat=True))


def the_invited(token_hash: str, at: datetime) -> PersonRecord | None:
    """Whose link it is; None where it was used, ran out, or never was."""
    links = InviteRecord.objects.select_related("person").filter(token_hash=token_hash, used_at=None, expires_at__gt=at)
    found = links.filter(person__is_active=True).first()
    return found.person if found else None


def person_of_identity(provider: str, subject: str) -> PersonRecord | None:
    """Only somebody whom an administrator linked, and who may sign in."""
    found = IdentityRecord.objects.select_related("person").filter(provider=provider, subject=subject, person__is_active=True).first()
    return found.person if found else None


def identities_of(who: Who, person_id: int) -> tuple[IdentityRecord, ...]:
    """For those who manage people."""
    return tuple(IdentityRecord.objects.filter(person_id=person_id).order_by("provider", "subject")) if who.may("manage_people") else ()


def sign_ins_of(who: Who) -> tuple[SignInRecord, ...]:
    """One's own, the newest first, those that are not ended."""
    return tuple(SignInRecord.objects.filter(person_id=who.person_id, ended_at=None)[:50])
