"""A figure in parts: by district, by unit, by month. In: an indicator and what to divide by. Out: `Part`s, in order, with what is left over.

Parts of a count or sum add up to the whole; parts of a ratio do not, and each is weighed by its own denominator. A row without a place is
a part of its own, so that nothing is lost.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from luoshi.indicator.evaluate import evaluate_indicator
from luoshi.indicator.figure import Figure
from luoshi.pack.indicator_spec import Balance, Condition, Count, Ratio, Sum
from luoshi.pack.pack import Pack
from luoshi.register.record import fields_of, value_of
from luoshi.register.warehouse import Warehouse

By = Literal["district", "supplier", "month"]
BY_WORDS: Final[dict[By, str]] = {"district": "属地", "supplier": "供数单位", "month": "月份"}
NOT_WRITTEN: Final = "没有写"


class CannotDivide(ValueError):
    """「不能分」 The figure does not come from rows that name a place. str(error) is the Chinese message."""


@dataclass(frozen=True, slots=True)
class Part:
    """「分项」 name: of the district, the unit, or the month."""

    name: str
    figure: Figure


def break_down(pack: Pack, warehouse: Warehouse, name: str, by: By, as_of: date, year: int, known_at: date | None = None) -> tuple[Part, ...]:
    """「分开看」 By month: how it stood at each month's end of the year."""
    if by == "month":
        days = month_ends(year, as_of)
        stood = ((day, evaluate_indicator(pack, warehouse, name, day, year, known_at)) for day in days)
        return tuple(Part(f"{day.month}月底" if day != as_of else f"{day}", figure) for day, figure in stood)
    spec = pack.indicators[name]
    if not isinstance(spec, Count | Sum | Ratio | Balance):
        raise CannotDivide(f"“{spec.title}”不是从一个台账的行直接数出来的，不能按{BY_WORDS[by]}分")
    register = pack.registers[spec.register_name]
    if by not in {field.name for field in fields_of(register)}:
        raise CannotDivide(f"台账“{register.title}”没有“{BY_WORDS[by]}”这一列")
    parts = []
    for place in _places(warehouse, pack, spec.register_name, by):
        test = Condition(field=by, op="=", value=place) if place else Condition(field=by, op="is_blank")
        # shadows are of the whole; a part has none
        narrowed = spec.model_copy(update={"where": (*spec.where, test), "shadows": ()})
        figure = evaluate_indicator(replace(pack, indicators={**pack.indicators, name: narrowed}), warehouse, name, as_of, year, known_at)
        parts.append(Part(place or NOT_WRITTEN, figure))
    return tuple(parts)


def month_ends(year: int, as_of: date) -> tuple[date, ...]:
    """「各月底」 of the year up to the day, and the day itself."""
    ends = [date(year, month, calendar.monthrange(year, month)[1]) for month in range(1, 13)]
    return (*(end for end in ends if end < as_of), as_of)


def _places(warehouse: Warehouse, pack: Pack, name: str, by: str) -> Iterable[str]:
    spec = pack.registers[name]
    return sorted({str(value_of(record, spec, by) or "") for record in warehouse.facts.records.get(name, ())}, key=lambda place: (not place, place))
