"""What moved a figure since a day, and what was said then that facts now say otherwise. In: two moments. Out: `Movement`, `Correction`.

A figure that was published stays as it was: `known_at` tells what was known then. A fact that came later with an earlier date makes a
correction beside it, never another figure in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.indicator.evaluate import measure_whole
from luoshi.indicator.figure import Figure
from luoshi.pack.pack import Pack
from luoshi.provenance import Row
from luoshi.register.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class RowChange:
    """「一行的变动」 before, after: the row then and now; None where it did not count. why: what made the difference, in Chinese."""

    key: str
    title: str
    before: Row | None
    after: Row | None
    why: str


@dataclass(frozen=True, slots=True)
class Movement:
    """「数的变动」 Of a figure from one day to another: rows that came in, that left, and that count with another amount or on other grounds."""

    before: Figure
    after: Figure
    entered: tuple[RowChange, ...]
    left: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]

    @property
    def step(self) -> Decimal | None:
        """How far the figure moved."""
        return None if self.before.value is None or self.after.value is None else self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class Correction:
    """「更正情况」 said: the figure of a day as known then, which stays; now: the same day as known today; rows: what came or changed since."""

    said: Figure
    now: Figure
    rows: Movement


def moved_since(pack: Pack, warehouse: Warehouse, name: str, since: date, as_of: date, year: int, known_at: date | None = None) -> Movement:
    """「自那天以来」 The figure as it was told on `since` against the figure of the day."""
    before = measure_whole(pack, warehouse, name, since, year, since)
    return _compare(before, measure_whole(pack, warehouse, name, as_of, year, known_at))


def correction_of(
    pack: Pack, warehouse: Warehouse, name: str, day: date, known_then: date, year: int, known_at: date | None = None
) -> Correction | None:
    """「查更正」 None where what was said of the day still holds."""
    said = measure_whole(pack, warehouse, name, day, year, known_then)
    now = measure_whole(pack, warehouse, name, day, year, known_at)
    return None if said.value == now.value else Correction(said, now, _compare(said, now))


def _compare(before: Figure, after: Figure) -> Movement:
    then, now = ({row.key: row for row in figure.because.counted} for figure in (before, after))
    out = {row.key: row for row in after.because.excluded}
    was_out = {row.key: row for row in before.because.excluded}
    entered = [RowChange(key, row.title, None, row, _entered(was_out.get(key))) for key, row in now.items() if key not in then]
    left = [RowChange(key, row.title, row, None, out[key].reason if key in out else "明细里已没有这一行")
            for key, row in then.items() if key not in now]
    changed = [
        RowChange(key, now[key].title, row, now[key], _difference(row, now[key])) for key, row in then.items()
        if key in now and (row.amount != now[key].amount or row.facts != now[key].facts or row.verification != now[key].verification)
    ]
    return Movement(before, after, tuple(entered), tuple(left), tuple(changed))


def _entered(before: Row | None) -> str:
    return "新登记的" if before is None else f"原来没有计入：{before.reason}"


def _difference(before: Row, after: Row) -> str:
    was, now = dict(before.facts), dict(after.facts)
    words = [f"{title}由{was.get(title, '未填')}改为{value}" for title, value in now.items() if was.get(title) != value]
    if before.verification != after.verification:
        words.append(f"核验由{before.verification}改为{after.verification}")
    return "，".join(words) or f"计入数由{before.amount}改为{after.amount}"
