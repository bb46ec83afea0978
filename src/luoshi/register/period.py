"""The period of an observation. In: 2019-08, 2019年8月, 2019Q3, 2019年三季度, 2019. Out: the one way we write it, and its last day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from luoshi.lexicon.numeral import fold
from luoshi.pack.register_spec import Frequency

# 2019-08 · 2019年8月 · 2019-08-01, which spreadsheets make of 2019-08
_MONTH: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-01(?: 00:00(?::00)?)?)?|年(\d\d?)月)")
_QUARTER: Final = re.compile(r"(\d{4})(?:[Qq]([1-4])|年第?([一二三四1-4])季度)")  # 2019Q3 · 2019年三季度
_YEAR: Final = re.compile(r"(\d{4})年?")  # 2019
_CHINESE: Final = {"一": 1, "二": 2, "三": 3, "四": 4}


def read_period(written: str, frequency: Frequency) -> str | None:
    """「期间」 As we write it; None where it is not a period of that frequency."""
    text = fold(written).strip()
    if frequency == "year":
        found = _YEAR.fullmatch(text)
        return found[1] if found else None
    found = (_MONTH if frequency == "month" else _QUARTER).fullmatch(text)
    if not found:
        return None
    number = _CHINESE.get(found[2] or found[3]) or int(found[2] or found[3])
    if frequency == "quarter":
        return f"{found[1]}Q{number}"
    return f"{found[1]}-{number:02}" if 1 <= number <= 12 else None


def first_period(year: int, frequency: Frequency) -> str:
    """The first period of a year."""
    return {"month": f"{year}-01", "quarter": f"{year}Q1", "year": f"{year}"}[frequency]


def next_period(period: str) -> str:
    """The one after it."""
    year, rest = int(period[:4]), period[4:]
    if not rest:
        return str(year + 1)
    number = int(rest[1:]) + 1
    if rest[0] == "Q":
        return f"{year}Q{number}" if number <= 4 else f"{year + 1}Q1"
    return f"{year}-{number:02}" if number <= 12 else f"{year + 1}-01"


def end_of_period(period: str) -> date:
    """The last day of a period."""
    year = int(period[:4])
    month = 12 if len(period) == 4 else int(period[5]) * 3 if period[4] == "Q" else int(period[5:])
    return date(year, month, calendar.monthrange(year, month)[1])


def write_period(period: str) -> str:
    """2019-08 → 2019年8月."""
    year, rest = period[:4], period[4:]
    if not rest:
        return f"{year}年"
    return f"{year}年{'一二三四'[int(rest[1]) - 1]}季度" if rest[0] == "Q" else f"{year}年{int(rest[1:])}月"
