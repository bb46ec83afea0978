"""Many indicators over one register by one scan: grouped once by everything they ask, then answered from the groups.

In: a `CubePlan`, a table of versions. Out: two queries: the groups with signed counts, and all figures of all days from them.

A version that is decided counts from the day it happened until the next decided one of its record: two signed rows (+1, -1), so that any
day's stock is a sum, and a changed row only adds a few groups. Dates are kept by month; what lies beyond the last day asked about is left
out before, so that every month's end and that day are exact. Conditions that this grain cannot hold keep their plan out (`cube_plan.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from luoshi.indicator.condition import holds, passes
from luoshi.indicator.cube_plan import ROLLING, CubePlan, CubeQuestion
from luoshi.pack.indicator_spec import Condition
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.record import field_of
from luoshi.register.warehouse import DAY, by, is_firm


def group_versions(plan: CubePlan, register: RegisterSpec, table: ir.Table, has_versions: bool) -> ir.Table:
    """「立方」 The groups: dimensions, what conditions look at, `_n` records and `_sum_…` of the fields that are added up; all signed. Only
    what counts by the last day asked about."""
    signed = _signed(plan, register, table, has_versions)
    keys = {name: signed[name] for name in (*plan.dims, *plan.listed)}
    for name in plan.rolling:
        keys |= {f"_month_{name}": signed[name].truncate("M"), f"_by_{name}": signed[name] <= DAY.as_of}
    keys |= {"_month": signed._from.truncate("M")}
    keys |= {f"_test{place}": holds(test, field_of(register, test.field), signed[test.field]) for place, test in enumerate(plan.tests)}
    keys |= {f"_filled_{name}": signed[name].notnull() for name in plan.sums if name not in plan.filled}
    sums = {f"_sum_{name}": signed[name] for name in plan.sums}
    if not has_versions:
        return signed.group_by(**keys).aggregate(_n=ibis._.count(), **{name: column.sum() for name, column in sums.items()})
    return signed.group_by(**keys).aggregate(
        _n=signed._sign.sum(), **{name: ibis.ifelse(signed._sign < 0, -column, column).sum() for name, column in sums.items()})


def columns_of(plan: CubePlan) -> tuple[str, ...]:
    """「所用列」 What the groups are made from."""
    return tuple(dict.fromkeys(("_no", "_key", "_happened", "_recorded", "_level", *_needed(plan), *(test.field for test in plan.always))))


def _needed(plan: CubePlan) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*plan.dims, *plan.listed, *plan.rolling, *(test.field for test in plan.tests), *plan.sums)))


def _signed(plan: CubePlan, register: RegisterSpec, table: ir.Table, has_versions: bool) -> ir.Table:
    needed = _needed(plan)
    if not has_versions:
        return table.filter(*_counts(plan, register, table), by(table._happened, DAY.as_of)).select(*needed, _from=table._happened)
    firm = table.filter(is_firm(plan.level))
    order = [ibis.asc(name, nulls_first=True) for name in ("_happened", "_recorded")]
    following = ibis.window(group_by="_key", order_by=[*order, ibis.asc("_no")])
    aged = firm.mutate(_until=firm._happened.lead().over(following), _followed=firm._no.lead().over(following).notnull())
    aged = aged.filter(*_counts(plan, register, aged))
    starts = aged.filter(by(aged._happened, DAY.as_of)).select(*needed, _from=aged._happened, _sign=ibis.literal(1, type="int64"))
    ends = aged.filter(aged._followed, by(aged._until, DAY.as_of)).select(*needed, _from=aged._until, _sign=ibis.literal(-1, type="int64"))
    return starts.union(ends)


def _counts(plan: CubePlan, register: RegisterSpec, table: ir.Table) -> list[Any]:
    """What every question asks of a version, whatever the day."""
    return [table._level >= plan.level, *(passes(test, field_of(register, test.field), table[test.field]) for test in plan.always),
            *(table[name].notnull() for name in plan.filled)]


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a question where a table of them is joined: the columns instead of the one day of the warehouse."""

    as_of: Any
    year_start: Any
    year_end: Any


def answer_groups(plan: CubePlan, register: RegisterSpec, groups: ir.Table, days: ir.Table) -> ir.Table:
    """「立方答案」 One row a day and place: `c…` counted, `i…` in the denominator, `t…` and `b…` the sums, numbered as `plan.questions`."""
    dated = groups.mutate(**{name: _last_day(groups, f"_month_{name}", f"_by_{name}") for name in plan.rolling})
    table = dated.cross_join(days)
    table = table.filter(by(table._month, table.as_of))     # a month's end, or the last day, which no group lies beyond
    day = _Days(table.as_of, table.year_start, table.year_end)
    totals: dict[str, Any] = {}
    for place, question in enumerate(plan.questions):
        totals |= _totals(plan, register, question, table, day, place)
    return table.group_by(["as_of", *plan.dims]).aggregate(**totals)


def _totals(plan: CubePlan, register: RegisterSpec, question: CubeQuestion, table: ir.Table, day: _Days, place: int) -> dict[str, Any]:
    filled = [table[f"_filled_{name}"] for name in dict.fromkeys(filter(None, (question.top, question.bottom))) if name not in plan.filled]
    inside = _all([*(_met(plan, register, test, table, day) for test in question.where), *filled])
    counted = _all([inside, *(_met(plan, register, test, table, day) for test in question.below)])
    totals = {f"c{place}": table._n.sum(where=counted)}
    if question.below:
        totals[f"i{place}"] = table._n.sum(where=inside)
    if question.top:
        totals[f"t{place}"] = table[f"_sum_{question.top}"].sum(where=counted)
    if question.bottom:
        totals[f"b{place}"] = table[f"_sum_{question.bottom}"].sum(where=inside)
    return totals


def _met(plan: CubePlan, register: RegisterSpec, test: Condition, table: ir.Table, day: _Days) -> Any:
    if test in plan.tests:
        return table[f"_test{plan.tests.index(test)}"]
    if test.op in ROLLING:
        return holds(test, field_of(register, test.field), table[test.field], day)
    return holds(test, field_of(register, test.field), table[test.field])


def _all(tests: list[Any]) -> Any:
    met = ibis.literal(True)
    for test in tests:
        met = met & test
    return met


def _last_day(groups: ir.Table, month: str, by: str) -> Any:
    """The day that stands for all dates of a group: the month's last; or the day asked about, where the month goes on after it."""
    end = (groups[month].cast("date") + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
    return ibis.ifelse(groups[by] & (end > DAY.as_of), DAY.as_of, end)
