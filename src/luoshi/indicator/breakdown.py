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

from luoshi.indicator.cube_plan import plan_cubes
from luoshi.indicator.evaluate import evaluate_indicator, measure_whole
from luoshi.indicator.figure import Figure
from luoshi.indicator.shared_scan import Place, ScanDay, scan
from luoshi.pack.indicator_spec import Balance, Condition, Count, Ratio, Sum
from luoshi.pack.pack import Pack
from luoshi.register.record import field_of, fields_of
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
    """「分开看」 By month: how it stood at each month's end of the year. One scan where the figure can be told from groups of rows."""
    days = tuple(ScanDay(day, year) for day in (month_ends(year, as_of) if by == "month" else (as_of,)))
    if by != "month":
        _check_divisible(pack, name, by)
    plans, _alone = plan_cubes(pack, (name,), () if by == "month" else (by,))
    places: list[Place] = [()] if by == "month" else [(place or None,) for place in _places(warehouse, pack, name, by)]
    if plans:
        figures = scan(pack, warehouse, plans[0], days, known_at, places)[name]
        return tuple(Part(_part_name(day.as_of, as_of, place), figures[day.as_of, place]) for day in days for place in places)
    if by == "month":
        return tuple(Part(_part_name(day.as_of, as_of, ()), evaluate_indicator(pack, warehouse, name, day.as_of, year, known_at)) for day in days)
    return tuple(_narrowed(pack, warehouse, name, by, place[0], (as_of, year, known_at)) for place in places)


def _part_name(day: date, as_of: date, place: Place) -> str:
    if place:
        return place[0] or NOT_WRITTEN
    return f"{day.month}月底" if day != as_of else f"{day}"


def _narrowed(pack: Pack, warehouse: Warehouse, name: str, by: str, place: str | None, when: tuple[date, int, date | None]) -> Part:
    """One part by itself: the same indicator over the rows of the place."""
    spec = pack.indicators[name]
    assert isinstance(spec, Count | Sum | Ratio | Balance)
    test = Condition(field=by, op="=", value=place) if place else Condition(field=by, op="is_blank")
    # shadows are of the whole; a part has none
    narrowed = spec.model_copy(update={"where": (*spec.where, test), "shadows": ()})
    figure = evaluate_indicator(replace(pack, indicators={**pack.indicators, name: narrowed}), warehouse, name, *when)
    return Part(place or NOT_WRITTEN, figure)


def _check_divisible(pack: Pack, name: str, by: By) -> None:
    spec = pack.indicators[name]
    if not isinstance(spec, Count | Sum | Ratio | Balance):
        raise CannotDivide(f"“{spec.title}”不是从一个台账的行直接数出来的，不能按{BY_WORDS[by]}分")
    register = pack.registers[spec.register_name]
    if by not in {field.name for field in fields_of(register)}:
        raise CannotDivide(f"台账“{register.title}”没有“{BY_WORDS[by]}”这一列")


def open_part(
    pack: Pack, warehouse: Warehouse, name: str, by: By, part: str, as_of: date, year: int, known_at: date | None = None
) -> Part | None:
    """「打开一项」 One part with all of its own rows; rows of other places are no rows of it. None where there is no such part."""
    if by == "month":
        day = next((day for day in month_ends(year, as_of) if _part_name(day, as_of, ()) == part), None)
        return Part(part, measure_whole(pack, warehouse, name, day, year, known_at)) if day else None
    _check_divisible(pack, name, by)
    if part not in {place or NOT_WRITTEN for place in _places(warehouse, pack, name, by)}:
        return None
    spec = pack.indicators[name]
    assert isinstance(spec, Count | Sum | Ratio | Balance)
    value = None if part == NOT_WRITTEN else part
    test = Condition(field=by, op="=" if value else "is_blank", value=value)
    narrowed = spec.model_copy(update={"where": (test, *spec.where), "shadows": ()})
    figure = measure_whole(replace(pack, indicators={**pack.indicators, name: narrowed}), warehouse, name, as_of, year, known_at)
    title, own_values = field_of(pack.registers[spec.register_name], by).title, {value} if value else {"", "未填"}
    own = tuple(row for row in figure.because.excluded if dict(row.facts).get(title, "") in own_values)
    return Part(part, replace(figure, because=replace(figure.because, excluded=own, excluded_total=len(own))))


def month_ends(year: int, as_of: date) -> tuple[date, ...]:
    """「各月底」 of the year up to the day, and the day itself."""
    ends = [date(year, month, calendar.monthrange(year, month)[1]) for month in range(1, 13)]
    return (*(end for end in ends if end < as_of), as_of)


def _places(warehouse: Warehouse, pack: Pack, name: str, by: str) -> Iterable[str]:
    indicator = pack.indicators[name]
    assert isinstance(indicator, Count | Sum | Ratio | Balance)
    places = warehouse.values_of(indicator.register_name, by)
    return sorted({place or "" for place in places}, key=lambda place: (not place, place))
