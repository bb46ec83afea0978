"""Treatment by vintage: what was treated in the year over the stock at its opening. In: a `Cohort`. Out: a `Figure`, each batch a row.

A batch that was treated before the year is in the opening stock only with what was left; one of the year itself is not in it at all.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luoshi.indicator.at_hand import AtHand, Cells, no_rows, row_of, take
from luoshi.indicator.figure import Figure
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Cohort, Condition
from luoshi.pack.pack import Pack
from luoshi.provenance import Because, Row
from luoshi.register.record import field_of
from luoshi.register.unit import convert, divide, read_unit, stored_unit, written_unit
from luoshi.register.warehouse import Warehouse


def measure_cohort(pack: Pack, warehouse: Warehouse, spec: Cohort, moment: Moment) -> Figure:
    """「批次处置率」 Treated in the year ÷ opening stock, over the vintages before the year."""
    conditions = tuple(one for one in spec.where if isinstance(one, Condition))
    batches = take(pack, warehouse, spec.register_name, conditions, spec.counts_from, moment)
    treated = take(pack, warehouse, spec.treated, (), None, moment)
    parent = treated.spec.parent
    assert parent is not None, "the pack check lets no cohort pass without a child register"
    done: dict[str, list[tuple[date, Decimal]]] = {}
    for cells in treated.rows:
        if cells[spec.treated_on] and cells[spec.treated_amount] is not None:
            done.setdefault(str(cells[parent.field]), []).append((cells[spec.treated_on], cells[spec.treated_amount]))
    rows, left, opening, closed = _decide(spec, batches, done, moment)
    unit = written_unit(field_of(batches.spec, spec.size))
    top, bottom = (convert(amount, stored_unit(field_of(batches.spec, spec.size)), read_unit(unit)) for amount in (closed, opening))
    since = f"{moment.year - spec.back}年到" if spec.back else ""
    rule = (f"分批次：分母是{since}{moment.year - 1}年批准的各批在{moment.year}年初的剩余，"
            f"分子是其中{moment.year}年内（到{moment}）处置掉的，分子除以分母")
    because = Because(rule, spec.scope, f"台账“{batches.spec.title}”，共{batches.looked}条记录", rows, left, len(rows), len(left))
    empty = no_rows(spec, batches) or ("" if bottom else "分母为空：年初没有剩余。")
    value = None if empty else divide(top * (100 if spec.unit == "%" else 1), bottom)
    return Figure(spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
                  "no_facts" if empty else "known", value, because, top, bottom, unit, unit, missing=empty)


def _decide(
    spec: Cohort, batches: AtHand, done: dict[str, list[tuple[date, Decimal]]], moment: Moment
) -> tuple[tuple[Row, ...], tuple[Row, ...], Decimal, Decimal]:
    rows: list[Row] = []
    left = [row_of(cells, batches.spec, (spec.vintage, spec.size), why) for cells, why in batches.left]
    opening = closed = Decimal(0)
    for cells in batches.rows:
        why = _outside(spec, cells, moment)
        history = done.get(cells["_key"], [])
        stock = Decimal(0) if why else cells[spec.size] - sum(amount for day, amount in history if day < moment.year_start)
        if why or stock <= 0:
            left.append(row_of(cells, batches.spec, (spec.vintage, spec.size), why or f"{moment.year}年初已全部处置"))
            continue
        gone = sum((amount for day, amount in history if moment.year_start <= day <= min(moment.as_of, moment.year_end)), Decimal(0))
        opening, closed = opening + stock, closed + min(gone, stock)
        over = "，处置的超过了剩余，按剩余计，请核对" if gone > stock else ""
        size = field_of(batches.spec, spec.size)
        amount = convert(min(gone, stock), stored_unit(size), read_unit(written_unit(size)))
        rows.append(row_of(cells, batches.spec, (spec.vintage, spec.size), f"在年初剩余里{over}", amount))
    return tuple(rows), tuple(left), opening, closed


def _outside(spec: Cohort, cells: Cells, moment: Moment) -> str:
    day = cells[spec.vintage]
    if day is None or cells[spec.size] is None:
        return "批准日期或面积未填，无法计算"
    if day >= moment.year_start:
        return f"{day}才批准，不在{moment.year}年初的剩余里"
    if spec.back and day.year < moment.year - spec.back:
        return f"是{day.year}年的批次，早于{moment.year - spec.back}年"
    return ""
