"""Pass 5: the sentences of goals and measures → targets, milestones, and questions about what has no number.

In: `Draft` with tasks and measures. Out: the same with targets and milestones; a finding for every promise or number not read.
"""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.draft import Draft, map_holders, quoted, stable_id
from luoshi.compiler.sentences import read_sentences
from luoshi.compiler.spans import CoverageSpan, DeadlineSpan, MilestoneSpan, TargetSpan, UnreadSpan
from luoshi.plan.answer import answer_key
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task
from luoshi.provenance import Answer, Finding
from luoshi.reading.source import Cell


def read_promises(draft: Draft) -> Draft:
    """Read every goal cell and every measure cell."""
    findings: list[Finding] = []

    def of_task(task: Task) -> Task:
        targets, milestones = _read_cells(draft, task.id, draft.goal_cells.get(task.id, ()), findings)
        if not task.measures and not draft.goal_cells.get(task.id):
            targets, milestones = _read_cells(draft, task.id, _own_cell(draft, task), findings)
        return replace(task, targets=targets, milestones=milestones)

    def of_measure(task: Task, measure: Measure) -> Measure:
        found = draft.slot(draft.rows_of[measure.id], "measure")
        cell = found[1].cell if found else None
        targets, milestones = _read_cells(draft, measure.id, (cell,) if cell else (), findings)
        return replace(measure, targets=targets, milestones=milestones)

    return map_holders(draft, of_task, of_measure).found(*findings)


def _own_cell(draft: Draft, task: Task) -> tuple[Cell, ...]:
    """A list without goal and measure columns says everything in the title."""
    found = draft.slot(draft.rows_of[task.id], "measure") or draft.slot(draft.rows_of[task.id], "title")
    return (found[1].cell,) if found and found[1].cell else ()


def _read_cells(draft: Draft, holder: str, cells: tuple[Cell, ...],
                findings: list[Finding]) -> tuple[tuple[Target, ...], tuple[Milestone, ...]]:
    targets: list[Target] = []
    milestones: list[Milestone] = []
    for cell in cells:
        year = _year_of(draft, cell)
        said = read_sentences(cell.text, year, draft.title)
        targets += _targets(said.targets, cell, holder, year, {t.id for t in targets})
        milestones += _milestones(said.milestones, cell, holder, year, {m.id for m in milestones})
        findings += [_coverage_question(span, cell, holder) for span in said.coverage]
        findings += [_unread(span, cell, holder) for span in said.unread]
    return tuple(targets), tuple(milestones)


def _year_of(draft: Draft, cell: Cell) -> int | None:
    """A goal column headed 2020年目标 dates what stands in it."""
    return next((c.year for c in draft.columns_of("goal") if c.index == cell.column and c.year), draft.year)


def _targets(spans: tuple[TargetSpan, ...], cell: Cell, holder: str, year: int | None, taken: set[str]) -> list[Target]:
    targets: list[Target] = []
    for span in spans:
        id = stable_id("target", holder, span.name, span.unit)
        if id in taken | {t.id for t in targets}:
            id = stable_id("target", holder, span.name, span.unit, str(span.start))
        of = targets[span.of].id if span.of is not None else None
        targets.append(Target(id, span.name, span.value, span.value2, span.unit, span.op, span.mode, span.modality,
                              _due(span.due, cell, year), span.condition, of, cell.ref(span.start, span.end),
                              span.reading, span.per, span.judged))
    return targets


def _due(span: DeadlineSpan | None, cell: Cell, year: int | None) -> Due | None:
    """The written date; else the end of the list's year."""
    if span is not None:
        return Due(span.date, cell.text[span.start:span.end])
    return Due(f"{year}-12-31", None) if year else None


def _milestones(spans: tuple[MilestoneSpan, ...], cell: Cell, holder: str, year: int | None, taken: set[str]) -> list[Milestone]:
    milestones: list[Milestone] = []
    for span in spans:
        id = stable_id("milestone", holder, span.text)
        if id in taken | {m.id for m in milestones}:
            id = stable_id("milestone", holder, span.text, str(span.start))
        milestones.append(Milestone(id, span.text, span.modality, _due(span.due, cell, year), cell.ref(span.start, span.end), span.reading))
    return milestones


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
    return Finding("quantity.not-read", stable_id("quantity.not-read", holder, str(span.start), quote), "info",
                   f"“…{around}…”里的“{quote}”没有读成指标、期限或名称。如果它是要求的数量，请在导入时补成指标。",
                   cell.ref(span.start, span.end), holder)
