"""One figure looked at closely. In: a list, an item, a day. Out: its parts, what moved it since a day, and what was known of it then.

Each opens the list's warehouse once; nothing is kept here, the page is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from luoshi.indicator.breakdown import By, CannotDivide, Part, break_down, open_part
from luoshi.indicator.composite import Composed, compose
from luoshi.indicator.moment import Moment
from luoshi.indicator.moved import Correction, Movement, correction_of, moved_since
from luoshi.pack.indicator_spec import Composite
from luoshi.pack.pack import Pack
from luoshi.register.warehouse import Warehouse, open_warehouse
from luoshi.store.models import ListRecord
from luoshi.store.queries.story import get_ready

T = TypeVar("T")


def parts_of(record: ListRecord, indicator: str, by: By, as_of: date, known_at: date | None) -> tuple[Part, ...] | CannotDivide:
    """By district, unit or month; or why it cannot be divided so."""
    try:
        return _with(record, lambda pack, warehouse: break_down(pack, warehouse, indicator, by, as_of, year_of(record), known_at))
    except CannotDivide as cannot:
        return cannot


def part_of(record: ListRecord, indicator: str, by: By, part: str, as_of: date, known_at: date | None) -> Part | None:
    """One of them with its own rows, counted and not."""
    return _with(record, lambda pack, warehouse: open_part(pack, warehouse, indicator, by, part, as_of, year_of(record), known_at))


def movement_of(record: ListRecord, indicator: str, since: date, as_of: date, known_at: date | None) -> Movement:
    """Rows that entered, left and changed between the day as it was told then and the day as it is known now."""
    return _with(record, lambda pack, warehouse: moved_since(pack, warehouse, indicator, since, as_of, year_of(record), known_at))


def correction_since(record: ListRecord, indicator: str, as_of: date, known_then: date) -> Correction | None:
    """What was said of the day as known then, where that no longer holds."""
    return _with(record, lambda pack, warehouse: correction_of(pack, warehouse, indicator, as_of, known_then, year_of(record)))


def composed_of(record: ListRecord, spec: Composite, as_of: date, known_at: date | None = None) -> Composed:
    """What a composite index is made of on the day: its weights and its values, for trying others."""
    def look(pack: Pack, warehouse: Warehouse) -> Composed:
        warehouse.set_day(as_of, year_of(record), known_at)
        return compose(pack, warehouse, spec, Moment(as_of, year_of(record), known_at))

    return _with(record, look)


def year_of(record: ListRecord) -> int:
    """The year that a story of the list is told for."""
    return get_ready(record).pack.file.year or record.year


def _with(record: ListRecord, look: Callable[[Pack, Warehouse], T]) -> T:
    ready = get_ready(record)
    with open_warehouse(ready.pack, ready.facts, ready.queries.compiled) as warehouse:
        return look(ready.pack, warehouse)
