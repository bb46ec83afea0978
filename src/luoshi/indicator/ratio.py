"""Total over total, weighted: never a mean of ratios. In: a `Ratio`. Out: a `Figure` with both sides and every row's place in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from luoshi.indicator.count import because_of, figure_of, filter_words, level_of, which_rows
from luoshi.indicator.figure import Figure
from luoshi.indicator.judging import Judged, Wanted, judge
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Ratio
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.cell import write_number
from luoshi.register.record import field_of
from luoshi.register.unit import convert, divide, read_unit, stored_unit, written_unit
from luoshi.register.warehouse import Warehouse

_TIMES: Final = {"%": 100, "‰": 1000}


def measure_ratio(pack: Pack, warehouse: Warehouse, spec: Ratio, moment: Moment) -> Figure:
    """「比率」 Σ分子 ÷ Σ分母 over the same rows, in the unit of the indicator."""
    return ratio_figure(pack, spec, judge(pack, warehouse, wanted_of_ratio(pack, spec, moment.shown)), moment)


def wanted_of_ratio(pack: Pack, spec: Ratio, shown: int) -> Wanted:
    """What has to be judged for it."""
    level = level_of(spec, pack.registers[spec.register_name])
    return Wanted(spec.register_name, (*spec.where, *spec.bottom.where), level, spec.top.where, spec.top.field, spec.bottom.field, shown=shown)


def ratio_figure(pack: Pack, spec: Ratio, judged: Judged, moment: Moment) -> Figure:
    """「比率结果」 of what was judged."""
    register = judged.spec
    top_unit, bottom_unit = _units(register, spec)
    top = _side(register, spec.top.field, judged.top, judged.counted, top_unit)
    bottom = _side(register, spec.bottom.field, judged.bottom, judged.inside, bottom_unit)
    rule = _rule(pack, spec, register, moment)
    figure = figure_of(spec, judged, because_of(spec, judged, rule, moment), moment, Decimal(0))
    if figure.state != "known":
        return figure
    figure = replace(figure, top=top, bottom=bottom, top_unit=top_unit, bottom_unit=bottom_unit)
    if not bottom:
        missing = f"分母为空：没有一条记录符合分母的条件，或合计为{write_number(bottom)}。请核对台账“{register.title}”。"
        return replace(figure, state="no_facts", value=None, missing=missing)
    return replace(figure, value=divide(top * _TIMES.get(spec.unit, 1), bottom))


def _units(register: RegisterSpec, spec: Ratio) -> tuple[str, str]:
    """万元/亩 names both sides; a percentage takes both in the unit of the denominator, or in each one's own where it counts rows."""
    if "/" in spec.unit:
        top, _, bottom = spec.unit.partition("/")
        return top, bottom
    bottom = _own_unit(register, spec.bottom.field)
    return (bottom if spec.top.field and spec.bottom.field else _own_unit(register, spec.top.field)), bottom


def _own_unit(register: RegisterSpec, name: str | None) -> str:
    return written_unit(field_of(register, name)) if name else register.counted_as


def _side(register: RegisterSpec, name: str | None, total: Decimal, rows: int, unit: str) -> Decimal:
    if name is None:
        return divide(Decimal(rows), read_unit(unit).factor)
    return convert(total, stored_unit(field_of(register, name)), read_unit(unit))


def _rule(pack: Pack, spec: Ratio, register: RegisterSpec, moment: Moment) -> str:
    bottom = "、".join(filter_words(pack, register, spec.bottom.where, moment))
    whole = which_rows(pack, spec, register, moment) + (f"（{bottom}）" if bottom else "")
    words = "、".join(filter_words(pack, register, spec.top.where, moment))
    top = f"其中{words}的" if words else ""
    names = (spec.top.field, spec.bottom.field)
    sides = [f"“{field_of(register, name).title}”合计" if name else f"{register.counted_as}数" for name in names]
    weighted = "（先各自合计再相除，不是比率的平均）" if spec.top.field or spec.bottom.field else ""
    return f"比一比：截至{moment}，分母是{whole}的{sides[1]}，分子是{top}{sides[0]}，分子除以分母{weighted}"
