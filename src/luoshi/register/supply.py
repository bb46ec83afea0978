"""Who must deliver which register by which day, and whether it came. In: registers, their rows, a day. Out: `SupplyStanding`s with own lights.

The first thing that fails in such a system is the supply of data: a figure that nobody fed is not a figure that stands still.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.facts_spec import SeriesSpec
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.record import Facts, Observation, Record
from luoshi.register.series import Awaited, awaited

SupplyState = Literal["delivered", "due", "late", "very_late", "never", "undated"]
SUPPLY_WORDS: Final[dict[SupplyState, str]] = {"delivered": "已供数", "due": "等供数", "late": "迟供", "very_late": "严重迟供", "never": "从未供数",
                                               "undated": "没有约定期限"}
VERY_LATE_DAYS: Final = 10


@dataclass(frozen=True, slots=True)
class SupplyStanding:
    """「供数情况」 due: the last day that has passed on which the register had to come; next_due: the next one. last: when something was
    last recorded. days_late: since due, where nothing came for it."""

    register_name: str
    title: str
    unit: str
    checker: str
    due: date | None
    next_due: date | None
    last: date | None
    days_late: int
    state: SupplyState
    sentence: str

    @property
    def word(self) -> str:
        """已供数, 迟供 …"""
        return SUPPLY_WORDS[self.state]


def supply_standings(pack: Pack, facts: Facts, as_of: date) -> tuple[SupplyStanding, ...]:
    """「看供数」 Every register and series; the latest first."""
    standings = [_stands(spec, facts.records.get(name, ()), as_of, pack.calendar) for name, spec in pack.registers.items()]
    standings += [_published(spec, facts.observations.get(name, ()), as_of) for name, spec in pack.series.items()]
    return tuple(sorted(standings, key=lambda one: (-one.days_late, one.register_name)))


def _stands(spec: RegisterSpec, rows: Iterable[Record], as_of: date, calendar: WorkCalendar) -> SupplyStanding:
    recorded = [row.recorded_on for row in rows if row.recorded_on and row.recorded_on <= as_of]
    last = max(recorded, default=None)
    due, next_due, opened = _dues(spec.supply.due_day, as_of, calendar)
    state, late, sentence = _judge(spec, as_of, due, next_due, opened, last)
    return SupplyStanding(spec.register_name, spec.title, spec.supply.unit, spec.supply.checker or "", due, next_due, last, late, state, sentence)


def _published(spec: SeriesSpec, observations: Iterable[Observation], as_of: date) -> SupplyStanding:
    """A series is due when its next period is usually out."""
    seen = [one for one in observations if one.published_on <= as_of]
    last, following = max((one.recorded_on for one in seen), default=None), awaited(spec, seen, as_of)
    due, next_due, late, state, sentence = _judge_series(spec, following, as_of)
    return SupplyStanding(spec.series, spec.title, spec.publisher, "", due, next_due, last, late, state, sentence)


def _judge_series(
    spec: SeriesSpec, following: Awaited | None, as_of: date
) -> tuple[date | None, date | None, int, SupplyState, str]:
    if following is None:
        return None, None, 0, "never", f"由{spec.publisher}发布，期满后约{spec.lag_days}天；还没有登记过一个数。"
    when = f"{following.words}的数一般在{following.due}前后由{spec.publisher}发布"
    if not following.is_late:
        return None, following.due, 0, "delivered", f"{when}，现在还没有到。"
    late = (as_of - following.due).days
    return following.due, None, late, "very_late" if late > VERY_LATE_DAYS else "late", f"{when}，还没有登记，已过{late}天。"


def _dues(due_day: int | None, as_of: date, calendar: WorkCalendar) -> tuple[date | None, date | None, date | None]:
    """The due day that passed last, the next, and the day after the one before: from there on a delivery is for the last one."""
    if due_day is None:
        return None, None, None
    months = [_month(as_of, step) for step in (-2, -1, 0, 1)]
    days = [calendar.rolled(month.replace(day=due_day)).day for month in months]
    past = [day for day in days if day <= as_of]
    return past[-1], next(day for day in days if day > as_of), past[-2] + timedelta(days=1) if len(past) > 1 else None


def _month(day: date, step: int) -> date:
    number = day.year * 12 + day.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def _judge(
    spec: RegisterSpec, as_of: date, due: date | None, next_due: date | None, opened: date | None, last: date | None
) -> tuple[SupplyState, int, str]:
    if due is None:
        return ("undated" if last else "never"), 0, f"没有约定供数期限；{f'最近一次在{last}' if last else '还没有供过数'}。"
    when = f"应在{due}前由{spec.supply.unit}供数"
    if last is not None and (opened is None or last >= opened):
        return "delivered", 0, f"{when}，最近一次在{last}，已供；下一次在{next_due}前。"
    late = (as_of - due).days
    if last is None:
        return "never", late, f"{when}，从来没有供过，已迟{late}天。"
    state: SupplyState = "very_late" if late > VERY_LATE_DAYS else "late" if late else "due"
    return state, late, f"{when}，最近一次还是{last}，已迟{late}天。"


def by_unit(standings: Iterable[SupplyStanding]) -> Mapping[str, tuple[SupplyStanding, ...]]:
    """「按单位」 What each supplier owes."""
    owed: dict[str, list[SupplyStanding]] = {}
    for one in standings:
        owed.setdefault(one.unit, []).append(one)
    return {unit: tuple(ones) for unit, ones in owed.items()}
