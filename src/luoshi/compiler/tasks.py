"""Pass 3: rows → tasks with number, title and goal. In: `Draft` with rows. Out: `Draft` with tasks that have no measures yet."""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.bands import read_bracket
from luoshi.compiler.draft import Draft, Kind, ListRow, Slot, stable_id, tidy
from luoshi.plan.task import GoalOfYear, Task
from luoshi.provenance import Finding, SourceRef
from luoshi.reading.source import Cell


def gather_tasks(draft: Draft) -> Draft:
    """One task for every row that begins one."""
    tasks: list[Task] = []
    taken: set[str] = set()
    findings: list[Finding] = []
    goal_cells: dict[str, tuple[Cell, ...]] = {}
    rows_of: dict[str, ListRow] = {}
    for row in (r for r in draft.rows if r.starts_task):
        task = _task(draft, row, taken)
        tasks.append(task)
        taken.add(task.id)
        rows_of[task.id] = row
        slots = [row.slots[c.index] for c in draft.columns_of("goal")]
        goal_cells[task.id] = tuple(s.cell for s in slots if s.cell and s.text.strip() and not s.inherited)
        findings += [_shared_goal(task, s) for s in slots if s.cell and s.inherited and s.text.strip()]
    return replace(draft, tasks=tuple(tasks), goal_cells=goal_cells, rows_of=rows_of).found(*findings)


def _shared_goal(task: Task, slot: Slot) -> Finding:
    assert slot.cell is not None
    return Finding("goal.shared", f"goal.shared:{task.id}", "warning",
                   f"任务{task.no or ''}“{task.title[:20]}”与上一项任务共用一格目标。目标里的数量只记在上一项任务上，没有重复计。请核对。",
                   slot.cell.ref(0, len(slot.cell.text)), task.id)


def _task(draft: Draft, row: ListRow, taken: set[str]) -> Task:
    title = _title(draft, row)
    no = _text(draft, row, "no")
    id = stable_id("task", title)
    if id in taken:                        # two tasks of one name: the number must tell them apart
        id = stable_id("task", title, no or "", str(row.number))
    columns = draft.columns_of("goal")
    years = tuple(GoalOfYear(c.year, tidy(row.slots[c.index].text)) for c in columns if c.year and row.slots[c.index].text)
    goal = None if len(years) > 1 else "".join(tidy(row.slots[c.index].text) for c in columns) or None
    return Task(id, no, title, goal, (), (), (), (), _source(draft, row), group=_group(draft, row),
                goals=years if len(years) > 1 else ())


def _title(draft: Draft, row: ListRow) -> str:
    """Without the bracket that names units (…（牵头单位：市教育局）)."""
    found = draft.slot(row, "title") or draft.slot(row, "measure")
    cell = found[1].cell if found else None
    bracket = read_bracket(cell) if cell and draft.table else None
    title = tidy(bracket[0].text) if bracket else tidy(cell.text) if cell else ""
    return title or _text(draft, row, "measure") or ""


def _group(draft: Draft, row: ListRow) -> str | None:
    """The group columns from the widest, without the bracket that names units; else the band above."""
    words = []
    for column in draft.columns_of("group"):
        cell = row.slots[column.index].cell
        bracket = read_bracket(cell) if cell else None
        words.append(tidy(bracket[0].text if bracket else row.slots[column.index].text))
    return " / ".join(dict.fromkeys(w for w in words if w)) or row.group


def _text(draft: Draft, row: ListRow, kind: Kind) -> str | None:
    found = draft.slot(row, kind)
    return (tidy(found[1].text) or None) if found else None


def _source(draft: Draft, row: ListRow) -> SourceRef:
    """The title's place; the first cell with text where the list has no title column."""
    found = draft.slot(row, "title")
    cell = found[1].cell if found and found[1].text else next((s.cell for s in row.slots.values() if s.cell and s.text), None)
    assert cell is not None, "a row that begins a task has text"
    return cell.ref(0, len(cell.text))
