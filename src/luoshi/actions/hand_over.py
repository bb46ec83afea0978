"""Hand a post over「交接」: duties, reports and matters belong to the unit of the post, so the successor has them all at once; the notices that the
one before has not read go along.

In: the post, the new holder or nobody, the holder that the form showed. Out: `PostRecord`. Raises Stale, LastAdministrator.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.keep_administrator import must_keep_administrator
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.store.models import NoticeRecord, PersonRecord, PostRecord
from luoshi.store.roles import UNIT_ROLES
from luoshi.store.who import Who


def hand_over(who: Who, at: datetime, post_id: int, to: int | None, expected: int | None) -> PostRecord:
    """to, expected: ids of people; None for a vacant post."""
    with writing(who, "post.hand-over", at, right="manage_people") as entry:
        post = PostRecord.objects.select_for_update().get(pk=post_id)
        if post.holder_id != expected:
            raise Stale(_("您打开页面以后，这个岗位已经由别人交接过。请刷新页面，看看现在由谁在岗。"))
        if to is not None and not PersonRecord.objects.filter(pk=to, is_active=True).exists():
            raise Stale(_("要接手的人刚刚被停用，不能在岗。请刷新页面，另选一个人。"))
        post.holder_id = to
        post.save(update_fields=["holder"])
        must_keep_administrator()
        moved = _pass_on(post, expected, to) if expected is not None and to is not None else 0
        entry.about, entry.detail = f"post:{post.pk}", {"post": post.title, "holder": [expected, to], "notices": moved}
    return post


def _pass_on(post: PostRecord, before: int, to: int) -> int:
    """Unread notices that came for this post, unless the one before has another post for which they came. A key ends in reader and channel, so
    that what the successor was told already, or will be told today, is told once. While a post is vacant they stay with the one before."""
    unit = post.organ_id if post.role in UNIT_ROLES else None
    if unit is None and post.role != "supervision":
        return 0
    still = PostRecord.objects.filter(holder_id=before, **({"organ_id": unit, "role__in": UNIT_ROLES} if unit else {"role": "supervision"}))
    if still.exists():
        return 0
    waiting = list(NoticeRecord.objects.filter(person_id=before, channel="inbox", read_at=None, organ_id=unit).exclude(key__startswith="digest:"))
    keys = {notice.pk: _key_for(notice.key, before, to) for notice in waiting}
    there = set(NoticeRecord.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    passed = [notice for notice in waiting if keys[notice.pk] not in there]
    for notice in passed:
        notice.person_id, notice.key = to, keys[notice.pk]
    NoticeRecord.objects.bulk_update(passed, ["person", "key"])
    return len(passed)


def _key_for(key: str, before: int, to: int) -> str:
    """report:…:4:inbox → report:…:9:inbox"""
    return f"{key.removesuffix(f':{before}:inbox')}:{to}:inbox"
