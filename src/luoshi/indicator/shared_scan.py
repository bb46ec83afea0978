"""Figures of many indicators, days and places by one scan of each register. In: names, days, what to divide by. Out: `Figure`s.

They are the figures that each indicator gives by itself, without the rows behind them: those are asked for where somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from luoshi.indicator.count import count_figure, sum_figure
from luoshi.indicator.cube import answer_groups, group_versions
from luoshi.indicator.cube_plan import CubePlan, CubeQuestion
from luoshi.indicator.evaluate import as_published
from luoshi.indicator.figure import Figure
from luoshi.indicator.judging import Judged, steps_of
from luoshi.indicator.moment import Moment
from luoshi.indicator.ratio import ratio_figure
from luoshi.pack.indicator_spec import Condition, Count, Ratio, Sum
from luoshi.pack.pack import Pack
from luoshi.register.warehouse import DAYS, Warehouse

Place = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ScanDay:
    """「扫描日」 A day with the year of its list."""

    as_of: date
    year: int


def fits_days(days: Iterable[date]) -> bool:
    """Whether one scan can tell them all: month ends, and one more day after them."""
    return all((day + timedelta(days=1)).day == 1 for day in sorted(set(days))[:-1])


def scan(
    pack: Pack, warehouse: Warehouse, plan: CubePlan, days: tuple[ScanDay, ...], known_at: date | None = None,
    places: Iterable[Place] | None = None,
) -> dict[str, dict[tuple[date, Place], Figure]]:
    """「合并扫描」 indicator → (day, place) → its figure. places: values of `plan.dims`; those that rows name, where left out."""
    rows = ask_scan(pack, warehouse, plan, days, known_at)
    return figures_of(pack, plan, rows, days, warehouse.how_many(plan.register), known_at, places)


def ask_scan(
    pack: Pack, warehouse: Warehouse, plan: CubePlan, days: tuple[ScanDay, ...], known_at: date | None = None
) -> list[dict[str, Any]]:
    """「扫描答案」 The rows of `answer_groups`."""
    last = max(days, key=lambda day: day.as_of)
    warehouse.set_day(last.as_of, last.year, known_at)
    warehouse.set_days((day.as_of, day.year) for day in days)
    register, has_versions = pack.registers[plan.register], warehouse.has_versions[plan.register]
    return warehouse.ask(("scan", plan), lambda: answer_groups(
        plan, register, group_versions(plan, register, warehouse.known(plan.register), has_versions), DAYS))


def figures_of(
    pack: Pack, plan: CubePlan, rows: Iterable[Mapping[str, Any]], days: tuple[ScanDay, ...], looked: int, known_at: date | None = None,
    places: Iterable[Place] | None = None,
) -> dict[str, dict[tuple[date, Place], Figure]]:
    """「填数」 The answers of a cube as figures. looked: how many records the register has, as was known then."""
    answers = {(row["as_of"], tuple(row[name] for name in plan.dims)): row for row in rows}
    if places is None:
        places = dict.fromkeys(place for _day, place in answers) if plan.dims else [()]
    asked = [(day, place) for day in days for place in places]
    return {
        question.indicator: {
            (day.as_of, place): _figure(pack, plan, number, place, answers.get((day.as_of, place), {}), looked,
                                        Moment(day.as_of, day.year, known_at, 0))
            for day, place in asked
        } for number, question in enumerate(plan.questions)
    }


def _figure(pack: Pack, plan: CubePlan, number: int, place: Place, row: Mapping[str, Any], looked: int, moment: Moment) -> Figure:
    question = plan.questions[number]
    judged = _judged(pack, question, row, number, looked)
    spec = pack.indicators[question.indicator]
    assert isinstance(spec, Count | Sum | Ratio)
    where = tuple(Condition(field=name, op="is_blank") if value is None else Condition(field=name, op="=", value=value)
                  for name, value in zip(plan.dims, place, strict=True))
    spec = spec.model_copy(update={"where": (*spec.where, *where)}) if where else spec
    if isinstance(spec, Count):
        figure = count_figure(pack, spec, judged, moment)
    elif isinstance(spec, Sum):
        figure = sum_figure(pack, spec, judged, moment)
    else:
        figure = ratio_figure(pack, spec, judged, moment)
    return as_published(spec, figure, moment)


def _judged(pack: Pack, question: CubeQuestion, row: Mapping[str, Any], number: int, looked: int) -> Judged:
    counted = int(row.get(f"c{number}") or 0)
    inside = int(row.get(f"i{number}") or 0) if question.below else counted
    top, bottom = (Decimal(row.get(f"{side}{number}") or 0) for side in "tb")
    register = pack.registers[question.wanted.register]
    return Judged(register, question.wanted, steps_of(pack, question.wanted), looked, counted, inside, 0, top, bottom, ())
