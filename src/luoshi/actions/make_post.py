"""Make a post「岗位」, held or vacant; remove one that is vacant. In: role, title, unit, holder. Out: `PostRecord`. Raises Stale."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.store.models import PostRecord
from luoshi.store.who import Who


def make_post(who: Who, at: datetime, role: str, title: str, organ_id: int | None, holder_id: int | None = None) -> PostRecord:
    """A post of a liaison or a head needs a unit; the form asks for it."""
    with writing(who, "post.make", at, right="manage_people") as entry:
        post = PostRecord.objects.create(role=role, title=title, organ_id=organ_id, holder_id=holder_id)
        entry.about, entry.detail = f"post:{post.pk}", {"role": role, "title": title, "organ": organ_id, "holder": holder_id}
    return post


def remove_post(who: Who, at: datetime, post_id: int) -> None:
    """Only a vacant one: whoever holds a post is never left without it by the way."""
    with writing(who, "post.remove", at, right="manage_people") as entry:
        post = PostRecord.objects.select_for_update().get(pk=post_id)
        if post.holder_id is not None:
            raise Stale(_("这个岗位刚刚有人接手，不能撤销。请刷新页面再看。"))
        entry.about, entry.detail = f"post:{post.pk}", {"role": post.role, "title": post.title, "organ": post.organ_id}
        post.delete()
