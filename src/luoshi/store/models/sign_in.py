"""Tables of how people sign in: links to set a first password, the second factor, identities of other systems, where somebody is signed in."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.roles import ROLE_WORDS


class InviteRecord(models.Model):
    """A one-time link「开通链接」 by which a person sets a password. Only the hash of its token is kept."""

    person = models.ForeignKey(PersonRecord, models.CASCADE, related_name="invites")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "invite"


class SecondFactorRecord(models.Model):
    """The second factor「二次验证」 of a person. secret: sealed (store/sealed.py). confirmed_at: None until a first code
    was right. last_step: the newest code used, never again."""

    person = models.OneToOneField(PersonRecord, models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        db_table = "second_factor"


class RecoveryCodeRecord(models.Model):
    """A recovery code「恢复码」 for somebody without the telephone: once, only its hash is kept."""

    person = models.ForeignKey(PersonRecord, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recovery_code"
        constraints = [models.UniqueConstraint(fields=["person", "code_hash"], name="recovery_code_once")]


class FactorRoleRecord(models.Model):
    """A role that must use the second factor「须二次验证的角色」, as the administrator chose."""

    role = models.CharField(max_length=20, choices=list(ROLE_WORDS.items()), unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "factor_role"


class IdentityRecord(models.Model):
    """Who a person is in another system「外部身份」: linked by an administrator, never made by signing in."""

    person = models.ForeignKey(PersonRecord, models.CASCADE, related_name="identities")
    provider = models.CharField("身份系统", max_length=40)
    subject = models.CharField("标识", max_length=200)
    by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "identity"
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="identity_once")]


class SignInRecord(models.Model):
    """Where somebody is signed in「登录处」. session_hash: of the session's key, which itself stays out of backups."""

    person = models.ForeignKey(PersonRecord, models.CASCADE, related_name="sign_ins")
    session_hash = models.CharField(max_length=64, unique=True)
    way = models.CharField(max_length=40)
    agent = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in"
        ordering = ("-at",)
