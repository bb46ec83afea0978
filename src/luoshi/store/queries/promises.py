"""Who leads and who supports what was promised. In: a list and its story. Out: unit ids for each target and milestone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.plan.task import Task
from luoshi.status.stand import Item
from luoshi.store.models import DutyRecord, ListRecord

FEW = 50
"""Holders asked for by their ids; more are read with all of the plan's."""


@dataclass(frozen=True, slots=True)
class UnitsOf:
    """「承担单位」 Unit id → name, for one promise: those that lead, and so report; those that support, and see the reports."""

    leads: dict[int, str]
    supports: dict[int, str]


def units_of_items(record: ListRecord, items: Iterable[Item]) -> dict[str, UnitsOf]:
    """Promise id → its units, in the order of the document: one query. What stands in a task's goal is led by all who lead its measures."""
    holders = {item.promise.id: _holders(item) for item in items}
    wanted = {holder for ids in holders.values() for holder in ids}
    duties = DutyRecord.objects.filter(plan_id=record.plan_id)
    if len(wanted) <= FEW:      # the page of one line must not read the duties of five hundred
        duties = duties.filter(holder_id__in=wanted)
    held: dict[str, list[tuple[int, str, str]]] = {}
    for holder, organ_id, name, role in duties.order_by("id").values_list("holder_id", "organ_id", "organ__name", "role"):
        held.setdefault(holder, []).append((organ_id, name, role))
    return {promise_id: _units([duty for holder in ids for duty in held.get(holder, ())]) for promise_id, ids in holders.items()}


def _holders(item: Item) -> list[str]:
    return [measure.id for measure in item.task.measures] if isinstance(item.holder, Task) and item.task.measures else [item.holder.id]


def _units(duties: list[tuple[int, str, str]]) -> UnitsOf:
    leads = {organ_id: name for organ_id, name, role in duties if role != "support"}
    return UnitsOf(leads, {organ_id: name for organ_id, name, role in duties if organ_id not in leads})
