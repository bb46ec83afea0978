"""The burden meter「负担表」: fields × times that are asked of a unit in a month, against the ceiling of the office.

In: what is asked of whom, how often. Out: a line for each unit; and what one more request would add.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Request:
    """「报送要求」 One thing asked of one unit. fields: to fill in by hand each time; known: filled in already (computed, last time's).

    serves: the targets that it serves; one entry that serves several lists counts once. times: a year.
    """

    unit: str
    what: str
    fields: int
    times: int
    serves: tuple[str, ...]
    known: int = 0
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BurdenLine:
    """「单位负担」 Averages a month: requests, fields typed by hand, fields that the unit need not type any more."""

    unit: str
    requests: float
    fields: float
    spared: float
    ceiling: float | None
    heaviest: tuple[str, ...]

    @property
    def is_over(self) -> bool:
        """Whether more is asked than the office allowed."""
        return self.ceiling is not None and self.fields > self.ceiling


@dataclass(frozen=True, slots=True)
class Added:
    """「新增负担」 What a new request adds to a unit's month, before it is sent."""

    unit: str
    before: float
    after: float
    ceiling: float | None
    serves_nothing: bool

    @property
    def is_over(self) -> bool:
        """Whether it would pass the ceiling."""
        return self.ceiling is not None and self.after > self.ceiling


def burden_of(requests: Iterable[Request], ceiling: float | None = None) -> tuple[BurdenLine, ...]:
    """Heaviest unit first. The same thing asked for several lists is one entry: it is counted once, its other askings as spared."""
    by_unit: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        by_unit[request.unit].append(request)
    lines = [_line(unit, asked, ceiling) for unit, asked in by_unit.items()]
    return tuple(sorted(lines, key=lambda line: (-line.fields, line.unit)))


def adding(requests: Iterable[Request], new: Request, ceiling: float | None = None) -> Added:
    """「再加一项」 The unit's month without and with it."""
    held = [request for request in requests if request.unit == new.unit]
    before = _line(new.unit, held, ceiling).fields if held else 0.0
    return Added(new.unit, before, _line(new.unit, [*held, new], ceiling).fields, ceiling, not new.serves)


def _line(unit: str, asked: list[Request], ceiling: float | None) -> BurdenLine:
    per_month = {request.what: request.fields * request.times / MONTHS_OF_YEAR for request in asked}
    once = {request.what: request for request in asked}
    repeated = sum(request.fields * request.times for request in asked) - sum(request.fields * request.times for request in once.values())
    spared = repeated + sum(request.known * request.times for request in asked)
    heaviest = sorted(per_month, key=lambda what: (-per_month[what], what))[:3]
    return BurdenLine(unit, sum(request.times for request in once.values()) / MONTHS_OF_YEAR,
                      sum(request.fields * request.times for request in once.values()) / MONTHS_OF_YEAR, spared / MONTHS_OF_YEAR, ceiling,
                      tuple(heaviest))
