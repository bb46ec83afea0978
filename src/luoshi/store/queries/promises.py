"""Who leads and who supports what was promised. In: a list and its story. Out: unit ids for each target and milestone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.plan.task import Task
from luoshi.status.stand import Item
from luoshi.store.models import DutyRecord, ListRecord


@dataclass(frozen=True, slots=True)
class UnitsOf:
    """「承担单位」 Unit id → name, for one promise: those that lead, and so report; those that support, and see the reports."""

    leads: dict[int, str]
    supports: dict[int, str]


def units_of_items(record: ListRecord, items: Iterable[Item]) -> dict[str, UnitsOf]:
    """Promise id → its units, in the order of the document: one query. What stands in a task's goal is led by all who lead its measures."""
    held: dict[str, list[tuple[int, str, str]]] = {}
    duties = DutyRecord.objects.filter(plan_id=record.plan_id).order_by("id").values_list("holder_id", "organ_id", "organ__name", "role")
    for holder, organ_id, name, role in duties:
        held.setdefault(holder, []).append((organ_id, name, role))
    return {item.promise.id: _units(item, held) for item in items}


def _units(item: Item, held: dict[str, list[tuple[int, str, str]]]) -> UnitsOf:
    holders = item.task.measures if isinstance(item.holder, Task) and item.task.measures else (item.holder,)
    duties = [duty for holder in holders for duty in held.get(holder.id, ())]
    leads = {organ_id: name for organ_id, name, role in duties if role != "support"}
    return UnitsOf(leads, {organ_id: name for organ_id, name, role in duties if organ_id not in leads})
