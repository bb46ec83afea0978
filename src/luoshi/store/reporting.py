"""The words and days of periods, and what is asked of those who report. In: a period such as 2019-09, a line of the board. Out: days, words.

Which periods there are, and when each is due, is said by the list's cycles: store/queries/windows.py.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from luoshi.plan.target import Target
from luoshi.status.stand import Item, is_computed

Asked = Literal["", "number", "done"]
PERIOD = re.compile(r"(\d{4})(?:-(\d\d)|-Q([1-4])|-H([12]))?")     # 2019-09, 2019-Q3, 2019-H1, 2019
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
HALVES = ("上半年", "下半年")


def months_in(period: str) -> tuple[int, int, int]:
    """2019-Q3 → (2019, 7, 9): the year, its first and its last month."""
    found = PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"“{period}”不是期间")
    year, month, quarter, half = (int(part) if part else 0 for part in found.groups())
    first, months = (month, 1) if month else (quarter * 3 - 2, 3) if quarter else (half * 6 - 5, 6) if half else (1, 12)
    return year, first, first + months - 1


def first_day(period: str) -> date:
    """2019-09 → 1 September 2019."""
    year, month, _ = months_in(period)
    return date(year, month, 1)


def last_day(period: str) -> date:
    """2019-Q3 → 30 September 2019."""
    year, _, month = months_in(period)
    return date(year, month, monthrange(year, month)[1])


def month_of(period: str) -> str:
    """The month in which a period ends: 2019-Q3 → 2019-09."""
    return f"{last_day(period):%Y-%m}"


def is_settled(period: str, settled_to: str) -> bool:
    """Whether its month has been closed. settled_to: as ListRecord has it."""
    return bool(settled_to) and month_of(period) <= settled_to


def period_words(period: str) -> str:
    """2019-09 → 9月, 2019-Q3 → 三季度, 2019-H1 → 上半年, 2019 → 全年."""
    _, first, last = months_in(period)
    return {0: f"{first}月", 2: QUARTERS[first // 3], 5: HALVES[first // 6]}.get(last - first, "全年")


def asked_of(item: Item) -> Asked:
    """What a unit types: nothing where facts compute the figure, a number for a target, done or not for a milestone.

    While a register has no rows yet, what its unit reports stands in for it, so it is asked."""
    if is_computed(item):
        return ""
    return "number" if isinstance(item.promise, Target) else "done"
