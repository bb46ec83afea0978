"""A re-issued list against the version in force. In: who, a list, a draft. Out: `Reissue`; None where no version is in force."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.diff import PlanDiff, compare_plans
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.store.models import ListRecord, PlanRecord


@dataclass(frozen=True, slots=True)
class Reissue:
    """「重新印发」 The version in force, its number, and the comparison with what is about to be confirmed."""

    number: int
    document: str
    diff: PlanDiff


def compare_with_version(record: ListRecord, plan: Plan) -> Reissue | None:
    """Two plans compared: the one in force is read whole here, and only here."""
    if record.plan_id is None:
        return None
    version = PlanRecord.objects.select_related("document").defer("document__plan").get(pk=record.plan_id)
    return Reissue(version.number, version.document.name, compare_plans(plan_from_json(version.plan), plan))


def earlier_plans(record: ListRecord) -> tuple[Plan, ...]:
    """Versions before the one in force, the newest first: one query, none for a first version."""
    if record.plan is None or record.plan.number < 2:
        return ()
    found = PlanRecord.objects.filter(list_id=record.pk, number__lt=record.plan.number).order_by("-number").values_list("plan", flat=True)
    return tuple(plan_from_json(tree) for tree in found)
