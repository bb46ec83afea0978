"""How a target is split, as its page shows it. In: a line of the board, its `Breakdown`, a day. Out: `SharesShown`; None where it is not split.

A unit's share stands beside what that unit itself reported, and never beside a figure of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.plan.breakdown import Breakdown, Checked, check_breakdown, quarter_ends
from luoshi.plan.target import Target
from luoshi.status.stand import Item, unit_of


@dataclass(frozen=True, slots=True)
class UnitShown:
    """「单位份额栏」 value: what the unit reported last; percent: of its share; None where it reported nothing, or a percentage says nothing."""

    to: str
    share: Decimal
    value: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class QuarterShown:
    """「季度份额栏」 share as it was written; reached: what should be reached by the quarter's end; is_now: the day lies in it."""

    number: int
    share: Decimal
    reached: Decimal
    is_now: bool


@dataclass(frozen=True, slots=True)
class SharesShown:
    """「份额」 Both tables, and the check of their sums."""

    unit: str
    checked: Checked
    units: tuple[UnitShown, ...]
    quarters: tuple[QuarterShown, ...]


def show_shares(item: Item, split: Breakdown, as_of: date, year: int) -> SharesShown | None:
    """What is known on the day."""
    target = item.promise
    if not isinstance(target, Target) or split == Breakdown():
        return None
    checked = check_breakdown(target, item.binding.run if item.binding else None, split)
    said = {reported.by: reported.value for reported in item.reported}        # oldest first: the last one stays
    units = tuple(UnitShown(s.unit, s.value, said.get(s.unit), _percent(said.get(s.unit), s.value, checked)) for s in split.units)
    ends = quarter_ends(split, checked.adds_up)
    quarters = tuple(QuarterShown(at, q, ends[at * 3], as_of.year == year and (as_of.month + 2) // 3 == at)
                     for at, q in enumerate(split.quarters, 1) if q is not None)
    return SharesShown(unit_of(target), checked, units, quarters)


def _percent(value: Decimal | None, share: Decimal, checked: Checked) -> Decimal | None:
    return value / share * 100 if value is not None and share and checked.adds_up else None
