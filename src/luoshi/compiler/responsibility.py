"""Pass 6: unit cells → duties. In: `Draft` with measures. Out: the same with duties, and a question for every blank cell.

Each measure carries its full duties. A blank that stands for the cell above is inherited; a blank of its own is asked about,
once per task and column, never filled.
"""

from __future__ import annotations

import re
from dataclasses import replace

from luoshi.compiler.bands import read_bracket
from luoshi.compiler.draft import Column, Draft, ListRow, Slot, map_holders, tidy
from luoshi.compiler.duties import first_named_leads, read_units
from luoshi.lexicon.numeral import fold
from luoshi.lexicon.organ import Organ, split_organs
from luoshi.lexicon.written import place_words
from luoshi.plan.duty import Duty, Role
from luoshi.plan.measure import Measure
from luoshi.plan.plan import holders_of
from luoshi.plan.target import Certainty
from luoshi.plan.task import Task
from luoshi.provenance import Answer, Finding, SourceRef
from luoshi.reading.source import Cell, Paragraph

ROLE_WORDS: dict[Role, str] = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位"}
_ROLE_MARK = re.compile(r"[（(](牵头|主办|主责|配合|协办|参与)(?:单位|部门)?[）)]")        # 市水务局（牵头）
_STARS = frozenset("*＊★▲")
_WORDS: dict[Role, str] = {"lead": "牵头", "support": "配合", "responsible": "负责"}
_NONE = frozenset(("/", "／", "-", "—", "——", "无", "\\", "无需"))


def read_duties(draft: Draft) -> Draft:
    """Read the unit columns of every row, and what running text, bands and brackets say."""
    first_leads = _first_leads(draft)
    draft = map_holders(draft, lambda task: replace(task, duties=() if task.measures else _duties(draft, draft.rows_of[task.id], first_leads)),
                        lambda _, measure: replace(measure, duties=_duties(draft, draft.rows_of[measure.id], first_leads)))
    said = [_said_first()] if first_leads and any(d.role == "lead" for t in draft.tasks for h in holders_of(t) for d in h.duties) else []
    return draft.found(*(f for task in draft.tasks for f in _blanks(draft, task)), *_guesses(draft), *_overruled(draft), *said)


def _said_first() -> Finding:
    return Finding("duty.first-leads", "duty.first-leads", "info",
                   "原文写明排在第一位的是牵头单位：责任单位栏里的第一个单位读作牵头，其余读作责任单位。")


def _first_leads(draft: Draft) -> bool:
    """The document says somewhere that the first named unit leads: in a note, a header, a paragraph."""
    texts = [b.text for b in draft.document.blocks if isinstance(b, Paragraph)]
    texts += [c.text for c in draft.table.cells] if draft.table else []
    return first_named_leads(fold("\n".join(texts)))


def _duties(draft: Draft, row: ListRow, first_leads: bool) -> tuple[Duty, ...]:
    if draft.table is None:
        return row.duties
    duties: list[Duty] = []
    for column in draft.columns_of("lead", "support", "responsible"):
        slot = row.slots.get(column.index, Slot(None))
        if slot.cell is not None:
            duties += _cell_duties(slot.cell, _role(column), slot, first_leads)
    for column in draft.columns_of("title"):
        duties += _bracket_duties(row.slots[column.index])
    return _once([*duties, *(d for d in group_duties(draft, row) if not _is_said(d, duties))])


def group_duties(draft: Draft, row: ListRow) -> list[Duty]:
    """What the group or the band above says of all its rows."""
    found = [d for column in draft.columns_of("group") for d in _bracket_duties(row.slots[column.index])]
    return [replace(d, inherited=True) for d in (*found, *row.duties)]


def _is_said(wide: Duty, said: list[Duty]) -> bool:
    """The group speaks where the row does not: its lead beside units that are only responsible, its others where their side is empty."""
    if wide.role == "lead":
        return any(d.role == "lead" for d in said)
    return any(_side(d.role) == _side(wide.role) for d in said)


def _bracket_duties(slot: Slot) -> list[Duty]:
    """Units named in the cell of the title or the group: 优化环境（牵头单位：市发展改革委）."""
    bracket = read_bracket(slot.cell) if slot.cell else None
    return [replace(d, inherited=slot.inherited) for c in (bracket[1] if bracket else ()) for d in c.duties]


def _overruled(draft: Draft) -> list[Finding]:
    """Units that a group names, of whose rows none took them over."""
    if draft.table is None:
        return []
    named: dict[tuple[str, str], Duty] = {}
    used = {(d.source.place, d.unit) for t in draft.tasks for h in holders_of(t) for d in h.duties}
    for row in draft.rows:
        named |= {(d.source.place, d.unit): d for d in group_duties(draft, row)}
    return [Finding("duty.of-group", f"duty.of-group:{place}:{unit}", "warning",
                    f"{place_words(place)}写明“{duty.source.quote}”{_WORDS[duty.role]}，但下面各行都另有写明的单位，没有加到各行。请核对。",
                    duty.source)
            for (place, unit), duty in named.items() if (place, unit) not in used]


def _side(role: Role) -> Role:
    """牵头 and 责任 are one side, 配合 the other."""
    return "support" if role == "support" else "lead"


def _once(duties: list[Duty]) -> tuple[Duty, ...]:
    return tuple({(d.unit, d.role): d for d in reversed(duties)}.values())[::-1]


def _role(column: Column) -> Role:
    return {"lead": "lead", "support": "support"}.get(column.kind, "responsible")  # type: ignore[return-value]  # three kinds only


def _cell_duties(cell: Cell, role: Role, slot: Slot, first_leads: bool) -> list[Duty]:
    """The units of one cell; one that says who leads (X牵头，Y配合) is read as a clause."""
    reading: Certainty = "likely" if slot.guessed else "sure"
    says = any(word in cell.text for word in ("牵头", "配合", "会同", "主办", "协办")) and not _ROLE_MARK.search(cell.text)
    spans = read_units(f"（{cell.text}）") or read_units(cell.text) if says else ()
    if spans:
        shift = 1 if read_units(f"（{cell.text}）") else 0
        return [Duty(s.name, s.role, slot.inherited, cell.ref(s.start - shift, s.end - shift), reading) for s in spans]
    duties = [_marked(cell, o, role, slot.inherited, reading) for o in split_organs(cell.text)]
    if first_leads and role == "responsible" and duties and not any(d.role == "lead" for d in duties):
        duties[0] = replace(duties[0], role="lead")
    return duties


def _marked(cell: Cell, organ: Organ, role: Role, inherited: bool, reading: Certainty) -> Duty:
    """Some lists mark the leading unit: *市水务局, or 市水务局（牵头）."""
    mark = _ROLE_MARK.search(cell.text, organ.start, organ.end)
    end = mark.start() if mark and mark.end() >= organ.end else organ.end
    if end < organ.end and mark:
        role = "lead" if mark[1] in {"牵头", "主办", "主责"} else "support"
    elif role == "responsible" and {*cell.text[max(0, organ.start - 1):organ.start], *cell.text[end:end + 1]} & _STARS:
        role = "lead"
    return Duty(tidy(cell.text[organ.start:end]), role, inherited, cell.ref(organ.start, end), reading)


def _blanks(draft: Draft, task: Task) -> list[Finding]:
    """One question per task and unit column in which a row has a blank of its own."""
    findings = []
    holders: tuple[Task | Measure, ...] = task.measures or (task,)
    for column in draft.columns_of("lead", "support", "responsible"):
        role = _role(column)
        blank = [h for h in holders if not any(d.role == role for d in h.duties) and not _named_elsewhere(role, h)
                 and tidy(draft.rows_of[h.id].slots.get(column.index, Slot(None)).text) not in _NONE]
        if blank:
            findings.append(_blank_question(draft, task, column, role, len(blank), len(holders), draft.rows_of[blank[0].id]))
    return findings


def _named_elsewhere(role: Role, holder: Task | Measure) -> bool:
    """A 责任单位 cell that says X牵头 leaves no 责任单位 of its own, and is not blank; nor is a lead missing where the group names one."""
    return role != "support" and any(_side(d.role) == "lead" for d in holder.duties)


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
