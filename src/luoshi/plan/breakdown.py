"""A target split over units and over time. In: a target, how it runs, shares. Out: `Breakdown`, and `Checked`: sum, remainder, what is wrong.

What is counted up adds up to the target; a share, a rate, a level does not: there each unit and each quarter has a level of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from luoshi.lexicon.written import number
from luoshi.plan.target import Target

Run = Literal["cumulative", "stock", "event"]
Quarters = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
NO_QUARTERS: Quarters = (None, None, None, None)
RATES = ("%", "‰", "％", "个百分点", "倍", "名")
"""Units of what is compared, not counted up: 名 is a place in a ranking."""


@dataclass(frozen=True, slots=True)
class UnitShare:
    """「单位份额」 What one unit or county has to do of a target, in the target's unit."""

    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Breakdown:
    """「指标分解」 Shares of one target. quarters: what each quarter adds where the target adds up, else the level at its end; None is not said."""

    units: tuple[UnitShare, ...] = ()
    quarters: Quarters = NO_QUARTERS


@dataclass(frozen=True, slots=True)
class Checked:
    """「分解核对」 why: why the shares are (not) added up. Sums and remainders of units and of quarters: None where they do not add up or
    there are none; a negative remainder is more than the target. problems: what cannot stay."""

    adds_up: bool
    why: str
    unit_sum: Decimal | None
    unit_remainder: Decimal | None
    quarter_sum: Decimal | None
    quarter_remainder: Decimal | None
    problems: tuple[str, ...]


def adds_up(target: Target, run: Run | None) -> tuple[bool, str]:
    """Whether shares of this target add up to it, and why."""
    if target.unit in RATES or target.unit.endswith("%") or "/" in target.unit or target.per:
        return False, "比率、均值、名次各单位各算各的，不能相加；份额是各自要达到的水平。"
    if run == "stock":
        return False, "约定按期末水平考核（存量），各期的数不能相加；份额是各自要达到的水平。"
    if target.op == "range":
        return False, "原文是一个区间，不能拆成相加的份额；份额是各自要达到的水平。"
    if run == "event":
        return True, "按件数计，各单位、各季度的份额相加应当等于目标。"
    return True, "累计数，各单位、各季度的份额相加应当等于目标。" if run else "还没有约定怎样计算，先按累计数相加核对。"


def check_breakdown(target: Target, run: Run | None, shares: Breakdown) -> Checked:
    """Never refuses a sum that differs: shares often add up to more than the target on purpose. It is shown."""
    sums, why = adds_up(target, run)
    units = sum((s.value for s in shares.units), Decimal(0)) if sums and shares.units else None
    said = [q for q in shares.quarters if q is not None]
    quarters = sum(said, Decimal(0)) if sums and said else None
    return Checked(sums, why, units, None if units is None else target.value - units, quarters,
                   None if quarters is None else target.value - quarters, tuple(_problems(shares, sums)))


def _problems(shares: Breakdown, sums: bool) -> list[str]:
    problems = [f"“{unit}”写了{times}次，请并成一行。" for unit, times in Counter(s.unit for s in shares.units).items() if times > 1]
    problems += [f"“{s.unit}”的份额是{number(s.value)}，不能是负数。" for s in shares.units if s.value < 0]
    if sums:
        problems += [f"第{at}季度是{number(q)}，不能是负数。" for at, q in enumerate(shares.quarters, 1) if q is not None and q < 0]
    missing = [str(at) for at, q in enumerate(shares.quarters, 1) if q is None]
    if sums and 0 < len(missing) < 4:
        problems.append(f"第{'、'.join(missing)}季度没有写。按季度分解要四个季度都写，没有任务的季度写0。")
    return problems


def quarter_ends(shares: Breakdown, sums: bool) -> dict[int, Decimal]:
    """Month → what should have been reached by its end: added up where the target adds up. Empty where no quarter is said."""
    ends: dict[int, Decimal] = {}
    reached = Decimal(0)
    for at, quarter in enumerate(shares.quarters, 1):
        if quarter is not None:
            reached = reached + quarter if sums else quarter
            ends[at * 3] = reached
    return ends


def breakdown_to_json(shares: Breakdown) -> dict[str, Any]:
    """Numbers as text: no digit is lost."""
    return {"units": [[s.unit, str(s.value)] for s in shares.units], "quarters": [None if q is None else str(q) for q in shares.quarters]}


def breakdown_from_json(tree: dict[str, Any]) -> Breakdown:
    """What `breakdown_to_json` gave."""
    first, second, third, fourth = (None if q is None else Decimal(q) for q in tree["quarters"])
    return Breakdown(tuple(UnitShare(unit, Decimal(value)) for unit, value in tree["units"]), (first, second, third, fourth))
