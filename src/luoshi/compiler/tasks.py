"""Pass 3: rows → tasks with number, title and goal. In: `Draft` with rows. Out: `Draft` with tasks that have no measures yet."""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.draft import Draft, Kind, ListRow, stable_id, tidy
from luoshi.plan.task import GoalOfYear, Task
from luoshi.provenance import SourceRef
from luoshi.reading.source import Cell


def gather_tasks(draft: Draft) -> Draft:
    """One task for every row that begins one."""
    tasks: list[Task] = []
    goal_cells: dict[str, tuple[Cell, ...]] = {}
    rows_of: dict[str, ListRow] = {}
    for row in (r for r in draft.rows if r.starts_task):
        task = _task(draft, row, {t.id for t in tasks})
        tasks.append(task)
        rows_of[task.id] = row
        goal_cells[task.id] = tuple(c for c in (row.slots[x.index].cell for x in draft.columns_of("goal")) if c and c.text.strip())
    return replace(draft, tasks=tuple(tasks), goal_cells=goal_cells, rows_of=rows_of)


def _task(draft: Draft, row: ListRow, taken: set[str]) -> Task:
    title = _text(draft, row, "title") or _text(draft, row, "measure") or ""
    no = _text(draft, row, "no")
    id = stable_id("task", title)
    if id in taken:                        # two tasks of one name: the number must tell them apart
        id = stable_id("task", title, no or str(row.number))
    columns = draft.columns_of("goal")
    years = tuple(GoalOfYear(c.year, tidy(row.slots[c.index].text)) for c in columns if c.year and row.slots[c.index].text)
    goal = None if len(years) > 1 else "".join(tidy(row.slots[c.index].text) for c in columns[:1]) or None
    return Task(id, no, title, goal, (), (), (), (), _source(draft, row), group=_text(draft, row, "group") or row.group,
                goals=years if len(years) > 1 else ())


def _text(draft: Draft, row: ListRow, kind: Kind) -> str | None:
    found = draft.slot(row, kind)
    return (tidy(found[1].text) or None) if found else None


def _source(draft: Draft, row: ListRow) -> SourceRef:
    """The title's place; the first cell with text where the list has no title column."""
    found = draft.slot(row, "title")
    cell = found[1].cell if found and found[1].text else next((s.cell for s in row.slots.values() if s.cell and s.text), None)
    assert cell is not None, "a row that begins a task has text"
    return cell.ref(0, len(cell.text))
