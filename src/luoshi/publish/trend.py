"""「走势」: plan, actual and light at each month's end, and which rows began or stopped counting.

In: one line on several days. Out: `TrendPoint`s for twelve months, `Version`s newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luoshi.indicator.moment import SHOWN
from luoshi.publish.months import month_ends
from luoshi.status.light import Light
from luoshi.status.stand import Item
from luoshi.status.trajectory import planned_by


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """「走势点」 on: the month's end, or the day itself in the month that is not over. late, grave: below which a light falls (above
    which, where at most is judged). light: None in months to come. recovery: what a recovery plan undertakes, beside the plan."""

    on: date
    planned: Decimal | None
    late: Decimal | None
    grave: Decimal | None
    value: Decimal | None
    light: Light | None
    recovery: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """「各期的数」 The figure on a day, and what changed since the day before it in the list. began, stopped: titles of rows."""

    on: date
    value: Decimal | None
    change: Decimal | None
    began: tuple[str, ...]
    stopped: tuple[str, ...]


def trend_of(item: Item, days: Mapping[date, Item], year: int) -> tuple[TrendPoint, ...]:
    """Twelve months. The plan of a month to come is shown, its light is not."""
    shown = {day.month: day for day in days}
    ends = month_ends(year, date(year, 12, 31))
    return tuple(_point(item, shown.get(end.month, end), days.get(shown.get(end.month, end)), year) for end in ends)


def with_recovery(points: tuple[TrendPoint, ...], curve: Iterable[tuple[int, Decimal]]) -> tuple[TrendPoint, ...]:
    """The same months with the recovery plan's values beside the plan's."""
    asked = dict(curve)
    return tuple(replace(point, recovery=asked.get(point.on.month)) for point in points) if asked else points


def _point(item: Item, on: date, then: Item | None, year: int) -> TrendPoint:
    standing = item.standing
    planned = None
    if standing and item.binding and item.binding.plan and item.binding.run != "event":
        planned = planned_by(item.binding.plan, standing.target, on, year)
    late, grave = _bounds(planned, item)
    return TrendPoint(on, planned, late, grave, then.value if then else None, then.light if then else None)


def _bounds(planned: Decimal | None, item: Item) -> tuple[Decimal | None, Decimal | None]:
    if planned is None or item.preset is None or item.standing is None or item.preset.gap == "days_late":
        return None, None
    whole = item.standing.target if item.preset.gap == "points_of_target" else planned
    return _bound(planned, whole, item, item.preset.late), _bound(planned, whole, item, item.preset.seriously_late)


def _bound(planned: Decimal, whole: Decimal, item: Item, percent: float) -> Decimal:
    gap = whole * Decimal(str(percent)) / 100
    lower = item.standing is not None and item.standing.judged == "at_most"
    return planned + gap if lower else max(planned - gap, Decimal(0))


def versions_of(days: Mapping[date, Item]) -> tuple[Version, ...]:
    """Newest first; the oldest has nothing to be compared with."""
    versions: list[Version] = []
    before: Item | None = None
    for on in sorted(days):
        item = days[on]
        began, stopped = _moved_rows(before, item) if before else ((), ())
        change = item.value - before.value if before and before.value is not None and item.value is not None else None
        versions.append(Version(on, item.value, change, began, stopped))
        before = item
    return tuple(reversed(versions))


def _moved_rows(before: Item, after: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles of rows that count on one day only; nothing where not every row is listed."""
    if not (before.figure and after.figure):
        return (), ()
    old, new = before.figure.because, after.figure.because
    if max(old.counted_total, new.counted_total) > SHOWN:
        return (), ()
    was, now = {row.key: row.title for row in old.counted}, {row.key: row.title for row in new.counted}
    return tuple(t for k, t in now.items() if k not in was), tuple(t for k, t in was.items() if k not in now)

