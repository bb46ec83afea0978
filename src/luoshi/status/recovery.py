"""Recovery plans「追赶计划」: after red, what a unit undertakes to reach by the end of which month, beside the plan line, judged apart.

In: the curve, the figure on a day. Out: `RecoveryStand`. The light of the original plan is never touched by it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.lexicon.written import number


@dataclass(frozen=True, slots=True)
class RecoveryStand:
    """「追赶进度」 asked: of the last month that has ended, None where none has yet; reached: None while nothing can be said."""

    asked: Decimal | None
    month: int | None
    reached: bool | None
    sentence: str


def judge_recovery(curve: Mapping[int, Decimal], value: Decimal | None, as_of: date, year: int, unit: str, at_most: bool) -> RecoveryStand:
    """Of the curve's months only: what is between two of them is not asked."""
    ended = [month for month in curve if date(year, month, monthrange(year, month)[1]) <= as_of]
    if not ended:
        first = min(curve)
        return RecoveryStand(None, None, None, f"追赶计划从{first}月底起评：届时应达{number(curve[first], 2)}{unit}。")
    month = max(ended)
    asked = curve[month]
    words = f"追赶计划到{month}月底应达{number(asked, 2)}{unit}"
    if value is None:
        return RecoveryStand(asked, month, None, f"{words}，还没有数。")
    reached = value <= asked if at_most else value >= asked
    gap = "" if reached else f"，差{number(abs(asked - value), 2)}{unit}"
    return RecoveryStand(asked, month, reached, f"{words}，实际{number(value, 2)}{unit}，{'达到' if reached else '未达到'}{gap}。")
