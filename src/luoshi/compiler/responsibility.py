"""Pass 6: unit cells → duties. In: `Draft` with measures. Out: the same with duties, and a question for every blank cell.

Each measure carries its full duties. A blank that stands for the cell above is inherited; a blank of its own is asked about,
once per task and column, never filled.
"""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.draft import Column, Draft, ListRow, Slot, map_holders, tidy
from luoshi.compiler.duties import read_units
from luoshi.lexicon.organ import split_organs
from luoshi.plan.duty import Duty, Role
from luoshi.plan.measure import Measure
from luoshi.plan.task import Task
from luoshi.provenance import Answer, Finding, SourceRef
from luoshi.reading.source import Cell

ROLE_WORDS: dict[Role, str] = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位"}


def read_duties(draft: Draft) -> Draft:
    """Read the unit columns of every row."""
    draft = map_holders(draft, lambda task: replace(task, duties=() if task.measures else _duties(draft, draft.rows_of[task.id])),
                        lambda _, measure: replace(measure, duties=_duties(draft, draft.rows_of[measure.id])))
    return draft.found(*(f for task in draft.tasks for f in _blanks(draft, task)), *_guesses(draft))


def _duties(draft: Draft, row: ListRow) -> tuple[Duty, ...]:
    duties: list[Duty] = []
    for column in draft.columns_of("lead", "support", "responsible"):
        slot = row.slots.get(column.index, Slot(None))
        if slot.cell is not None:
            duties += _cell_duties(slot.cell, _role(column), slot)
    return tuple(duties)


def _role(column: Column) -> Role:
    return {"lead": "lead", "support": "support"}.get(column.kind, "responsible")  # type: ignore[return-value]  # three kinds only


def _cell_duties(cell: Cell, role: Role, slot: Slot) -> list[Duty]:
    """The units of one cell; one that says who leads (X牵头，Y配合) is read as a clause."""
    reading = "likely" if slot.guessed else "sure"
    spans = read_units(f"（{cell.text}）") if any(word in cell.text for word in ("牵头", "配合", "会同")) else ()
    if spans:
        return [Duty(s.name, s.role, slot.inherited, cell.ref(s.start - 1, s.end - 1), reading) for s in spans]  # type: ignore[arg-type]
    return [Duty(tidy(o.name), role, slot.inherited, cell.ref(o.start, o.end), reading)  # type: ignore[arg-type]
            for o in split_organs(cell.text)]


def _blanks(draft: Draft, task: Task) -> list[Finding]:
    """One question per task and unit column in which a row has a blank of its own."""
    findings = []
    holders: tuple[Task | Measure, ...] = task.measures or (task,)
    for column in draft.columns_of("lead", "support", "responsible"):
        role = _role(column)
        blank = [h for h in holders if not any(d.role == role for d in h.duties) and not _named_elsewhere(role, h)]
        if blank:
            findings.append(_blank_question(draft, task, column, role, len(blank), len(holders), draft.rows_of[blank[0].id]))
    return findings


def _named_elsewhere(role: Role, holder: Task | Measure) -> bool:
    """A 责任单位 cell that says X牵头 leaves no 责任单位 of its own, and is not blank."""
    return role == "responsible" and bool(holder.duties)


def _blank_question(draft: Draft, task: Task, column: Column, role: Role, blank: int, of: int, row: ListRow) -> Finding:
    cell = row.slots.get(column.index, Slot(None)).cell
    source: SourceRef | None = cell.ref(0, len(cell.text)) if cell else None
    which = "全部举措" if blank == of else f"{of} 条举措中的 {blank} 条"
    why = "没有人牵头就无法派发、催办和考核" if role == "lead" else "空格可能是“没有”，也可能是漏填或“同上”，两种意思下责任不同"
    return Finding(
        "duty.blank", f"duty.blank:{task.id}:{role}", "question",
        f"任务{task.no or ''}“{task.title}”{which}的“{tidy(column.header)}”是空的。{why}。请确认。",
        source, task.id,
        (Answer("none", f"确实没有{ROLE_WORDS[role]}"), Answer("fill", f"有，补填{ROLE_WORDS[role]}")))


def _guesses(draft: Draft) -> list[Finding]:
    """Blanks taken for the cell above although nothing but habit says so."""
    return [Finding("duty.taken-from-above", f"duty.taken-from-above:{measure.id}", "warning",
                    f"任务{task.no or ''}的举措“{measure.text[:16]}…”单位栏是空的，"
                    f"按“同上”读成{'、'.join(d.unit for d in measure.duties)}。请核对。",
                    measure.source, measure.id)
            for task in draft.tasks for measure in task.measures if any(d.reading == "likely" for d in measure.duties)]
