"""Split a target over units and quarters「分解指标」. In: who, which target, the shares, the version the form was made from.
Out: `BreakdownRecord`. Raises Stale, CannotBreakDown. The quarters become the plan line of the target's light where the pack states none.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.plan.breakdown import Breakdown, Run, breakdown_to_json, check_breakdown
from luoshi.plan.restore import plan_from_json
from luoshi.store.models import BreakdownRecord, ListRecord
from luoshi.store.who import Who


class CannotBreakDown(Exception):
    """「不能分解」 str(error) is the Chinese message: what is wrong with the shares."""


def break_down(who: Who, at: datetime, list_id: int, promise_id: str, shares: Breakdown, run: Run | None, expected: int) -> BreakdownRecord:
    """expected: number of the version that the form showed, 0 for none. No shares at all: the target is not split any more."""
    with writing(who, "target.break-down", at, right="confirm_plan", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().select_related(None).get(pk=list_id)
        last = BreakdownRecord.objects.filter(list_id=list_id, promise_id=promise_id).order_by("-number").first()
        if (last.number if last else 0) != expected:
            raise Stale(_("您打开页面以后，别人改了这个指标的分解，所以没有保存。下面是您填的；请和现在的分解核对后再存。"))
        target = next((t for _task, _holder, t in plan_from_json(held.plan.plan).targets() if t.id == promise_id), None) if held.plan else None
        if target is None or held.plan is None:
            raise Stale(_("现行方案里没有这个指标了，不能分解。请从总览重新打开。"))
        problems = check_breakdown(target, run, shares).problems
        if problems:
            raise CannotBreakDown("".join(problems))
        made = BreakdownRecord.objects.create(list=held, promise_id=promise_id, number=expected + 1, plan=held.plan,
                                              shares=breakdown_to_json(shares), by_id=who.person_id, at=at)
        ListRecord.objects.filter(pk=list_id).update(facts_version=F("facts_version") + 1)
        entry.about, entry.detail = f"promise:{promise_id}", {"number": made.number, "before": last.shares if last else None, "after": made.shares}
    return made
