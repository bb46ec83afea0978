"""Pass 4: the rows of each task → its measures. In: `Draft` with tasks. Out: the same with measures, people and notes."""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.draft import Draft, Kind, ListRow, stable_id, tidy
from luoshi.plan.measure import Measure
from luoshi.plan.task import Task


def gather_measures(draft: Draft) -> Draft:
    """One measure for every row with text in the measure column; without such a column, none."""
    rows_of = dict(draft.rows_of)
    if not draft.columns_of("measure") or not draft.columns_of("title"):
        return replace(draft, tasks=tuple(_own_row(draft, t, draft.rows_of[t.id]) for t in draft.tasks))
    tasks = []
    for task, rows in zip(draft.tasks, _rows_by_task(draft), strict=True):
        measures: list[Measure] = []
        for row in rows:
            measure = _measure(draft, task, row, {m.id for m in measures})
            if measure:
                measures.append(measure)
                rows_of[measure.id] = row
        filled = replace(task, measures=tuple(measures))
        tasks.append(filled if measures else _own_row(draft, filled, rows[0]))
    return replace(draft, tasks=tuple(tasks), rows_of=rows_of)


def _rows_by_task(draft: Draft) -> list[list[ListRow]]:
    groups: list[list[ListRow]] = []
    for row in draft.rows:
        if row.starts_task:
            groups.append([])
        groups[-1].append(row)
    return groups


def _measure(draft: Draft, task: Task, row: ListRow, taken: set[str]) -> Measure | None:
    found = draft.slot(row, "measure")
    if found is None or not found[1].text.strip() or found[1].cell is None or found[1].inherited:
        return None
    cell = found[1].cell
    text = tidy(cell.text)
    id = stable_id("measure", task.title, text)
    if id in taken:
        id = stable_id("measure", task.title, text, str(row.number))
    return Measure(id, None, text, (), (), (), cell.ref(0, len(cell.text)), group=row.group,
                   people=people(draft, row), notes=words(draft, row, "notes"))


def _own_row(draft: Draft, task: Task, row: ListRow) -> Task:
    return replace(task, people=people(draft, row), notes=words(draft, row, "notes"))


def people(draft: Draft, row: ListRow) -> tuple[str, ...]:
    """The persons of 责任领导, 责任人: no units, so they make no duties."""
    text = words(draft, row, "people") or ""
    for mark in "，,；;\n\t ":
        text = text.replace(mark, "、")
    return tuple(name for name in text.split("、") if name)


def words(draft: Draft, row: ListRow, kind: Kind) -> str | None:
    """The text of that column, for people; None where there is none."""
    found = draft.slot(row, kind)
    return (tidy(found[1].text) or None) if found else None
