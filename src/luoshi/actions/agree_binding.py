"""Agree on how a promise is counted「约定怎么算」. In: who, which promise, what is agreed, the version that the form showed.
Out: `BindingRecord`. Raises Stale, CannotBind. The list's facts version moves, so that everything is told anew.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import Entry, writing
from luoshi.pack.agreed import Agreed, agreed_to_json, check_agreed
from luoshi.pack.said import Complaint
from luoshi.plan.milestone import Milestone
from luoshi.plan.restore import plan_from_json
from luoshi.plan.target import Target
from luoshi.status.stand import check_unit
from luoshi.store.models import BindingRecord, ListRecord
from luoshi.store.queries.agreed import city_pack
from luoshi.store.who import Who


class CannotBind(Exception):
    """「不能约定」 complaints: what is wrong, each with the key it is about."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        self.complaints = complaints
        super().__init__("；".join(complaint.text for complaint in complaints))


def agree_binding(who: Who, at: datetime, list_id: int, promise_id: str, agreed: Agreed, expected: int) -> BindingRecord:
    """expected: number of the version that the form was made from, 0 for none."""
    with writing(who, "binding.agree", at, right="bind_target", list_id=list_id) as entry:
        held, last, promise = hold_versions(list_id, promise_id, expected)
        pack, _findings = city_pack(held)
        complaints = (*check_agreed(pack, agreed), *check_unit(pack, agreed, promise))
        if complaints:
            raise CannotBind(complaints)
        return next_version(who, at, held, last, BindingRecord(promise_id=promise_id, agreed=agreed_to_json(agreed)), entry)


def hold_versions(list_id: int, promise_id: str, expected: int) -> tuple[ListRecord, BindingRecord | None, Target | Milestone]:
    """The list, locked, the newest version, and what is counted; Stale where that is another one, or the promise is gone."""
    held = ListRecord.objects.select_for_update().select_related(None).get(pk=list_id)
    last = BindingRecord.objects.filter(list_id=list_id, promise_id=promise_id).order_by("-number").first()
    if (last.number if last else 0) != expected:
        raise Stale(_("您打开页面以后，别人改了它怎么算，所以没有保存。下面是您填的；请和现在的约定核对后再存。"))
    promise = _promise(held, promise_id)
    if promise is None:
        raise Stale(_("现行方案里没有这个指标了，不能约定怎么算。请从总览重新打开。"))
    return held, last, promise


def _promise(held: ListRecord, promise_id: str) -> Target | Milestone | None:
    if held.plan is None:
        return None
    plan = plan_from_json(held.plan.plan)
    promises: list[Target | Milestone] = [*(t for _, _, t in plan.targets()), *(m for _, _, m in plan.milestones())]
    return next((promise for promise in promises if promise.id == promise_id), None)


def next_version(who: Who, at: datetime, held: ListRecord, last: BindingRecord | None, made: BindingRecord, entry: Entry) -> BindingRecord:
    """Append it; what was before and what is now go to the journal."""
    assert held.plan_id is not None, "hold_versions found the promise in it"
    made.list, made.plan_id, made.number = held, held.plan_id, (last.number if last else 0) + 1
    made.by_id, made.at = who.person_id, at
    made.save(force_insert=True)
    ListRecord.objects.filter(pk=held.pk).update(facts_version=F("facts_version") + 1)
    entry.about = f"promise:{made.promise_id}"
    entry.detail = {"number": made.number, "before": last.agreed if last else None, "after": made.agreed, "restores": made.restores}
    return made
