"""A compiled plan and its findings for a terminal. In: `Plan`, the `Document` it came from. Out: lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from luoshi.lexicon.written import day_written, place_words, quantity
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding, Level
from luoshi.publish.line import Line, Style, width_of
from luoshi.reading.source import Cell, Document, Paragraph

LEVELS: tuple[tuple[Level, str, Style], ...] = (
    ("error", "错误", "bad"), ("warning", "警告", "late"), ("question", "待确认", "ask"), ("info", "说明", "quiet"))
MODALITY_WORDS = {"committed": "", "stretch": "力争", "directional": "推进"}
AROUND = 24
"""Characters of the sentence shown on either side of a quote."""


def plan_lines(plan: Plan, document: Document | None) -> Iterator[Line]:
    """The whole plan, then its findings: what a careful reader would do next."""
    yield Line(plan.document.title, "title")
    yield Line(_summary(plan), "quiet")
    for task in plan.tasks:
        yield Line("")
        yield from _task_lines(task)
    yield Line("")
    yield from finding_lines(plan.findings, document)


def _summary(plan: Plan) -> str:
    units = {d.unit for _, holder in plan.holders() for d in holder.duties}
    dated = sum(1 for _, _, m in plan.milestones() if m.due and m.due.written and m.due.date)
    parts = [f"{plan.document.year}年" if plan.document.year else "年份未写", f"{len(plan.tasks)}项任务",
             f"{sum(len(t.measures) for t in plan.tasks)}条举措", f"{len(list(plan.targets()))}个指标",
             f"{dated}个有日期的节点", f"{len(units)}个单位"]
    return " · ".join(parts)


def _task_lines(task: Task) -> Iterator[Line]:
    yield Line(f"{task.no or '—'}  {task.title}", "head", 3)
    if task.group:
        yield Line(f"   领域　{task.group}", "quiet", 9)
    if task.goal:
        yield Line(f"   目标　{task.goal}", "plain", 9)
    for goal in task.goals:
        yield Line(f"   {goal.year}年目标　{goal.text}", "plain", 9)
    yield from _promise_lines(task, 9)
    for number, measure in enumerate(task.measures, 1):
        yield Line(f"   {task.no or ''}.{number}　{measure.text}", "plain", 9)
        yield from _promise_lines(measure, 9)


def _promise_lines(holder: Task | Measure, indent: int) -> Iterator[Line]:
    pad = " " * indent
    for target in holder.targets:
        yield Line(f"{pad}▸ {_target(target)}", "mark", indent + 2)
    for milestone in holder.milestones:
        yield Line(f"{pad}◦ {_milestone(milestone)}", "mark" if milestone.due else "quiet", indent + 2)
    leads = "、".join(d.unit for d in holder.duties if d.role != "support")
    supports = "、".join(d.unit for d in holder.duties if d.role == "support")
    if holder.duties:
        yield Line(f"{pad}牵头 {leads or '（空）'}" + (f"　配合 {supports}" if supports else ""), "quiet", indent + 5)
    if holder.people:
        yield Line(f"{pad}责任人 {'、'.join(holder.people)}", "quiet", indent + 7)


def _target(target: Target) -> str:
    words = [quantity(target.op, target.value, target.value2, target.unit), target.metric]
    if target.condition:
        words.append(f"（条件：{target.condition}）")
    if target.of:
        words.append("（其中）")
    return "　".join([*words, MODALITY_WORDS[target.modality], _due(target.due)]).replace("　　", "　").rstrip("　")


def _milestone(milestone: Milestone) -> str:
    return "　".join(x for x in (milestone.text, MODALITY_WORDS[milestone.modality], _due(milestone.due)) if x)


def _due(due: Due | None) -> str:
    if due is None:
        return ""
    return f"{day_written(due.date)}前" if due.date else f"{due.written}（日期未定）"


def finding_lines(findings: tuple[Finding, ...], document: Document | None = None) -> Iterator[Line]:
    """Findings as a good compiler prints them: what, where, the quote marked, what to do. Errors first."""
    counts = Counter(f.level for f in findings)
    yield Line(" · ".join(f"{word}{counts[level]}条" for level, word, _ in LEVELS if counts[level]) or "没有要说明的", "head")
    for level, word, style in LEVELS:
        for finding in (f for f in findings if f.level == level):
            yield Line("")
            yield Line(f"{word}[{finding.id}] {finding.message}", style, 2)
            yield from _place_lines(finding, document)
            if finding.answers:
                yield Line("   = 可答：" + " ｜ ".join(a.text for a in finding.answers), "quiet", 11)


def _place_lines(finding: Finding, document: Document | None) -> Iterator[Line]:
    if finding.source is None:
        return
    name = document.name if document else ""
    yield Line(f"  --> {name} {place_words(finding.source.place)}", "quiet", 6)
    block = _block_of(finding, document) if document else None
    if block is None or not finding.source.quote.strip():
        return
    start, end = finding.source.start - block.offset, finding.source.end - block.offset
    before = block.text[max(0, start - AROUND):start].split("\n")[-1].split("。")[-1]
    quote = block.text[start:end].replace("\n", "")
    after = block.text[end:end + AROUND].split("\n")[0].split("。")[0]
    shown = quote if width_of(quote) <= 60 else quote[:28] + "…"
    yield Line(f"   | {before}{shown}{after if shown == quote else ''}", "plain")
    yield Line(f"   | {' ' * width_of(before)}{'^' * width_of(shown)}", "ask")


def _block_of(finding: Finding, document: Document) -> Cell | Paragraph | None:
    """The cell or paragraph that a finding's source names."""
    source = finding.source
    assert source is not None
    for block in document.blocks:
        for piece in (block,) if isinstance(block, Paragraph) else block.cells:
            if piece.place == source.place and piece.offset <= source.start and source.end <= piece.offset + len(piece.text):
                return piece
    return None
