"""Who can reach an open point of service in time. In: a `Coverage`. Out: a `Figure`: every place in demand a row, the uncovered by name.

Straight line times a detour factor, because road times are seldom at hand; how people travel is declared in the pack and shown.
"""

from __future__ import annotations

from decimal import Decimal

from luoshi.indicator.at_hand import AtHand, Cells, no_rows, row_of, take
from luoshi.indicator.figure import Figure
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Coverage
from luoshi.pack.pack import Pack
from luoshi.provenance import Because, Row
from luoshi.register.geometry import Point, kilometres, read_point
from luoshi.register.record import field_of
from luoshi.register.unit import divide, written_unit
from luoshi.register.warehouse import Warehouse


def measure_coverage(pack: Pack, warehouse: Warehouse, spec: Coverage, moment: Moment) -> Figure:
    """「可达覆盖率」 Weight within reach ÷ weight."""
    demand = take(pack, warehouse, spec.demand, (), None, moment)
    points = take(pack, warehouse, spec.points, spec.where, None, moment)
    places = [(str(cells["_title"]), place) for cells in points.rows if (place := read_point(cells[spec.point_at] or ""))]
    rows, left, top, bottom = _reached(spec, demand, places)
    unit = written_unit(field_of(demand.spec, spec.weight))
    far = f"直线距离×{spec.detour:g}，{spec.mode}每小时{spec.speed_kmh:g}公里"
    rule = f"看可达：截至{moment}，{demand.spec.title}到最近的{points.spec.title}不超过{spec.minutes:g}分钟的人口，除以全部人口（{far}）"
    facts_from = f"台账“{demand.spec.title}”{demand.looked}条、“{points.spec.title}”{points.looked}条（可用的{len(places)}个）"
    because = Because(rule, spec.scope, facts_from, tuple(rows[:moment.shown]), tuple(left[:moment.shown]), len(rows), len(left))
    empty = no_rows(spec, demand) or no_rows(spec, points) or ("" if bottom else "分母为空：没有一个需求点填了人口和坐标。")
    value = None if empty else divide(top * (100 if spec.unit == "%" else 1), bottom)
    return Figure(spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
                  "no_facts" if empty else "known", value, because, top, bottom, unit, unit, missing=empty)


def _reached(spec: Coverage, demand: AtHand, places: list[tuple[str, Point]]) -> tuple[list[Row], list[Row], Decimal, Decimal]:
    rows: list[Row] = []
    left: list[Row] = []
    top = bottom = Decimal(0)
    for cells in demand.rows:
        here, weight = read_point(cells[spec.demand_at] or ""), cells[spec.weight]
        if here is None or weight is None:
            left.append(row_of(cells, demand.spec, (spec.weight,), "坐标或人口未填，无法计算"))
            continue
        bottom += weight
        minutes, name = min(((_minutes(spec, here, place), name) for name, place in places), default=(None, ""))
        if minutes is not None and minutes <= spec.minutes:
            top += weight
            rows.append(_row(cells, demand, spec, f"到“{name}”约{minutes:.0f}分钟", Decimal(weight)))
        else:
            nearest = f"，最近的是“{name}”，约{minutes:.0f}分钟" if minutes is not None else ""
            left.append(_row(cells, demand, spec, f"只在分母：{spec.minutes:g}分钟内到不了{nearest}", None))
    left += [row_of(cells, demand.spec, (spec.weight,), why) for cells, why in demand.left]
    return rows, left, top, bottom


def _row(cells: Cells, demand: AtHand, spec: Coverage, reason: str, amount: Decimal | None) -> Row:
    return row_of(cells, demand.spec, (spec.weight,), reason, amount)


def _minutes(spec: Coverage, here: Point, place: Point) -> float:
    return kilometres(here, place) * spec.detour / spec.speed_kmh * 60
