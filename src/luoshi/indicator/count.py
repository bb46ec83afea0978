"""Counting and adding up the records of a register. In: a `Count` or `Sum`. Out: a `Figure` with its rows."""

from __future__ import annotations

from decimal import Decimal

from luoshi.indicator.children import child_rule_words, child_test
from luoshi.indicator.condition_words import rule_words
from luoshi.indicator.figure import Figure
from luoshi.indicator.judging import Judged, Wanted, judge
from luoshi.indicator.moment import Moment
from luoshi.indicator.row_words import questions_of, rows_of
from luoshi.pack.indicator_spec import Children, Count, Counting, Filter, RowFilters, Sum
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.provenance import Because
from luoshi.register.record import LEVELS, WORD_OF_LEVEL, field_of
from luoshi.register.unit import convert, read_unit, stored_unit
from luoshi.register.warehouse import Warehouse


def measure_count(pack: Pack, warehouse: Warehouse, spec: Count, moment: Moment) -> Figure:
    """「计数」 How many records, or how many different values."""
    return count_figure(pack, spec, judge(pack, warehouse, wanted_of(pack, spec, moment.shown)), moment)


def count_figure(pack: Pack, spec: Count, judged: Judged, moment: Moment) -> Figure:
    """「计数结果」 of what was judged."""
    register = judged.spec
    once = "、".join(field_of(register, name).title for name in spec.distinct)
    how = f"一{register.counted_as}算一{register.counted_as}" + (f"，同一{once}只算一次" if once else "")
    if spec.first_in_year:
        how += f"，头一次的“{field_of(register, spec.first_in_year).title}”要在{moment.year}年内"
    rule = f"数一数：截至{moment}，{which_rows(pack, spec, register, moment)}，{how}"
    because = because_of(spec, judged, rule, moment)
    return figure_of(spec, judged, because, moment, Decimal(judged.counted))


def measure_sum(pack: Pack, warehouse: Warehouse, spec: Sum, moment: Moment) -> Figure:
    """「合计」 The total of one field, in the unit of the indicator."""
    return sum_figure(pack, spec, judge(pack, warehouse, wanted_of(pack, spec, moment.shown)), moment)


def sum_figure(pack: Pack, spec: Sum, judged: Judged, moment: Moment) -> Figure:
    """「合计结果」 of what was judged."""
    register = judged.spec
    field = field_of(register, spec.field)
    source, target = stored_unit(field), read_unit(spec.unit)
    amounts = {cells["_key"]: convert(Decimal(cells[spec.field]), source, target) for cells in judged.rows if cells["_verdict"] == 0}
    rule = f"加一加：截至{moment}，{which_rows(pack, spec, register, moment)}，把“{field.title}”加起来（单位：{spec.unit}）"
    because = because_of(spec, judged, rule, moment, amounts)
    return figure_of(spec, judged, because, moment, convert(judged.top, source, target))


def wanted_of(pack: Pack, spec: Count | Sum, shown: int) -> Wanted:
    """What has to be judged for it."""
    level = level_of(spec, pack.registers[spec.register_name])
    if isinstance(spec, Sum):
        return Wanted(spec.register_name, spec.where, level, top=spec.field, shown=shown)
    return Wanted(spec.register_name, spec.where, level, distinct=spec.distinct, first=spec.first_in_year, shown=shown)


def level_of(spec: RowFilters, register: RegisterSpec) -> int:
    """The verification level from which a row counts."""
    return LEVELS[spec.counts_from or register.counts_from]


def which_rows(pack: Pack, spec: RowFilters, register: RegisterSpec, moment: Moment) -> str:
    """「哪些行」 可开发空间不少于10,000亩、并经牵头单位核验的重大平台."""
    words = filter_words(pack, register, spec.where, moment)
    level = level_of(spec, register)
    verified = f"经{WORD_OF_LEVEL[level]}" if level else ""
    which = "、".join(words) + ("、并" if words and verified else "") + verified
    return f"{which}的{register.title}" if which else f"登记在册的{register.title}"


def filter_words(pack: Pack, register: RegisterSpec, filters: tuple[Filter, ...], moment: Moment) -> list[str]:
    """Each filter as part of the rule."""
    return [
        child_rule_words(child_test(pack, one, 0), moment) if isinstance(one, Children)
        else rule_words(one, field_of(register, one.field), moment)
        for one in filters
    ]


def because_of(spec: Counting, judged: Judged, rule: str, moment: Moment, amounts: dict[str, Decimal] | None = None) -> Because:
    """「依据」 of a figure that comes from the records of one register."""
    return Because(
        rule, spec.scope, f"台账“{judged.spec.title}”，共{judged.looked}条记录", rows_of(judged, moment, True, amounts),
        rows_of(judged, moment, False), judged.counted, judged.looked - judged.counted, questions_of(judged, spec.indicator),
    )


def figure_of(spec: Counting, judged: Judged, because: Because, moment: Moment, value: Decimal) -> Figure:
    """「测算结果」 Known, unless the register is empty: nothing reported is not zero."""
    empty = not judged.looked
    known = f"（截至{moment.known_at}所知）" if moment.known_at else ""
    missing = f"台账“{judged.spec.title}”还没有一条记录{known}：没有填报不等于零。请{judged.spec.supply.unit}供数。" if empty else ""
    return Figure(
        spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
        "no_facts" if empty else "known", None if empty else value, because, missing=missing,
    )
