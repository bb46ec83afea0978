"""Pass 7: the list's own time column → the due date of tasks and measures, and of their targets that name none.

In: `Draft` with targets and milestones. Out: the same with due dates. A list without such a column passes through.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from luoshi.compiler.deadlines import read_deadlines
from luoshi.compiler.draft import Draft, map_holders, tidy
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding

Holder = TypeVar("Holder", Task, Measure)


def read_timing(draft: Draft) -> Draft:
    """Read 完成时限. A phrase that names no date is kept as written, and a finding says so."""
    if not draft.columns_of("due"):
        return draft
    findings: list[Finding] = []
    draft = map_holders(draft, lambda t: _with_due(draft, t, findings) if not t.measures else t, lambda _, m: _with_due(draft, m, findings))
    return draft.found(*findings)


def _with_due(draft: Draft, holder: Holder, findings: list[Finding]) -> Holder:
    row = draft.rows_of[holder.id]
    columns = [c for c in draft.columns_of("due") if row.slots[c.index].text.strip()]
    cells = [cell for c in columns if (cell := row.slots[c.index].cell)]
    if not cells:
        return holder
    dates = [span.date for cell in cells for span in read_deadlines(cell.text, draft.year, draft.title, draft.calendar) if span.date]
    written = "；".join(tidy(cell.text) for cell in cells)
    due = Due(max(dates) if dates else None, written)
    if not dates and not all(row.slots[c.index].inherited for c in columns):
        findings.append(Finding("due.no-date", f"due.no-date:{holder.id}", "warning",
                                f"“{columns[0].header or '完成时限'}”写的是“{written}”，读不出日期；到期提醒和亮灯需要一个日期。请补一个具体日期。",
                                cells[0].ref(0, len(cells[0].text)), holder.id))
    return replace(holder, due=due, targets=tuple(_dated(t, due) for t in holder.targets),
                   milestones=tuple(_dated(m, due) for m in holder.milestones))


Dated = TypeVar("Dated", Target, Milestone)


def _dated(noun: Dated, due: Due) -> Dated:
    return replace(noun, due=due) if noun.due is None or noun.due.written is None else noun
