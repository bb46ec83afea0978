"""The balance of a ledger on a day. In: a `Balance`. Out: a `Figure`, every movement a row with its sign."""

from __future__ import annotations

from decimal import Decimal

from luoshi.indicator.count import because_of, figure_of, level_of, which_rows
from luoshi.indicator.figure import Figure
from luoshi.indicator.judging import Wanted, judge
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Balance, Condition
from luoshi.pack.pack import Pack
from luoshi.register.record import field_of
from luoshi.register.unit import convert, read_unit, stored_unit
from luoshi.register.warehouse import Warehouse


def measure_balance(pack: Pack, warehouse: Warehouse, spec: Balance, moment: Moment) -> Figure:
    """「余额」 Σ of what came in less Σ of what went out."""
    register = pack.registers[spec.register_name]
    field = field_of(register, spec.amount)
    kinds = Condition(field=spec.movement, op="in", value=(*spec.adds, *spec.takes), otherwise="这类收支不在这项余额里")
    wanted = Wanted(spec.register_name, (*spec.where, kinds), level_of(spec, register), top=spec.amount, takes=(spec.movement, spec.takes),
                    shown=moment.shown)
    judged = judge(pack, warehouse, wanted)
    source, target = stored_unit(field), read_unit(spec.unit)
    amounts = {
        cells["_key"]: convert(Decimal(cells[spec.amount]), source, target) * (-1 if cells[spec.movement] in spec.takes else 1)
        for cells in judged.rows if cells["_verdict"] == 0
    }
    less = f"，减去{'、'.join(spec.takes)}" if spec.takes else ""
    rule = (f"算余额：截至{moment}，{which_rows(pack, spec, register, moment)}，把{'、'.join(spec.adds)}的“{field.title}”"
            f"加起来{less}（单位：{spec.unit}）")
    return figure_of(spec, judged, because_of(spec, judged, rule, moment, amounts), moment, convert(judged.top, source, target))
