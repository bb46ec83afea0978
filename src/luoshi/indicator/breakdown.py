"""A figure in parts: by district, unit, month, or a column of its register. In: an indicator, what to divide by. Out: `Part`s, in order.

By a column of days the parts are its months: the guarantees in force by the month in which they end are a maturity ladder.

Parts of a count or sum add up to the whole; parts of a ratio do not, and each is weighed by its own denominator. A row without a place is
a part of its own, so that nothing is lost.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from luoshi.indicator.cube_plan import plan_cubes
from luoshi.indicator.evaluate import evaluate_indicator, measure_whole
from luoshi.indicator.figure import Figure
from luoshi.indicator.shared_scan import Place, ScanDay, scan
from luoshi.pack.indicator_spec import Balance, Condition, Count, Ratio, Sum
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import FieldSpec
from luoshi.register.record import field_of, fields_of
from luoshi.register.warehouse import Warehouse

By = str
"""district, supplier, month; or the name of a column of choices or of days."""
BY_WORDS: Final[dict[str, str]] = {"district": "属地", "supplier": "供数单位", "month": "月份"}
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
    if by not in BY_WORDS:
        return tuple(_narrowed(pack, warehouse, name, by, place, (as_of, year, known_at)) for place in _places(warehouse, pack, name, by))
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
    # shadows are of the whole; a part has none
    narrowed = spec.model_copy(update={"where": (*spec.where, *_tests(pack, name, by, place)), "shadows": ()})
    figure = evaluate_indicator(replace(pack, indicators={**pack.indicators, name: narrowed}), warehouse, name, *when)
    return Part(_written(pack, name, by, place), figure)


def _tests(pack: Pack, name: str, by: str, place: str | None) -> tuple[Condition, ...]:
    """Which rows are of the part; of a column of days a month, written 2019-10."""
    if not place:
        return (Condition(field=by, op="is_blank"),)
    if _column(pack, name, by).type != "date":
        return (Condition(field=by, op="=", value=place),)
    year, month = (int(part) for part in place.split("-"))
    last = calendar.monthrange(year, month)[1]
    return (Condition(field=by, op=">=", value=f"{place}-01"), Condition(field=by, op="<=", value=f"{place}-{last:02}"))


def _written(pack: Pack, name: str, by: str, place: str | None) -> str:
    """2019-10 → 2019年10月."""
    if not place:
        return NOT_WRITTEN
    return f"{place[:4]}年{int(place[5:])}月" if _column(pack, name, by).type == "date" else place


def _column(pack: Pack, name: str, by: str) -> FieldSpec:
    spec = pack.indicators[name]
    assert isinstance(spec, Count | Sum | Ratio | Balance)
    return field_of(pack.registers[spec.register_name], by)


def columns_of(pack: Pack, name: str) -> tuple[FieldSpec, ...]:
    """「可分的列」 Columns of choices and of days of the one register that an indicator counts; none for other kinds."""
    spec = pack.indicators[name]
    if not isinstance(spec, Count | Sum | Ratio | Balance):
        return ()
    fields = pack.registers[spec.register_name].fields
    return tuple(field for field in fields if field.type in ("choice", "date") and field.name not in BY_WORDS)


def _check_divisible(pack: Pack, name: str, by: By) -> None:
    spec = pack.indicators[name]
    if not isinstance(spec, Count | Sum | Ratio | Balance):
        raise CannotDivide(f"“{spec.title}”不是从一个台账的行直接数出来的，不能按{BY_WORDS.get(by, '列')}分")
    register = pack.registers[spec.register_name]
    allowed = {field.name for field in (fields_of(register) if by in BY_WORDS else columns_of(pack, name))}
    if by not in allowed:
        raise CannotDivide(f"台账“{register.title}”没有“{BY_WORDS.get(by, by)}”这一列可以分")


def open_part(
    pack: Pack, warehouse: Warehouse, name: str, by: By, part: str, as_of: date, year: int, known_at: date | None = None
) -> Part | None:
    """「打开一项」 One part with all of its own rows; rows of other places are no rows of it. None where there is no such part."""
    if by == "month":
        day = next((day for day in month_ends(year, as_of) if _part_name(day, as_of, ()) == part), None)
        return Part(part, measure_whole(pack, warehouse, name, day, year, known_at)) if day else None
    _check_divisible(pack, name, by)
    places = {_written(pack, name, by, place): place for place in _places(warehouse, pack, name, by)}
    if part not in places:
        return None
    spec = pack.indicators[name]
    assert isinstance(spec, Count | Sum | Ratio | Balance)
    tests = _tests(pack, name, by, places[part])
    narrowed = spec.model_copy(update={"where": (*tests, *spec.where), "shadows": ()})
    figure = measure_whole(replace(pack, indicators={**pack.indicators, name: narrowed}), warehouse, name, as_of, year, known_at)
    title, start = _column(pack, name, by).title, places[part] or ""
    own = tuple(row for row in figure.because.excluded if _is_of(dict(row.facts).get(title, ""), start, len(tests) > 1))
    return Part(part, replace(figure, because=replace(figure.because, excluded=own, excluded_total=len(own))))


def _is_of(written: str, place: str, is_month: bool) -> bool:
    """Whether a row that does not count is one of the part's own: by what stands in its column."""
    if not place:
        return written in ("", "未填")
    return written.startswith(place) if is_month else written == place


def month_ends(year: int, as_of: date) -> tuple[date, ...]:
    """「各月底」 of the year up to the day, and the day itself."""
    ends = [date(year, month, calendar.monthrange(year, month)[1]) for month in range(1, 13)]
    return (*(end for end in ends if end < as_of), as_of)


def _places(warehouse: Warehouse, pack: Pack, name: str, by: str) -> Iterable[str]:
    indicator = pack.indicators[name]
    assert isinstance(indicator, Count | Sum | Ratio | Balance)
    places = warehouse.values_of(indicator.register_name, by)
    if by not in BY_WORDS and _column(pack, name, by).type == "date":
        places = [f"{day:%Y-%m}" if day else "" for day in places]
    return sorted({place or "" for place in places}, key=lambda place: (not place, place))
