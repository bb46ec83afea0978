"""Confirm that promises of two lists are the same matter「并报」, so that one report answers both; take one out of it again.

In: who, two places. Out: `SameMatterRecord`. Raises JoinRefused in words that help. Reports that were filed stay as they are.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.writing import writing
from luoshi.store.models import ListRecord, SameMatterRecord, SamePromiseRecord
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.same_matter import counted_in, shared_leads
from luoshi.store.queries.story import Told
from luoshi.store.who import Who

Place = tuple[ListRecord, Told, str]
"""A list with its story, and the promise in it."""


class JoinRefused(Exception):
    """「并报未过」 In words that help."""


def join_promises(who: Who, at: datetime, here: Place, there: Place) -> SameMatterRecord:
    """Counted in the same unit, led by one unit at least, in two lists; a matter has one promise of each list."""
    with writing(who, "promise.join", at, right="supervise", list_id=here[0].pk) as entry:
        list(ListRecord.objects.select_for_update().filter(pk__in=(here[0].pk, there[0].pk)).order_by("pk"))
        _check(here, there)
        kept = [SamePromiseRecord.objects.filter(list=record, promise_id=promise_id).first() for record, _told, promise_id in (here, there)]
        matter = next((each.matter for each in kept if each), None) or SameMatterRecord.objects.create(by_id=who.person_id, at=at)
        if all(kept):
            raise JoinRefused(_("这两项都已经并报了。要换，先在下面拆开。"))
        for (record, _told, promise_id), each in zip((here, there), kept, strict=True):
            if each is None and SamePromiseRecord.objects.filter(matter=matter, list=record).exists():
                raise JoinRefused(_("“%(list)s”里已经有一项和它并报，一张清单只能有一项。") % {"list": record.title})
            if each is None:
                SamePromiseRecord.objects.create(matter=matter, list=record, promise_id=promise_id)
        entry.about = f"list:{here[0].pk}"
        entry.detail = {"matter": matter.pk, "promises": [[record.pk, promise_id] for record, _told, promise_id in (here, there)]}
    return matter


def split_promise(who: Who, at: datetime, list_id: int, promise_id: str) -> None:
    """The rest of a matter stays together; one promise alone is no matter any more."""
    with writing(who, "promise.split", at, right="supervise", list_id=list_id) as entry:
        kept = SamePromiseRecord.objects.select_for_update().select_related("matter").get(list_id=list_id, promise_id=promise_id)
        matter = kept.matter
        entry.about, entry.detail = f"list:{list_id}", {"matter": matter.pk, "promise": promise_id}
        kept.delete()
        if matter.promises.count() < 2:
            matter.delete()


def _check(here: Place, there: Place) -> None:
    items = [next((item for item in told.items if item.promise.id == promise_id), None) for _record, told, promise_id in (here, there)]
    one, other = items
    if one is None or other is None:
        raise JoinRefused(_("有一项已经不在现行方案里了。请刷新再看。"))
    if here[0].pk == there[0].pk:
        raise JoinRefused(_("同一张清单里的两项不能并报：各有各的灯。"))
    if counted_in(one) != counted_in(other):
        words = _("两项的计量单位不同（%(one)s、%(other)s），同一个数不能报给两项。")
        raise JoinRefused(words % {"one": counted_in(one) or _("完成与否"), "other": counted_in(other) or _("完成与否")})
    if not shared_leads(units_of_items(here[0], (one,))[here[2]], units_of_items(there[0], (other,))[there[2]]):
        raise JoinRefused(_("两项没有共同的牵头单位，没有人能一次报两处。"))
