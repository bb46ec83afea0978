"""The records that a figure looks at one by one, where a sum over columns cannot decide. In: a register and conditions. Out: `AtHand`.

For what is small by nature: ledgers, checklists, verdicts, points of service. Everything else is judged in one query (`judging.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from luoshi.indicator.condition import holds
from luoshi.indicator.condition_words import reason_words
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Condition, Counting
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.provenance import Row
from luoshi.register.cell import write_value
from luoshi.register.columns import EVIDENCE_SEPARATOR
from luoshi.register.record import LEVELS, REJECTED, WORD_OF_LEVEL, field_of
from luoshi.register.warehouse import Warehouse

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AtHand:
    """「手头的记录」 rows: those that may be counted, by column; left: the others, each with why not; looked: how many there are."""

    spec: RegisterSpec
    rows: tuple[Cells, ...]
    left: tuple[tuple[Cells, str], ...]
    looked: int


def take(pack: Pack, warehouse: Warehouse, name: str, where: Iterable[Condition], level: str | None, moment: Moment) -> AtHand:
    """「取记录」 Every record in force on the day, decided by verification and the conditions."""
    spec = pack.registers[name]
    wanted, tests = LEVELS[level or spec.counts_from], tuple(where)
    rows = warehouse.ask(("at hand", name, tests, wanted), lambda: _query(warehouse, spec, tests, wanted))
    good: list[Cells] = []
    left: list[tuple[Cells, str]] = []
    for cells in rows:
        why = _why_not(cells, tests, spec, wanted, moment)
        if why:
            left.append((cells, why))
        else:
            good.append(cells)
    return AtHand(spec, tuple(good), tuple(left), len(rows))


def _query(warehouse: Warehouse, spec: RegisterSpec, tests: tuple[Condition, ...], level: int) -> ir.Table:
    table = warehouse.in_force(spec.register_name, level)
    for place, test in enumerate(tests):
        table = table.mutate(**{f"_test{place}": holds(test, field_of(spec, test.field), table[test.field])})
    return table.order_by("_no")


def _why_not(cells: Cells, tests: tuple[Condition, ...], spec: RegisterSpec, wanted: int, moment: Moment) -> str:
    if cells["_level"] == REJECTED:
        return f"核验结果为“{WORD_OF_LEVEL[REJECTED]}”，不计入"
    for place, test in enumerate(tests):
        if not cells[f"_test{place}"]:
            return reason_words(test, field_of(spec, test.field), cells[test.field], moment)
    if cells["_level"] < wanted:
        return f"核验级别未到“{WORD_OF_LEVEL[wanted]}”：现为{WORD_OF_LEVEL[cells['_level']]}"
    return ""


def row_of(cells: Cells, spec: RegisterSpec, names: Iterable[str], reason: str, amount: Any = None) -> Row:
    """「明细」 of one record, with the fields that the rule looked at."""
    facts = tuple((field_of(spec, name).title, write_value(field_of(spec, name), cells[name])) for name in names)
    evidence = tuple(filter(None, (cells["_evidence"] or "").split(EVIDENCE_SEPARATOR)))
    return Row(cells["_key"], cells["_title"], amount, reason, facts, evidence, WORD_OF_LEVEL[cells["_level"]])


def no_rows(spec: Counting, at_hand: AtHand) -> str:
    """「没有记录的话」 Empty where there is one."""
    if at_hand.looked:
        return ""
    return f"台账“{at_hand.spec.title}”还没有一条记录：没有填报不等于零。请{at_hand.spec.supply.unit}供数。"
