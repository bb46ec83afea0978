"""Somebody must be able to manage people. In: nothing. Out: nothing, or the refusal `LastAdministrator`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luoshi.store.models import PostRecord


class LastAdministrator(Exception):
    """「最后一位管理员」 The change would leave nobody who can manage people. str(error) is the Chinese message."""


def must_keep_administrator() -> None:
    """Called inside the writing transaction, after the change: raising undoes it."""
    if not PostRecord.objects.filter(role="administrator", holder__is_active=True).exists():
        raise LastAdministrator(_("这样一来就没有系统管理员了，没有人能再管理人员。请先把系统管理员的岗位交给另一个人。"))
