"""Tables of people and posts. A duty belongs to a post; a person holds posts, and the successor inherits everything."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from luoshi.store.models.organ import OrganRecord
from luoshi.store.roles import ROLE_WORDS


class People(BaseUserManager["PersonRecord"]):
    """Looking people up by their sign-in name."""


class PersonRecord(AbstractBaseUser):
    """A person「人员」 who can sign in."""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("可登录", default=True)
    language = models.CharField("语言", max_length=10, default="zh-hans")
    objects = People()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "person"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name


class PostRecord(models.Model):
    """A post「岗位」: a role, in a unit or in the office as a whole, held by a person or vacant."""

    title = models.CharField("岗位", max_length=60)
    role = models.CharField("角色", max_length=20, choices=list(ROLE_WORDS.items()))
    organ = models.ForeignKey(OrganRecord, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="单位")
    holder = models.ForeignKey(PersonRecord, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="在岗")

    class Meta:
        db_table = "post"
        ordering = ("role", "title")


class SetupLinkRecord(models.Model):
    """A one-time link「启用链接」 that makes the first administrator. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "setup_link"


class TokenRecord(models.Model):
    """A token「令牌」 of the API: whose it is, what it may read, till when. Only its hash is kept."""

    person = models.ForeignKey(PersonRecord, models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField("范围", max_length=80, default="read")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "token"
