"""Fields that follow from others: a difference, a date so many years later.

In: the cells of one row by field name. Out: the same with derived ones filled in, and the names of those that were written otherwise.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luoshi.pack.register_spec import FieldSpec
from luoshi.register.record import Value


def derive(fields: tuple[FieldSpec, ...], cells: dict[str, Value]) -> list[FieldSpec]:
    """「推算」 Fill in what follows, in the order of the fields. A part that is blank leaves the result as it was written: not known
    is not zero. Out: the fields where something else had been written."""
    differing = []
    for field in fields:
        value = _derived(field, cells)
        if value is None:
            continue
        if cells.get(field.name) not in (None, value):
            differing.append(field)
        cells[field.name] = value
    return differing


def _derived(field: FieldSpec, cells: dict[str, Value]) -> Value:
    if field.difference:
        return _difference([cells.get(name) for name in (field.difference.of, *field.difference.minus)])
    if field.years_after:
        start = cells.get(field.years_after.date)
        return years_after(start, field.years_after.years) if isinstance(start, date) else None
    return None


def _difference(parts: list[Value]) -> Value:
    numbers = [part for part in parts if isinstance(part, int | Decimal)]
    if len(numbers) < len(parts):
        return None
    first, *others = numbers
    return first - sum(others)


def years_after(start: date, years: int) -> date:
    """「几年后」 The anniversary; of 29 February in a year without one, 28 February."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)
