"""Rows of another register that decide about a row: joined and counted in the same query.

In: a table of parents and a `Children` filter. Out: the table with three more columns, the tests on them, and their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from luoshi.indicator.condition import holds
from luoshi.indicator.condition_words import rule_words
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Children, Condition
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.record import LEVELS, REJECTED, field_of
from luoshi.register.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class ChildTest:
    """「下级判定」 A `Children` filter with the register it looks at; number tells its columns from those of other ones."""

    children: Children
    spec: RegisterSpec
    number: int

    @property
    def total(self) -> str:
        return f"_children{self.number}"

    @property
    def met(self) -> str:
        return f"_met{self.number}"

    @property
    def example(self) -> str:
        return f"_unmet{self.number}"

    @property
    def columns(self) -> tuple[str, str, str]:
        return self.total, self.met, self.example


def child_test(pack: Pack, children: Children, number: int) -> ChildTest:
    """The test of one filter; a pack whose register has no parent is broken."""
    spec = pack.registers[children.children]
    if spec.parent is None:
        raise ValueError(f"台账“{spec.title}”没有写 parent，不能作下级条件")
    return ChildTest(children, spec, number)


def join_children(parents: ir.Table, test: ChildTest, warehouse: Warehouse) -> ir.Table:
    """「并入下级」 How many children each row has, how many meet the conditions, and the title of one that does not.
    A rejected child is no child; one that waits for verification is, because leaving it out could make its parent count; but it cannot be
    the one child that makes its parent count."""
    assert test.spec.parent is not None
    level = LEVELS[test.spec.counts_from]
    table = warehouse.in_force(test.spec.register_name, level)
    table = table.filter(table._level != REJECTED, *(_holds(condition, test.spec, table) for condition in test.children.among))
    fits = _all_hold(test, table) & (table._level >= level) if test.children.quantifier == "any" else _all_hold(test, table)
    table = table.select("_title", _fits=fits, _parent=table[test.spec.parent.field].cast("string"))
    sums = {test.total: table.count(), test.met: table._fits.sum(), test.example: table._title.min(where=~table._fits)}
    counted = table.group_by("_parent").aggregate(**sums).rename(**{f"_parent{test.number}": "_parent"})
    joined = parents.left_join(counted, parents._key == counted[f"_parent{test.number}"]).drop(f"_parent{test.number}")
    return joined.mutate(**{name: joined[name].fill_null(0) for name in (test.total, test.met)})


def _holds(condition: Condition, spec: RegisterSpec, table: ir.Table) -> Any:
    return holds(condition, field_of(spec, condition.field), table[condition.field])


def _all_hold(test: ChildTest, table: ir.Table) -> Any:
    met = ibis.literal(True)
    for condition in test.children.meet:
        met = met & _holds(condition, test.spec, table)
    return met


def fails(test: ChildTest, table: ir.Table) -> Any:
    """Whether the children that there are decide against the row."""
    total, met = table[test.total], table[test.met]
    unmet = {"all": met < total, "any": (total > 0) & (met == 0), "none": met > 0}[test.children.quantifier]
    return unmet | (total == 0) if test.children.empty == "no" else unmet


def is_open(test: ChildTest, table: ir.Table) -> Any:
    """Whether the row has no such children, so that somebody must be asked."""
    return table[test.total] == 0


def child_rule_words(test: ChildTest, moment: Moment) -> str:
    """「下级条件的话」 必要性为“必要”的申请材料每份都满足可共享为“是”."""
    words = [
        "、".join(rule_words(one, field_of(test.spec, one.field), moment) for one in conditions)
        for conditions in (test.children.among, test.children.meet)
    ]
    which = f"{words[0]}的" if words[0] else ""
    if test.children.quantifier == "all":
        return f"{which}{test.spec.title}每{test.spec.counted_as}都满足{words[1]}"
    if test.children.quantifier == "none":
        return f"没有一{test.spec.counted_as}{which}{test.spec.title}满足{words[1]}"
    return f"至少一{test.spec.counted_as}{which}{test.spec.title}满足{words[1]}"


def child_reason_words(test: ChildTest, row: Mapping[str, Any], moment: Moment) -> str:
    """「下级不符合的话」 还要提交材料：3项申请材料中1项不符合，如“户口簿”."""
    total, met, example = (row[name] for name in test.columns)
    own = [one.otherwise for one in test.children.meet if one.otherwise]
    words = test.children.otherwise or "、".join(own) or f"应当{child_rule_words(test, moment)}"
    if not total:
        nothing = f"没有登记{test.spec.title}"
        return f"{nothing}，不能判断，已列入待确认" if test.children.empty == "ask" else f"{words}：{nothing}"
    unit = test.spec.counted_as
    if test.children.quantifier == "none":
        return f"{words}：{total}{unit}{test.spec.title}中有{met}{unit}"
    return f"{words}：{total}{unit}{test.spec.title}中{total - met}{unit}不符合，如“{example}”"


def child_fact(test: ChildTest, row: Mapping[str, Any]) -> tuple[str, str]:
    """What the rule looked at, for the page: 申请材料 — 3项，2项符合."""
    total, met, _ = (row[name] for name in test.columns)
    return test.spec.title, f"{total}{test.spec.counted_as}，{met}{test.spec.counted_as}符合"
