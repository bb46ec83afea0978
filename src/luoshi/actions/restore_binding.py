"""Count a promise again as an earlier version did「恢复以前的算法」, or as the pack does. In: who, which promise, the number of the
version, 0 for the pack's. Out: `BindingRecord`, a new version. Raises Stale, CannotBind.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.agree_binding import CannotBind, hold_versions, next_version
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.pack.agreed import check_agreed, read_agreed
from luoshi.store.models import BindingRecord
from luoshi.store.queries.agreed import city_pack
from luoshi.store.who import Who


def restore_binding(who: Who, at: datetime, list_id: int, promise_id: str, number: int, expected: int) -> BindingRecord:
    """What an earlier version agreed on is checked again: the pack may have changed since."""
    with writing(who, "binding.restore", at, right="bind_target", list_id=list_id) as entry:
        held, last, _promise = hold_versions(list_id, promise_id, expected)
        earlier = BindingRecord.objects.filter(list_id=list_id, promise_id=promise_id, number=number).first()
        if number and earlier is None:
            raise Stale(_("没有这一版，不能恢复。"))
        agreed, complaints = read_agreed(earlier.agreed) if earlier and earlier.agreed else (None, ())
        complaints += check_agreed(city_pack(held)[0], agreed) if agreed else ()
        if complaints:
            raise CannotBind(complaints)
        made = BindingRecord(promise_id=promise_id, agreed=earlier.agreed if earlier else {}, restores=number)
        return next_version(who, at, held, last, made, entry)
