"""How often each promise of a list is reported. In: a list, its story, what is asked of units. Out: lines, exceptions, what a change would add."""

from __future__ import annotations

from dataclasses import dataclass, replace

from luoshi.pack.supervision_spec import CyclePreset
from luoshi.status.stand import Item
from luoshi.store.models import CycleRecord, ListRecord
from luoshi.store.queries.burden import requests_of, times_of
from luoshi.store.queries.office import office_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.queries.windows import Windows
from luoshi.supervision.burden import Added, adding


@dataclass(frozen=True, slots=True)
class CycleLine:
    """「报送安排一行」 One promise, its cycle, whether that differs from the list's, who reports."""

    item: Item
    cycle: CyclePreset
    is_own: bool
    leads: tuple[str, ...]


def cycle_lines(record: ListRecord, told: Told, windows: Windows) -> tuple[CycleLine, ...]:
    """In the order of the list. One query."""
    units = units_of_items(record, told.items)
    return tuple(CycleLine(item, windows.cycle_of(item.promise.id), item.promise.id in windows.own, tuple(units[item.promise.id].leads.values()))
                 for item in told.items)


def exceptions_of(record: ListRecord) -> tuple[CycleRecord, ...]:
    """Other due days, the next first. One query."""
    return tuple(CycleRecord.objects.filter(list=record).exclude(period="").order_by("due_on", "id"))


def added_by(record: ListRecord, told: Told, line: CycleLine, cycle: CyclePreset) -> tuple[Added, ...]:
    """For each unit that leads it: the month before and after, with the cycle in the place of the one it has."""
    asking, ceiling = requests_of(record, told.as_of), office_of(record).ceiling
    serves, most = (f"{line.item.number} {line.item.title}",), float(ceiling) if ceiling is not None else None
    made = []
    for unit in line.leads:
        held = next(r for r in asking.requests if (r.unit, r.serves, r.lists) == (unit, serves, (record.title,)))
        others = [r for r in asking.requests if r is not held]
        before, after = adding(others, held, most), adding(others, replace(held, times=times_of(cycle)), most)
        made.append(Added(unit, before.after, after.after, most, after.serves_nothing))
    return tuple(made)

