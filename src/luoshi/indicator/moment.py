"""For which day and which year a figure is computed. In: nothing. Out: the frozen noun `Moment`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

SHOWN: Final = 200
WHOLE: Final = 1_000_000
"""Rows that a page shows; and all of them, where two days are compared."""


@dataclass(frozen=True, slots=True)
class Moment:
    """「时点」 as_of: the day that the figure describes; year: the list's year; known_at: only what was known then; None: everything.
    shown: how many rows of each sort are brought along, at most."""

    as_of: date
    year: int
    known_at: date | None = None
    shown: int = SHOWN

    @property
    def year_start(self) -> date:
        return date(self.year, 1, 1)

    @property
    def year_end(self) -> date:
        return date(self.year, 12, 31)

    @property
    def seen_by(self) -> date:
        """The last day on which a publication still counts as known: known_at where it is given, else the day itself."""
        return self.known_at or self.as_of

    def __str__(self) -> str:
        return write_day(self.as_of)


def write_day(day: date, beside: date | None = None) -> str:
    """2019年9月12日; only 9月12日 where another day of that year stands beside it."""
    year = "" if beside and beside.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
