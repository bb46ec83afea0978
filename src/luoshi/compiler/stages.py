"""Columns of time (一季度 | 上半年 | 四季度): what is to be reached by then. In: a row. Out: targets and milestones with the date of their column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, TypeVar

from luoshi.compiler.deadlines import read_deadlines
from luoshi.compiler.draft import Column, Draft, ListRow, stable_id, tidy
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Target
from luoshi.provenance import Finding
from luoshi.reading.source import Cell

Promises: TypeAlias = tuple[tuple[Target, ...], tuple[Milestone, ...]]
Noun = TypeVar("Noun", Target, Milestone)
Reader: TypeAlias = Callable[[Draft, str, tuple[Cell, ...], list[Finding]], Promises]


def join_promises(one: Promises, other: Promises) -> Promises:
    """Both, the ids kept apart."""
    taken = {t.id for t in one[0]} | {m.id for m in one[1]}
    targets = tuple(_apart(t, taken) for t in other[0])
    milestones = tuple(_apart(m, taken) for m in other[1])
    return one[0] + targets, one[1] + milestones


def _apart(noun: Noun, taken: set[str]) -> Noun:
    id, times = noun.id, 1
    while id in taken:
        times += 1
        id = f"{noun.id}-{times}"
    taken.add(id)
    return replace(noun, id=id)


def read_stages(draft: Draft, row: ListRow, holder: str, read: Reader, findings: list[Finding]) -> Promises:
    """Every stage cell of the row. A cell that names neither quantity nor event is a milestone as it stands."""
    found: Promises = ((), ())
    for column in draft.columns_of("stage"):
        slot = row.slots[column.index]
        if slot.cell is None or slot.inherited or not slot.text.strip() or tidy(slot.text) in {"/", "—", "-", "无"}:
            continue
        found = join_promises(found, _of_cell(draft, column, slot.cell, holder, read, findings))
    return found


def _of_cell(draft: Draft, column: Column, cell: Cell, holder: str, read: Reader, findings: list[Finding]) -> Promises:
    targets, milestones = read(draft, stable_id("stage", holder, column.header), (cell,), findings)
    due = stage_due(draft, column)
    if not targets and not milestones:
        text = tidy(cell.text)
        milestones = (Milestone(stable_id("milestone", holder, column.header, text), text, "committed", due, cell.ref(0, len(cell.text)), "likely"),)
    return tuple(_dated(t, due) for t in targets), tuple(_dated(m, due) for m in milestones)


def stage_due(draft: Draft, column: Column) -> Due | None:
    """The last day of the column's time."""
    phrase = column.header if column.year or not draft.year else f"{draft.year}年{column.header}"
    dates = [span.date for span in read_deadlines(f"{phrase}完成。", draft.year, draft.title, draft.calendar) if span.date]
    return Due(max(dates), column.header) if dates else None


def _dated(noun: Noun, due: Due | None) -> Noun:
    """A cell that names a date of its own keeps it."""
    return replace(noun, due=due) if due and (noun.due is None or noun.due.written is None) else noun
