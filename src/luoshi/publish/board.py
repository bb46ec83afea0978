"""「总览」: what a leader sees first. In: a `Story`'s parts. Out: `Board`: counts of lights, the worst with their reason, every line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.lexicon.written import number
from luoshi.plan.task import Task
from luoshi.status.light import STATE_WORDS, State
from luoshi.status.stand import Item
from luoshi.status.trajectory import share_of_year

WORST = 3
_ORDER: tuple[State, ...] = tuple(STATE_WORDS)


@dataclass(frozen=True, slots=True)
class Board:
    """「总览」 counts: every state, also those that nobody has. reported: how many lights rest on reported values. time_share: how
    much of the list's year is over; None outside it."""

    title: str
    as_of: date
    year_gone: str
    time_share: Decimal | None
    counts: dict[State, int]
    reported: int
    opening: str
    worst: tuple[Item, ...]
    tasks: tuple[tuple[Task, tuple[Item, ...]], ...]


def make_board(title: str, as_of: date, year: int, tasks: tuple[Task, ...], items: tuple[Item, ...]) -> Board:
    """Items are in list order; the board keeps it, and puts first what needs a person."""
    seen = Counter(item.light.state for item in items)
    counts = {state: seen[state] for state in _ORDER}
    behind = [i for i in items if i.light.state in {"seriously_late", "late"}]
    worst = sorted(behind, key=lambda i: (_ORDER.index(i.light.state), -_shortfall(i)))[:WORST]
    by_task = tuple((task, tuple(i for i in items if i.task.id == task.id)) for task in tasks)
    share = share_of_year(as_of) if as_of.year == year else None
    return Board(title, as_of, _year_gone(as_of, year), share, counts, sum(1 for i in items if i.value_from == "reported"),
                 _opening(counts), tuple(worst), by_task)


def _year_gone(as_of: date, year: int) -> str:
    if as_of.year != year:
        return "全年已过" if as_of.year > year else "尚未开始"
    return f"全年已过{number(share_of_year(as_of) * 100, 0)}%"


def _shortfall(item: Item) -> float:
    """How far behind, in percent of the target, so that lines with different presets can be put in order."""
    s = item.standing
    if s is None or s.value is None or not s.target:
        return 0.0
    return float(abs((s.planned if s.planned is not None else s.target) - s.value) / s.target)


def _opening(counts: dict[State, int]) -> str:
    """One sentence for somebody with ten seconds."""
    parts = []
    if counts["seriously_late"]:
        parts.append(f"{counts['seriously_late']}项严重滞后，要过问")
    if counts["late"]:
        parts.append(f"{counts['late']}项滞后")
    fine = counts["normal"] + counts["done"]
    if fine:
        parts.append(f"{fine}项正常或已完成")
    if counts["no_data"]:
        parts.append(f"{counts['no_data']}项还没有数据")
    return "；".join(parts) + "。" if parts else "清单里没有可评判的事项。"
