"""How targets of a list are split over units and quarters. In: a list. Out: `Breakdown` by id of the target; the newest version of one."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.breakdown import Breakdown, breakdown_from_json
from luoshi.store.models import BreakdownRecord, ListRecord, OrganRecord


@dataclass(frozen=True, slots=True)
class BreakdownAtHand:
    """「现行分解」 number: 0 where nothing has been split yet. by, at: who saved it, when."""

    number: int
    shares: Breakdown
    record: BreakdownRecord | None


def breakdowns_of(record: ListRecord) -> dict[str, Breakdown]:
    """The newest of every target: one query."""
    found = BreakdownRecord.objects.filter(list_id=record.pk).order_by("number").values_list("promise_id", "shares")
    return {promise: breakdown_from_json(shares) for promise, shares in found}


def breakdown_of(record: ListRecord, promise_id: str) -> BreakdownAtHand:
    """One target's."""
    last = BreakdownRecord.objects.select_related("by").filter(list_id=record.pk, promise_id=promise_id).order_by("-number").first()
    return BreakdownAtHand(last.number, breakdown_from_json(last.shares), last) if last else BreakdownAtHand(0, Breakdown(), None)


def unit_names() -> tuple[str, ...]:
    """Every unit, for a list to choose from."""
    return tuple(OrganRecord.objects.order_by("name").values_list("name", flat=True))
