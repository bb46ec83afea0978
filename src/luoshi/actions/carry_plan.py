"""What a new version of a list takes over from the one in force「沿用」: ids, what was asked originally, and the reasons for what is easier now.

In: the version in force, the plan to confirm, reasons by change. Out: the plan with the old ids, and what the new version remembers.
Raises ReasonWanted: nothing is softened in silence.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from luoshi.plan.carry import carry_ids
from luoshi.plan.diff import PlanChange, PlanDiff, compare_plans
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.publish.diff_words import how_words
from luoshi.store.models import PlanRecord

LONGEST = 500


class ReasonWanted(Exception):
    """「缺理由」 Something is easier or gone, and nobody has said why. keys: of the changes without a (usable) reason."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(_("有%(count)s处要求放松或删去，还没有说明理由，方案没有确认。请逐条写明，每条不超过%(limit)s字。")
                         % {"count": len(keys), "limit": LONGEST})
        self.keys = keys


def carry_plan(before: PlanRecord, plan: Plan, reasons: dict[str, str]) -> tuple[Plan, dict[str, Any]]:
    """reasons: by `PlanChange.key`."""
    old = plan_from_json(before.plan)
    diff = compare_plans(old, plan)
    given = {key: " ".join(words.split()) for key, words in reasons.items()}
    missing = tuple(c.key for c in diff.softened() if not 0 < len(given.get(c.key, "")) <= LONGEST)
    if missing:
        raise ReasonWanted(missing)
    softened = [_as_told(change, given[change.key]) for change in diff.softened()]
    carried = {"from": before.number, "renamed": {new: kept for new, kept in diff.ids.items() if new != kept}, "softened": softened,
               "went_into": _went_into(diff), "originals": _originals(before, diff, given)}
    return carry_ids(plan, old, diff.ids), carried


def _as_told(change: PlanChange, reason: str) -> dict[str, Any]:
    """One entry of the journal: what stood there, what stands there now, and why."""
    old, new = change.old, change.new
    return {"no": new.no if new else old.no if old else "", "old": old.text if old else "", "new": new.text if new else "",
            "how": how_words(change), "easier": list(change.easier), "reason": reason}


def _went_into(diff: PlanDiff) -> dict[str, str]:
    """Old id that is no more → the id into which it was merged."""
    return {c.old.id: diff.ids.get(c.new.id, c.new.id) for c in diff.changes if c.hows == ("merged",) and c.old and c.new}


def _originals(before: PlanRecord, diff: PlanDiff, reasons: dict[str, str]) -> dict[str, dict[str, str]]:
    """By id: how each changed promise stood when it was first confirmed, and why it was made easier, the last time that it was."""
    known: dict[str, dict[str, str]] = dict(before.carried.get("originals", {}))
    originals = {}
    for change in diff.changes:
        if change.thing not in {"target", "milestone"} or change.old is None or change.new is None:
            continue
        was = known.get(change.old.id)
        if was or _is_other(change):
            first = was or {"text": change.old.text, "version": str(before.number), "reason": ""}
            originals[change.old.id] = {**first, "reason": reasons.get(change.key) or first["reason"]}
    return originals


def _is_other(change: PlanChange) -> bool:
    return bool(change.easier or change.harder or change.unclear)
