"""「逐月」: how each lead unit stood at each month's end. In: items of several days. Out: `UnitRow`s with twelve cells each."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.status.light import STATE_WORDS, State
from luoshi.status.stand import Item

_ORDER: tuple[State, ...] = tuple(STATE_WORDS)
BEHIND: frozenset[State] = frozenset({"seriously_late", "late"})


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """「单位的一月」 The worst light of the month, and how many lines were behind."""

    month: int
    state: State
    behind: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """「单位逐月」 months: one for each month that has been looked at."""

    unit: str
    months: tuple[UnitMonth, ...]


def month_ends(year: int, as_of: date) -> tuple[date, ...]:
    """The last days of the list's months that are over, and the day itself where it ends none. Nothing before the year begins."""
    if as_of.year < year:
        return ()
    ends = [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]
    over = [end for end in ends if end <= as_of]
    return tuple(over if len(over) == 12 or as_of in over else [*over, as_of])


def stand_by_unit(days: Mapping[date, tuple[Item, ...]]) -> tuple[UnitRow, ...]:
    """Units in the order of the list; a unit leads what its measures promise."""
    led: dict[str, dict[date, list[State]]] = {}
    for day, items in days.items():
        for item in items:
            for unit in item.leads:
                led.setdefault(unit, {}).setdefault(day, []).append(item.light.state)
    return tuple(UnitRow(unit, tuple(_month(day.month, states.get(day, [])) for day in sorted(days))) for unit, states in led.items())


def _month(month: int, states: list[State]) -> UnitMonth:
    return UnitMonth(month, min(states, key=_ORDER.index, default="not_judged"), sum(state in BEHIND for state in states))
