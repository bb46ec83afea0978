"""Every record of a register gets a verdict in one query: it counts, or the first test that it fails.

In: a register, the tests in order, what to add up. Out: `Judged`: exact totals, and the rows to show with their verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from luoshi.indicator.children import ChildTest, child_test, fails, is_open, join_children
from luoshi.indicator.condition import holds
from luoshi.indicator.moment import SHOWN
from luoshi.pack.indicator_spec import Children, Condition, Filter
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.record import REJECTED, field_of
from luoshi.register.warehouse import DAY, Warehouse, by, is_firm

Role = Literal["outside", "below"]   # of a ratio: outside the denominator; in it, below the line of the numerator


@dataclass(frozen=True, slots=True)
class Happened:
    """「已发生」 The record exists by the as-of date."""


@dataclass(frozen=True, slots=True)
class NotRejected:
    """「未退回」"""


@dataclass(frozen=True, slots=True)
class Verified:
    """「已核验」 level: the lowest that counts."""

    level: int


@dataclass(frozen=True, slots=True)
class Filled:
    """「已填」 A field without which the row cannot be added up or told apart."""

    name: str


@dataclass(frozen=True, slots=True)
class Distinct:
    """「不重复」 The first of those that agree in the named fields."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstInYear:
    """「本年内头一次」 Of those that agree, the earliest by this date; and that is in the list's year."""

    name: str


Tested = FirstInYear | Happened | NotRejected | Verified | Filled | Distinct | Condition | ChildTest


@dataclass(frozen=True, slots=True)
class Step:
    """「判定」 One test and what failing it means. asks: the row cannot be decided by it."""

    test: Tested
    role: Role = "outside"
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """「判什么」 where: filters of the rows; below: further ones of the numerator; top, bottom: fields to add up; level: the lowest
    that counts; distinct: fields that may count only once, first: by which date the earliest is chosen, which must be in the year;
    takes: field and choices of which the amount is taken off instead of added."""

    register: str
    where: tuple[Filter, ...]
    level: int
    below: tuple[Filter, ...] = ()
    top: str | None = None
    bottom: str | None = None
    distinct: tuple[str, ...] = ()
    first: str | None = None
    takes: tuple[str, tuple[str, ...]] | None = None
    shown: int = SHOWN


@dataclass(frozen=True, slots=True)
class Judged:
    """「判定结果」 rows: those to show, by column; `_verdict` 0 counts, else the place (from 1) in `steps` of the test it failed.
    top, bottom: sums in the stored units over the rows that count, and over those in the denominator."""

    spec: RegisterSpec
    wanted: Wanted
    steps: tuple[Step, ...]
    looked: int
    counted: int
    inside: int
    asked: int
    top: Decimal
    bottom: Decimal
    rows: tuple[dict[str, Any], ...]
    looked_at: tuple[str, ...] = field(default=())


def judge(pack: Pack, warehouse: Warehouse, wanted: Wanted) -> Judged:
    """「判定」 One query for the whole register, on the day that the warehouse is set to."""
    spec = pack.registers[wanted.register]
    steps = steps_of(pack, wanted)
    looked_at = _looked_at(wanted)
    rows = warehouse.ask(wanted, lambda: _query(warehouse, spec, wanted, steps, looked_at))
    totals: Mapping[str, Any] = rows[0] if rows else {}

    def total(name: str) -> Any:
        return totals.get(name) or 0

    return Judged(
        spec, wanted, steps, total("_looked"), total("_counted"), total("_inside"), total("_asked"),
        Decimal(total("_top")), Decimal(total("_bottom")), tuple(rows), looked_at,
    )


def steps_of(pack: Pack, wanted: Wanted) -> tuple[Step, ...]:
    """What can be decided comes before what must be asked; verification last, so that it is named where it alone is missing."""
    children = iter(range(len(wanted.where) + len(wanted.below)))
    where = [_test(pack, one, next(children)) for one in wanted.where]
    below = [_test(pack, one, next(children)) for one in wanted.below]
    needed = (*wanted.distinct, *filter(None, (wanted.first, wanted.top, wanted.bottom)))
    filled = [Filled(name) for name in dict.fromkeys(needed)]
    outside: list[Tested] = [Happened(), NotRejected(), *where, *filled, Verified(wanted.level)]
    return (
        *(Step(test) for test in outside), *(Step(test, asks=True) for test in where if _may_ask(test)),
        *(Step(test, "below") for test in below), *(Step(test, "below", True) for test in below if _may_ask(test)),
        *((Step(Distinct(wanted.distinct)),) if wanted.distinct else ()), *((Step(FirstInYear(wanted.first)),) if wanted.first else ()),
    )


def _test(pack: Pack, one: Filter, number: int) -> Condition | ChildTest:
    return child_test(pack, one, number) if isinstance(one, Children) else one


def _may_ask(test: Condition | ChildTest) -> bool:
    return isinstance(test, ChildTest) and test.children.empty == "ask"


def _looked_at(wanted: Wanted) -> tuple[str, ...]:
    conditions = (one.field for one in (*wanted.where, *wanted.below) if isinstance(one, Condition))
    return tuple(dict.fromkeys((*conditions, *filter(None, (wanted.top, wanted.bottom)), *wanted.distinct,
                                *filter(None, (wanted.first, wanted.takes[0] if wanted.takes else None)))))


def _query(
    warehouse: Warehouse, spec: RegisterSpec, wanted: Wanted, steps: tuple[Step, ...], looked_at: tuple[str, ...]
) -> ir.Table:
    table = warehouse.known(spec.register_name)
    # Only what is looked at: Ibis spends its time on columns, not on rows.
    table = table.select("_no", "_key", "_title", "_level", "_evidence", "_happened", "_recorded", *looked_at,
                         _past=by(table._happened, DAY.as_of))
    tests = {step.test.number: step.test for step in steps if isinstance(step.test, ChildTest)}
    for test in tests.values():
        table = join_children(table, test, warehouse)
    table = table.mutate(_verdict=_verdict(spec, steps, table))
    plain = {"_changed": ibis.literal(False), "_waiting": ibis.literal(0, type="int64")}
    table = _newest(table, looked_at, wanted.level) if warehouse.has_versions[spec.register_name] else table.mutate(**plain)
    if wanted.distinct:
        table = _without_doubles(table, wanted, len(steps))
    columns = [name for test in tests.values() for name in test.columns]
    shown = _shown(_with_totals(table, wanted, steps), wanted.shown)
    own = ["_verdict", "_key", "_title", "_level", "_evidence", "_happened", "_changed", "_waiting"]
    own += ["_looked", "_counted", "_inside", "_asked", "_top", "_bottom"]
    extra = [name for name in shown.columns if name.startswith(("_was_", "_became_", "_changed_on", "_twin"))]
    return shown.select(*own, *looked_at, *columns, *extra)


def _verdict(spec: RegisterSpec, steps: tuple[Step, ...], table: ir.Table) -> Any:
    branches = [
        (_fails(spec, step, table), ibis.literal(place, type="int16"))
        for place, step in enumerate(steps, start=1) if not isinstance(step.test, Distinct | FirstInYear)
    ]
    return ibis.cases(*branches, else_=ibis.literal(0, type="int16"))


def _fails(spec: RegisterSpec, step: Step, table: ir.Table) -> Any:
    match step.test:
        case Happened():
            return ~table._past
        case NotRejected():
            return table._level == REJECTED
        case Verified(level):
            return table._level < level
        case Filled(name):
            return table[name].isnull()
        case ChildTest() as test:
            return is_open(test, table) if step.asks else fails(test, table)
        case Condition() as condition:
            return ~holds(condition, field_of(spec, condition.field), table[condition.field])
        case Distinct() | FirstInYear():
            raise AssertionError("doubles are found among the rows that count, after the verdict")


def _newest(table: ir.Table, looked_at: tuple[str, ...], level: int) -> ir.Table:
    """The version in force of each record (of one that lies wholly in the future, the newest), beside it what the record was when it
    last counted and what it then became: `_was_…`, `_became_…`, `_changed_on`; `_waiting`: how many newer versions still wait to be
    verified, and so are not it."""
    newest = [*(ibis.desc(name, nulls_first=False) for name in ("_happened", "_recorded")), ibis.desc("_no")]
    aged = ibis.window(group_by=["_key", "_past"], order_by=newest)
    table = table.mutate(_waiting=ibis.ifelse(table._past, ibis.row_number().over(aged), ibis.literal(0, type="int64")))
    order = [ibis.desc("_past"), ibis.desc(is_firm(level)), *newest]
    table = table.mutate(_place=ibis.row_number().over(ibis.window(group_by="_key", order_by=order)))
    record = ibis.window(group_by="_key")
    table = table.mutate(_counted_at=table._place.min(where=table._past & (table._verdict == 0)).over(record))
    was, became = table._place == table._counted_at, table._place == table._counted_at - 1
    before = {f"_was_{name}": table[name].arbitrary(where=was).over(record) for name in looked_at}
    after = {f"_became_{name}": table[name].arbitrary(where=became).over(record) for name in looked_at}
    table = table.mutate(**before, **after, _changed_on=table._happened.arbitrary(where=became).over(record))
    table = table.mutate(_changed=table._counted_at.notnull() & (table._verdict != 0))
    return table.filter(table._place == 0)


def _without_doubles(table: ir.Table, wanted: Wanted, last: int) -> ir.Table:
    """Of the rows that count and agree in the fields, the earliest counts; the others name it as `_twin`. Where the first time must be in
    the year, an earliest one that is not fails that test, which is the last."""
    table = table.mutate(_good=table._verdict == 0)
    order = [ibis.asc(wanted.first or "_happened", nulls_first=True), ibis.asc("_key")]
    table = table.mutate(_twin=table._key.first().over(ibis.window(group_by=["_good", *wanted.distinct], order_by=order)))
    double = table._good & (table._twin != table._key)
    table = table.mutate(_verdict=_or(double, last - bool(wanted.first), table._verdict))
    if wanted.first is None:
        return table
    first = table[wanted.first]
    in_year = (first >= DAY.year_start) & (first <= DAY.year_end) & (first <= DAY.as_of)
    return table.mutate(_verdict=_or((table._verdict == 0) & ~in_year, last, table._verdict))


def _or(fails: Any, verdict: int, otherwise: Any) -> Any:
    return ibis.ifelse(fails, ibis.literal(verdict, type="int16"), otherwise)


def _with_totals(table: ir.Table, wanted: Wanted, steps: tuple[Step, ...]) -> ir.Table:
    """The sums beside every row, so that one query brings both the figure and the rows behind it."""
    below = [place for place, step in enumerate(steps, start=1) if step.role == "below"]
    asking = [place for place, step in enumerate(steps, start=1) if step.asks]
    table = table.mutate(_ok=table._verdict == 0, _in=table._verdict.isin([0, *below]), _open=table._verdict.isin(asking))
    everything = ibis.window()
    nothing = ibis.literal(Decimal(0), type="decimal(38,10)")
    amount = table[wanted.top] if wanted.top else nothing
    if wanted.takes:
        amount = ibis.ifelse(table[wanted.takes[0]].isin(wanted.takes[1]), -amount, amount)
    return table.mutate(
        _looked=table._key.count().over(everything), _counted=table._ok.sum().over(everything), _inside=table._in.sum().over(everything),
        _asked=table._open.sum().over(everything),
        _top=amount.sum(where=table._ok).over(everything) if wanted.top else nothing,
        _bottom=table[wanted.bottom].sum(where=table._in).over(everything) if wanted.bottom else nothing,
    )


def _shown(table: ir.Table, limit: int) -> ir.Table:
    """Counted rows by key; of the others first those that used to count, then those nearest to counting, the latest first."""
    latest = ibis.ifelse(table._ok, ibis.null("date"), table._happened)
    order = [ibis.desc("_changed"), ibis.desc("_verdict"), ibis.desc(latest, nulls_first=False), ibis.asc("_key")]
    table = table.mutate(_rank=ibis.row_number().over(ibis.window(group_by="_ok", order_by=order)))
    return table.filter(table._rank < limit).order_by(ibis.desc("_ok"), ibis.asc("_rank"))
