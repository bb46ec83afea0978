"""Hand a post over「交接」: the duties belong to the post, so the successor has them all at once.

In: the post, the new holder or nobody, the holder that the form showed. Out: `PostRecord`. Raises Stale, LastAdministrator.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.keep_administrator import must_keep_administrator
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.store.models import PersonRecord, PostRecord
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
        entry.about, entry.detail = f"post:{post.pk}", {"post": post.title, "holder": [expected, to]}
    return post
