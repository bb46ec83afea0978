"""Pass 5: the sentences of goals and measures → targets, milestones, and questions about what has no number.

In: `Draft` with tasks and measures. Out: the same with targets and milestones; a finding for every promise or number not read.
"""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.draft import Draft, ListRow, map_holders, quoted, stable_id, tidy
from luoshi.compiler.metric_cells import Stated, state_metric
from luoshi.compiler.sentences import read_sentences
from luoshi.compiler.spans import CoverageSpan, DeadlineSpan, MilestoneSpan, TargetSpan, UnreadSpan
from luoshi.compiler.stages import Promises, join_promises, read_stages
from luoshi.plan.answer import answer_key
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import holders_of
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task
from luoshi.provenance import Answer, Finding
from luoshi.reading.source import Cell


def read_promises(draft: Draft) -> Draft:
    """Read every goal, stage, measure and title cell."""
    findings: list[Finding] = []

    def of_task(task: Task) -> Task:
        row, goals = draft.rows_of[task.id], draft.goal_cells.get(task.id, ())
        found = _read_cells(draft, task.id, _with_metric(draft, row, goals), findings)
        if not task.measures:
            found = _with_row(draft, row, task.id, found, findings)
        if not task.measures and not goals:
            found = join_promises(found, _read_cells(draft, task.id, _own_cells(draft, row), findings))
        return replace(task, targets=found[0], milestones=found[1])

    def of_measure(task: Task, measure: Measure) -> Measure:
        row, cell = draft.rows_of[measure.id], draft.measure_cells[measure.id]
        goals = draft.goal_cells.get(measure.id, ())
        found = _read_cells(draft, measure.id, (*_with_metric(draft, row, goals), cell), findings)
        if _is_first_of_row(draft, row, cell):
            found = _with_row(draft, row, measure.id, found, findings)
        return replace(measure, targets=found[0], milestones=found[1])

    draft = map_holders(draft, of_task, of_measure)
    titled = tuple(_with_title(draft, task, findings) for task in draft.tasks)
    return replace(draft, tasks=titled).found(*findings)


def _with_row(draft: Draft, row: ListRow, holder: str, found: Promises, findings: list[Finding]) -> Promises:
    """What the row promises besides: by stage, and in the column of dates (三季度前完成60%)."""
    found = join_promises(found, read_stages(draft, row, holder, _read_cells, findings))
    slots = [row.slots[c.index] for c in draft.columns_of("due")]
    cells = tuple(s.cell for s in slots if s.cell and not s.inherited and s.text.strip())
    targets, _ = _read_cells(draft, stable_id("due", holder), cells, [])
    return join_promises(found, (targets, ()))


def _is_first_of_row(draft: Draft, row: ListRow, cell: Cell) -> bool:
    """Of several measures in one row the first holds what the row says once."""
    return next(c for c in (row.slots[x.index].cell for x in draft.columns_of("measure")) if c and c.text.strip()) is cell


def _own_cells(draft: Draft, row: ListRow) -> tuple[Cell, ...]:
    """A list without goal and measure says everything in the title."""
    found = [row.slots[c.index].cell for c in (*draft.columns_of("measure"), *draft.columns_of("title")[:1])]
    return tuple(cell for cell in found if cell and cell.text.strip())[:1]


def _with_title(draft: Draft, task: Task, findings: list[Finding]) -> Task:
    """What only the title promises: 新建公园10个, where goal and measures do not say it again."""
    found = draft.slot(draft.rows_of[task.id], "title")
    cell = found[1].cell if found else None
    if cell is None or not (task.measures or draft.goal_cells.get(task.id)):
        return task
    said = {(t.value, t.unit) for holder in holders_of(task) for t in holder.targets}
    heard: list[Finding] = []
    targets, milestones = _read_cells(draft, task.id, (cell,), heard)
    findings += [f for f in heard if f.id == "quantity.not-read"]
    new = tuple(t for t in targets if (t.value, t.unit) not in said)
    ids = {t.id for t in new}
    new = tuple(t if t.of is None or t.of in ids else replace(t, of=None) for t in new)
    ends = {m.text for holder in holders_of(task) for m in holder.milestones}
    dated = tuple(m for m in milestones if m.due and m.due.written and m.due.date and not any(m.text in e or e in m.text for e in ends))
    return replace(task, targets=task.targets + new, milestones=task.milestones + dated)


def _with_metric(draft: Draft, row: ListRow, goals: tuple[Cell, ...]) -> tuple[Cell | Stated, ...]:
    """A goal cell that holds a number and nothing else is read with the name and the unit beside it."""
    return tuple(state_metric(draft, row, cell) or cell for cell in goals)


def _read_cells(draft: Draft, holder: str, cells: tuple[Cell | Stated, ...], findings: list[Finding]) -> Promises:
    targets: list[Target] = []
    milestones: list[Milestone] = []
    for cell in cells:
        if isinstance(cell, Stated):
            targets += _stated(draft, cell, holder)
            continue
        year = _year_of(draft, cell)
        said = read_sentences(cell.text, year, draft.title, draft.calendar)
        named = _named(draft, said.targets, cell, holder)
        targets += _targets(named, cell, holder, _last_year(draft, cell), {t.id for t in targets})
        milestones += _milestones(said.milestones, cell, holder, _last_year(draft, cell), {m.id for m in milestones})
        findings += [_coverage_question(span, cell, holder) for span in said.coverage]
        findings += [_unread(span, cell, holder) for span in said.unread]
    return tuple(targets), tuple(milestones)


def _year_of(draft: Draft, cell: Cell) -> int | None:
    """A goal column headed 2020年目标 dates what stands in it."""
    return next((c.year for c in draft.columns_of("goal", "stage") if c.index == cell.column and c.year), draft.year)


def _targets(spans: tuple[TargetSpan, ...], cell: Cell, holder: str, year: int | None, taken: set[str]) -> list[Target]:
    targets: list[Target] = []
    for span in spans:
        id = _fresh(taken, span.start, "target", holder, span.name, span.unit)
        of = targets[span.of].id if span.of is not None else None
        targets.append(Target(id, span.name, span.value, span.value2, span.unit, span.op, span.mode, span.modality,
                              _due(span.due, cell, year), span.condition, of, cell.ref(span.start, span.end),
                              span.reading, span.per, span.judged))
    return targets


def _named(draft: Draft, spans: tuple[TargetSpan, ...], cell: Cell, holder: str) -> tuple[TargetSpan, ...]:
    """建成800套 in a goal cell says what is done, not to what: that stands in the title."""
    row = draft.rows_of.get(holder)
    title = draft.slot(row, "title") if row else None
    if title is None or draft.table is None or not title[1].text.strip():
        return spans
    return tuple(replace(s, name=tidy(title[1].text)) if len(s.name) <= 2 and s.name in cell.text[s.start:s.end] else s for s in spans)


def _last_year(draft: Draft, cell: Cell) -> int | None:
    """The year at whose end is due what names no date."""
    own = any(c.index == cell.column and c.year for c in draft.columns_of("goal", "stage"))
    return _year_of(draft, cell) if own and draft.table else draft.last_year or draft.year


def _due(span: DeadlineSpan | None, cell: Cell, year: int | None) -> Due | None:
    """The written date; else the end of the list's last year."""
    if span is not None:
        return Due(span.date, cell.text[span.start:span.end])
    return Due(f"{year}-12-31", None) if year else None


def _milestones(spans: tuple[MilestoneSpan, ...], cell: Cell, holder: str, year: int | None, taken: set[str]) -> list[Milestone]:
    milestones: list[Milestone] = []
    for span in spans:
        id = _fresh(taken, span.start, "milestone", holder, span.text)
        milestones.append(Milestone(id, span.text, span.modality, _due(span.due, cell, year), cell.ref(span.start, span.end), span.reading))
    return milestones


def _stated(draft: Draft, stated: Stated, holder: str) -> list[Target]:
    """The target of a number that stands alone in its cell: its source is the cell."""
    year = _year_of(draft, stated.cell)
    found = [t for t in read_sentences(stated.phrase, year, draft.title, draft.calendar).targets if t.start >= stated.at]
    whole, due = stated.cell.ref(0, len(stated.cell.text)), _due(None, stated.cell, _last_year(draft, stated.cell))
    return [Target(stable_id("target", holder, stated.metric, span.unit, str(year or "")), stated.metric, span.value, span.value2, span.unit, span.op,
                   span.mode, span.modality, due, None, None, whole, span.reading, span.per, span.judged)
            for span in found[:1]]


def _fresh(taken: set[str], start: int, *parts: str) -> str:
    """The same words a second time in one holder are told apart by their place in the cell, then by their count."""
    id, times = stable_id(*parts), 0
    while id in taken:
        id = stable_id(*parts, str(start), *([str(times)] if times else []))
        times += 1
    taken.add(id)
    return id


def _coverage_question(span: CoverageSpan, cell: Cell, holder: str) -> Finding:
    number = f"{span.value.normalize():f}{span.unit}"
    return Finding(
        "target.coverage-without-number", stable_id("target.coverage-without-number", holder, span.metric), "question",
        f"{quoted(cell.text[span.start:span.end])}要求全部做到，却没有写数。不写成指标，年底无法判断是否完成。建议按“{span.metric} {number}”考核。",
        cell.ref(span.start, span.end), holder,
        (Answer(answer_key(span.metric, span.value, span.unit, span.modality), f"设指标：{span.metric}，{number}"),
         Answer("none", "不设指标，只看推进情况，不评判")))


def _unread(span: UnreadSpan, cell: Cell, holder: str) -> Finding:
    quote = cell.text[span.start:span.end]
    around = cell.text[max(0, span.start - 10):span.end + 10].replace("\n", "")
    if span.value is not None:
        metric, number = span.metric or quote, f"{span.value.normalize():f}{span.unit}"
        return Finding("quantity.inexact", stable_id("quantity.inexact", holder, str(span.start), quote), "question",
                       f"“…{around}…”里的“{quote}”除不尽，没有写成指标。没有指标，年底无法判断是否完成。按{number}考核吗？",
                       cell.ref(span.start, span.end), holder,
                       (Answer(answer_key(metric, span.value, span.unit, "committed"), f"设指标：{metric}，{number}"), Answer("none", "不设指标")))
    return Finding("quantity.not-read", stable_id("quantity.not-read", holder, str(span.start), quote), "info",
                   f"“…{around}…”里的“{quote}”没有读成指标、期限或名称。如果它是要求的数量，请在导入时补成指标。",
                   cell.ref(span.start, span.end), holder)
