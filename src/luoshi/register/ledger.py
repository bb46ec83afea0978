"""Movements whose balance may not go below zero on any day. In: a `RegisterSpec` with a ledger, its records. Out: those that may stand, findings.

A movement is refused in the order of recording: one that was entered first is not undone by a later one that is dated back.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from luoshi.pack.register_spec import LedgerRule, RegisterSpec
from luoshi.provenance import Finding
from luoshi.register.cell import write_number
from luoshi.register.record import REJECTED, Record, Value, field_of, fields_of
from luoshi.register.unit import convert, read_unit, stored_unit, written_unit

Account = tuple[Value, ...]
Movement = tuple[date, int, Decimal]


def check_ledger(spec: RegisterSpec, rows: Iterable[Record]) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """「查透支」 Every movement that leaves each day's balance at zero or more; of a corrected movement the last version holds."""
    rule = spec.ledger
    assert rule is not None
    places = {f.name: place for place, f in enumerate(fields_of(spec))}
    kept: list[Record] = []
    told: list[Finding] = []
    held: dict[Account, list[Movement]] = {}
    where: dict[str, tuple[Account, Movement]] = {}
    for number, row in enumerate(sorted(rows, key=lambda r: (r.recorded_on or date.min))):
        account = tuple(row.values[places[name]] for name in rule.account)
        movement = _movement(rule, row, places, number)
        before = where.get(row.key)
        if before is not None:
            held[before[0]].remove(before[1])
        if movement is not None:
            insort(held.setdefault(account, []), movement)
        short = _lowest(held.get(account, [])) if movement is None or before else _lowest_from(held[account], movement)
        if before is not None and before[0] != account:
            short = min(short, _lowest(held[before[0]]))
        if short < 0:
            told.append(_finding(spec, rule, row, account, short))
            if movement is not None:
                held[account].remove(movement)
            if before is not None:
                insort(held[before[0]], before[1])
            continue
        kept.append(row)
        where.pop(row.key, None)
        if movement is not None:
            where[row.key] = (account, movement)
    return tuple(kept), tuple(told)


def _movement(rule: LedgerRule, row: Record, places: dict[str, int], number: int) -> Movement | None:
    """On one day what comes in is taken before what goes out. A rejected movement moves nothing."""
    day, amount, kind = (row.values[places[name]] for name in (rule.on, rule.amount, rule.movement))
    if row.level == REJECTED or not isinstance(day, date) or not isinstance(amount, Decimal | int):
        return None
    if kind in rule.adds:
        return day, -number - 1, Decimal(amount)
    return (day, number, -Decimal(amount)) if kind in rule.takes else None


def _lowest(movements: list[Movement]) -> Decimal:
    lowest = running = Decimal(0)
    for _, _, step in movements:
        running += step
        lowest = min(lowest, running)
    return lowest


def _lowest_from(movements: list[Movement], new: Movement) -> Decimal:
    """The common case, a movement after all others, needs no second look at what stands already."""
    return sum((step for _, _, step in movements), Decimal(0)) if movements[-1] == new else _lowest(movements)


def _finding(spec: RegisterSpec, rule: LedgerRule, row: Record, account: Account, short: Decimal) -> Finding:
    field = field_of(spec, rule.amount)
    shown = convert(-short, stored_unit(field), read_unit(written_unit(field)))
    which = "、".join(str(part) for part in account)
    message = (f"{row.origin}：登记“{row.title}”这一笔，“{which}”会透支{write_number(shown)}{written_unit(field)}，任何一天都不能透支。"
               "请核对金额和日期，或先登记额度。这一行没有导入。")
    return Finding("row.ledger-below-zero", f"row.ledger-below-zero:{row.origin}", "error", message, None, spec.register_name)
