"""A plan as the table of an official list. In: `Plan`. Out: `PlanTable`: title, columns, cells with their spans; the same for docx and xlsx.

Compiled again it gives the same plan: what the plan inherits is a merged cell, what it has not is —, never blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Literal, TypeAlias

from luoshi.lexicon.organ import split_organs
from luoshi.lexicon.written import number, quantity
from luoshi.plan.breakdown import Breakdown
from luoshi.plan.duty import Role
from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan
from luoshi.plan.task import Task

Holder: TypeAlias = Task | Measure
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """「清单栏」 One column: its heading, its share of the width, how its text stands."""

    header: str
    width: int
    align: Literal["left", "center"] = "left"


@dataclass(frozen=True, slots=True)
class ListCell:
    """「清单格」 One cell of the body; rows: how many it spans; columns: 1, or all of a section band."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class PlanTable:
    """「清单表」 above: lines before the table, the title last. cells: in reading order, every position covered once."""

    above: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    cells: tuple[ListCell, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class _Column:
    shown: ListColumn
    of_task: Callable[[Task], str] | None = None
    of_holder: Callable[[Holder], str] | None = None
    role: Role | None = None


def lay_table(plan: Plan) -> PlanTable:
    """The table, without a column that would be empty from top to bottom."""
    columns = tuple(_columns(plan))
    cells: list[ListCell] = []
    row, band = 0, None
    for task in plan.tasks:
        if _is_banded(plan) and task.group and task.group != band:
            cells.append(ListCell(row, 0, task.group, 1, len(columns)))
            row += 1
        band = task.group
        height = max(1, len(task.measures))
        for at, column in enumerate(columns):
            cells += _column_cells(task, column, at, row, height)
        row += height
    year = plan.document.year
    above = (*((f"{year}年度",) if year and f"{year}年" not in plan.document.title else ()), plan.document.title)
    return PlanTable(above, tuple(column.shown for column in columns), tuple(sorted(cells, key=lambda c: (c.row, c.column))), row)


def _columns(plan: Plan) -> Iterator[_Column]:
    holders = [holder for task in plan.tasks for holder in (task.measures or (task,))]
    roles = {duty.role for holder in holders for duty in holder.duties}
    if any(task.no for task in plan.tasks):
        yield _Column(ListColumn("序号", 4, "center"), of_task=lambda t: t.no or NOTHING)
    if any(task.group for task in plan.tasks) and not _is_banded(plan):
        yield _Column(ListColumn("领域", 7, "center"), of_task=lambda t: t.group or NOTHING)
    yield _Column(ListColumn("工作任务", 12), of_task=lambda t: t.title)
    yield from _goal_columns(plan)
    if any(task.measures for task in plan.tasks):
        yield _Column(ListColumn("具体措施", 30), of_holder=lambda h: h.text if isinstance(h, Measure) else "")
    for role, header in (("lead", "牵头单位"), ("support", "配合单位"), ("responsible", "责任单位")):
        if role in roles or (role == "lead" and not roles):
            yield _Column(ListColumn(header, 11, "center"), role=role)  # type: ignore[arg-type]  # the three roles
    if any(holder.people for holder in holders):
        yield _Column(ListColumn("责任领导", 7, "center"), of_holder=lambda h: "、".join(h.people))
    if any(holder.due and holder.due.written for holder in holders):
        yield _Column(ListColumn("完成时限", 9, "center"), of_holder=lambda h: (h.due.written if h.due else "") or "")
    if any(holder.notes for holder in holders):
        yield _Column(ListColumn("备注", 8), of_holder=lambda h: h.notes or "")


def _goal_columns(plan: Plan) -> Iterator[_Column]:
    years = sorted({goal.year for task in plan.tasks for goal in task.goals})
    for year in years:
        yield _Column(ListColumn(f"{year}年目标", 12), of_task=partial(_goal_of, year=year))
    if not years and any(task.goal for task in plan.tasks):
        yield _Column(ListColumn("年度目标", 22), of_task=lambda t: t.goal or "")


def _goal_of(task: Task, year: int) -> str:
    return next((goal.text for goal in task.goals if goal.year == year), "")


def _is_banded(plan: Plan) -> bool:
    """Groups that stood as bands over the table: the measures have them too."""
    return any(measure.group for task in plan.tasks for measure in task.measures)


def _column_cells(task: Task, column: _Column, at: int, row: int, height: int) -> Iterator[ListCell]:
    if column.of_task:
        yield ListCell(row, at, column.of_task(task), height)
        return
    holders: tuple[Holder, ...] = task.measures or (task,)
    if column.of_holder:
        for place, holder in enumerate(holders):
            yield ListCell(row + place, at, column.of_holder(holder), 1)
        return
    assert column.role is not None
    place = 0
    for text, span in _unit_spans(holders, column.role):
        yield ListCell(row + place, at, text, span)
        place += span


def _unit_spans(holders: tuple[Holder, ...], role: Role) -> Iterator[tuple[str, int]]:
    """Units that the measures inherit stand in one merged cell, as they did."""
    runs: list[list[object]] = []
    for holder in holders:
        own = [duty for duty in holder.duties if duty.role == role]
        text = _units_text([duty.unit for duty in own])
        if runs and own and all(duty.inherited for duty in own) and runs[-1][0] == text:
            runs[-1][1] = int(str(runs[-1][1])) + 1
        else:
            runs.append([text, 1])
    yield from ((str(text), int(str(span))) for text, span in runs)


def _units_text(units: list[str]) -> str:
    """Joined so that they are cut apart again at the same places."""
    for mark in ("、", "\n", "；"):
        if [organ.name for organ in split_organs(mark.join(units))] == units:
            return mark.join(units)
    return "、".join(units) or NOTHING


def cells_of_rows(table: PlanTable) -> Iterator[tuple[int, tuple[ListCell, ...]]]:
    """Row by row, the cells that begin in it."""
    for row, cells in groupby(table.cells, key=lambda cell: cell.row):
        yield row, tuple(cells)


SHARE_COLUMNS = (ListColumn("序号", 5, "center"), ListColumn("指标", 30), ListColumn("数量", 12, "center"), ListColumn("分给", 20, "center"),
                 ListColumn("份额", 14, "center"))


def lay_shares(plan: Plan, shares: Mapping[str, Breakdown]) -> PlanTable | None:
    """How targets are split, as a table after the list; None where none is. Its headings are none of a list: it is not read as one."""
    cells: list[ListCell] = []
    row = 0
    for task, _, target in plan.targets():
        split = shares.get(target.id)
        lines = _share_lines(split, target.unit) if split else []
        if lines:
            asked = quantity(target.op, target.value, target.value2, target.unit)
            cells += [ListCell(row, at, text, len(lines)) for at, text in enumerate((task.no or NOTHING, target.metric, asked))]
            for place, (to, share) in enumerate(lines):
                cells += [ListCell(row + place, 3, to), ListCell(row + place, 4, share)]
        row += len(lines)
    return PlanTable(("指标分解",), SHARE_COLUMNS, tuple(sorted(cells, key=lambda c: (c.row, c.column))), row) if cells else None


def _share_lines(split: Breakdown, unit: str) -> list[tuple[str, str]]:
    lines = [(share.unit, f"{number(share.value)}{unit}") for share in split.units]
    return lines + [(f"第{at}季度", f"{number(value)}{unit}") for at, value in enumerate(split.quarters, 1) if value is not None]
