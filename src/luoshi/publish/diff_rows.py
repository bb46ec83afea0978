"""A comparison as pages show it: two columns, changed words marked. In: `PlanDiff`. Out: `DiffRow`s by task of the new list."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.diff import PlanChange, PlanDiff
from luoshi.publish.changed_words import Marked, mark_changed
from luoshi.publish.diff_words import THING_WORDS, clauses, how_words


@dataclass(frozen=True, slots=True)
class DiffRow:
    """「对照行」 One changed thing. tone: late (easier), grave (dropped), ok (harder or added), "" (neutral)."""

    change: PlanChange
    what: str
    how: str
    old: tuple[Marked, ...]
    new: tuple[Marked, ...]
    clauses: tuple[str, ...]
    tone: str
    asks: bool


@dataclass(frozen=True, slots=True)
class DiffSection:
    """「对照段」 A task and what changed in it; same: how many things did not."""

    no: str
    title: str
    rows: tuple[DiffRow, ...]
    same: int


def sections_of(diff: PlanDiff) -> tuple[DiffSection, ...]:
    """Every task of either list, in the order of the new one; what is the same is counted, not shown."""
    asked = set(diff.softened())
    found: dict[tuple[str, str, str], list[PlanChange]] = {}
    homes = _homes(diff)
    for change in diff.changes:
        found.setdefault(homes[_task_key(change)], []).append(change)
    return tuple(DiffSection(no, title, tuple(_row(c, c in asked) for c in changes if c.hows != ("same",)), sum(c.hows == ("same",) for c in changes))
                 for (no, title, _), changes in found.items())


def asked_rows(diff: PlanDiff) -> tuple[DiffRow, ...]:
    """What asks for a reason, in the order of the list."""
    return tuple(_row(change, True) for change in diff.softened())


def _task_key(change: PlanChange) -> str:
    side = change.new or change.old
    assert side is not None
    return f"{'new' if change.new else 'old'} {side.task}"


def _homes(diff: PlanDiff) -> dict[str, tuple[str, str, str]]:
    """Side and id of a task → number, title and id under which the page shows it: that of the new list where it is there."""
    homes: dict[str, tuple[str, str, str]] = {}
    for change in diff.changes:
        side = change.new or change.old
        if change.thing != "task" or side is None:
            continue
        home = (side.no, side.within, side.id)
        if change.new:
            homes[f"new {change.new.task}"] = home
        if change.old and change.hows != ("split",):
            homes.setdefault(f"old {change.old.task}", home)
    return homes


def _row(change: PlanChange, asks: bool) -> DiffRow:
    old, new = mark_changed(change.old.text if change.old else "", change.new.text if change.new else "")
    tone = ("grave" if change.hows == ("dropped",) else "late" if change.easier else "ok" if change.harder or change.hows == ("added",) else "")
    return DiffRow(change, THING_WORDS[change.thing], how_words(change), old, new, clauses(change), tone, asks)
