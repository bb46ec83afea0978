"""Pass 4: the rows of each task → its measures. In: `Draft` with tasks. Out: the same with measures, people and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from luoshi.compiler.draft import Draft, ListRow, stable_id, tidy
from luoshi.plan.measure import Measure
from luoshi.plan.task import Task
from luoshi.provenance import Finding
from luoshi.reading.source import Cell


def gather_measures(draft: Draft) -> Draft:
    """One measure for every cell with text in a measure column; without such a column, none."""
    rows_of = dict(draft.rows_of)
    measure_cells: dict[str, Cell] = {}
    goal_cells = dict(draft.goal_cells)
    findings: list[Finding] = []
    if not draft.columns_of("measure") or not draft.columns_of("title"):
        return replace(draft, tasks=tuple(_own_row(draft, t, draft.rows_of[t.id]) for t in draft.tasks))
    tasks = []
    taken: set[str] = set()
    for task, rows in zip(draft.tasks, _rows_by_task(draft), strict=True):
        numbered = len(rows) > 1 and any(_number(draft, row) for row in rows[1:])
        measures: list[Measure] = []
        by_row = draft.table is not None and any(_own_goals(draft, row) for row in rows[1:])
        for row in rows:
            found = list(_measures(draft, task, row, taken, numbered))
            for measure, cell in found:
                measures.append(replace(measure, notes=_with_goal(draft, row, measure.notes)) if by_row and measure is found[0][0] else measure)
                rows_of[measure.id], measure_cells[measure.id] = row, cell
            if by_row and found:
                goal_cells[found[0][0].id] = _own_goals(draft, row)
            if not found and row is not rows[0]:
                findings += _left_over(draft, task, row)
        if by_row and measures:
            goal_cells[task.id], task = (), replace(task, goal=None)
        each = draft.table is not None and numbered          # the numbers are those of the rows, not of the task
        filled = replace(task, measures=tuple(measures), no=None if each else task.no)
        tasks.append(filled if measures else _own_row(draft, filled, rows[0]))
    return replace(draft, tasks=tuple(tasks), rows_of=rows_of, measure_cells=measure_cells,
                   goal_cells=goal_cells).found(*findings)


def _rows_by_task(draft: Draft) -> list[list[ListRow]]:
    groups: list[list[ListRow]] = []
    for row in draft.rows:
        if row.starts_task:
            groups.append([])
        groups[-1].append(row)
    return groups


def _number(draft: Draft, row: ListRow) -> str | None:
    """The number of this row alone."""
    found = draft.slot(row, "no")
    return (tidy(found[1].text) or None) if found and not found[1].inherited else None


def _measures(draft: Draft, task: Task, row: ListRow, taken: set[str], numbered: bool) -> Iterator[tuple[Measure, Cell]]:
    for column in draft.columns_of("measure"):
        slot = row.slots[column.index]
        if slot.cell is None or not slot.text.strip() or slot.inherited:
            continue
        text = tidy(slot.text)
        id = stable_id("measure", task.title, text)
        if id in taken:
            id = stable_id("measure", task.title, text, str(row.number), str(column.index))
        taken.add(id)
        no = row.measure_no or (_number(draft, row) if numbered and draft.table is not None else None)
        yield Measure(id, no, text, (), (), (), slot.cell.ref(0, len(slot.text)), group=row.group,
                      people=people(draft, row), notes=notes(draft, row)), slot.cell


def _own_goals(draft: Draft, row: ListRow) -> tuple[Cell, ...]:
    """The goal cells that begin in this row: where every measure has its own goal, it is judged by that."""
    slots = [row.slots[c.index] for c in draft.columns_of("goal")]
    return tuple(s.cell for s in slots if s.cell and not s.inherited and s.text.strip())


def _with_goal(draft: Draft, row: ListRow, said: str | None) -> str | None:
    goals = [f"{c.header}：{tidy(row.slots[c.index].text)}" for c in draft.columns_of("goal") if row.slots[c.index].cell in _own_goals(draft, row)]
    return "；".join([*goals, *([said] if said else [])]) or None


def _left_over(draft: Draft, task: Task, row: ListRow) -> list[Finding]:
    """A row under a task that says nothing to be done, but something else."""
    cells = [s.cell for s in row.slots.values() if s.cell and not s.inherited and s.text.strip()]
    if not cells:
        return []
    words = "、".join(f"“{tidy(c.text)[:16]}”" for c in cells[:3])
    return [Finding("row.not-read", f"row.not-read:{row.number}", "warning",
                    f"任务“{task.title[:20]}”下面有一行没有举措，写着{words}，没有读进方案。请核对这一行属于哪条举措。",
                    cells[0].ref(0, len(cells[0].text)), task.id)]


def _own_row(draft: Draft, task: Task, row: ListRow) -> Task:
    return replace(task, people=people(draft, row), notes=notes(draft, row))


def people(draft: Draft, row: ListRow) -> tuple[str, ...]:
    """The persons of 责任领导, 责任人: no units, so they make no duties."""
    names: dict[str, None] = {}
    for column in draft.columns_of("people"):
        text = tidy_list(row.slots[column.index].text)
        names |= dict.fromkeys(name for name in text.split("、") if name)
    return tuple(names)


def tidy_list(text: str) -> str:
    """Names parted by any mark, parted by 、."""
    for mark in "，,；;\n\t \u3000":
        text = text.replace(mark, "、")
    return text


def notes(draft: Draft, row: ListRow) -> str | None:
    """备注, and the columns that nobody knows under their headers: nothing is dropped. None where there is nothing."""
    said = []
    for column in draft.columns_of("notes", "other", "measured_in"):
        slot = row.slots[column.index]
        if tidy(slot.text) and not slot.inherited:
            plain = column.kind == "notes" and (not column.header or "备注" in column.header)
            said.append(tidy(slot.text) if plain else f"{column.header or f'第{column.index + 1}列'}：{tidy(slot.text)}")
    return "；".join(said) or None
