"""A plan as the page beside its document shows it. In: `Plan` and its questions. Out: `PlanDraft`: tasks, measures, promises, duties,
each with the short number that also stands in the document's margin, so that both sides find each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.lexicon.written import day_written, quantity
from luoshi.plan.duty import Duty
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan, holders_of
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding, SourceRef

MODALITY_WORDS = {"committed": "约定", "stretch": "力争", "directional": "推进类：只列进展"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Leaf:
    """「条目」 One promise of the plan. number: 1a; tags: what was read of it; asked: numbers of the questions about it."""

    id: str
    number: str
    text: str
    tags: tuple[str, ...]
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DutyShown:
    """「责任栏」 One unit in its role. anchor: where it stands in the document; guessed: only likely to be meant."""

    unit: str
    anchor: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """「分支」 The task's own goal, or one measure: its text, its promises, who answers for it."""

    id: str
    number: str
    text: str
    leaves: tuple[Leaf, ...]
    leads: tuple[DutyShown, ...]
    supports: tuple[DutyShown, ...]
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """「任务草案」 One task. shared: who answers for every measure, where that is the same for all of them."""

    id: str
    no: str
    title: str
    goal: Branch
    measures: tuple[Branch, ...]
    shared: Branch | None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """「方案草案」 The right side of the page, and what it counts."""

    tasks: tuple[TaskDraft, ...]
    measures: int
    targets: int
    milestones: int
    units: int


def reading_words(noun: Task | Measure | Target | Milestone | Duty) -> str:
    """How it was read: 表格列 where the column says what it is, 句式 where the sentence does, 推断 where neither is sure."""
    if getattr(noun, "reading", "sure") != "sure":
        return "推断"
    return "句式" if isinstance(noun, Target | Milestone) or noun.source.place.startswith("paragraph ") else "表格列"


def promises_of(holder: Task | Measure) -> tuple[Target | Milestone, ...]:
    """Targets, then milestones, in the order of the document."""
    return (*holder.targets, *holder.milestones)


def number_leaves(plan: Plan) -> dict[str, str]:
    """Id of target or milestone → 1a, 1b … within its task; of a measure → 1.1; of a task → 1."""
    numbers: dict[str, str] = {}
    for position, task in enumerate(plan.tasks, 1):
        no = task.no or str(position)
        numbers[task.id] = no
        count = 0
        for place, holder in enumerate(holders_of(task)):
            if place:
                numbers[holder.id] = f"{no}.{place}"
            for promise in promises_of(holder):
                numbers[promise.id] = no + _letter(count)
                count += 1
    return numbers


def _letter(count: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    before = _letter(count // 26 - 1) if count >= 26 else ""
    return before + LETTERS[count % 26]


def place_anchor(source: SourceRef) -> str:
    """The anchor of a unit in the document: the same cell that many measures inherit has one."""
    return f"u-{source.place.replace(' ', '-')}-{source.start}"


def show_plan(plan: Plan, questions: tuple[Finding, ...]) -> PlanDraft:
    """questions: every question that was asked, in the order in which the page numbers them."""
    numbers = number_leaves(plan)
    asked: dict[str, tuple[int, ...]] = {}
    for number, question in enumerate(questions, 1):
        asked[question.about or ""] = (*asked.get(question.about or "", ()), number)
    tasks = tuple(_task(task, numbers, asked) for task in plan.tasks)
    units = {duty.unit for _, holder in plan.holders() for duty in holder.duties}
    return PlanDraft(tasks, sum(len(t.measures) for t in plan.tasks), sum(1 for _ in plan.targets()), sum(1 for _ in plan.milestones()), len(units))


def _task(task: Task, numbers: dict[str, str], asked: dict[str, tuple[int, ...]]) -> TaskDraft:
    measures = tuple(_branch(m, m.text, numbers, asked) for m in task.measures)
    same = {(m.leads, m.supports) for m in measures}
    shared = measures[0] if len(same) == 1 else None
    return TaskDraft(task.id, numbers[task.id], task.title, _branch(task, task.goal or "", numbers, asked), measures, shared)


def _branch(holder: Task | Measure, text: str, numbers: dict[str, str], asked: dict[str, tuple[int, ...]]) -> Branch:
    leaves = tuple(_leaf(p, numbers, asked) for p in promises_of(holder))
    return Branch(holder.id, numbers[holder.id], text, leaves, _units(d for d in holder.duties if d.role != "support"),
                  _units(d for d in holder.duties if d.role == "support"), asked.get(holder.id, ()))


def _units(duties: Iterable[Duty]) -> tuple[DutyShown, ...]:
    return tuple(DutyShown(d.unit, place_anchor(d.source), d.reading != "sure") for d in duties)


def _leaf(promise: Target | Milestone, numbers: dict[str, str], asked: dict[str, tuple[int, ...]]) -> Leaf:
    tags = ["节点" if isinstance(promise, Milestone) else "指标"]
    text = promise.text if isinstance(promise, Milestone) else f"{promise.metric} {_written(promise)}"
    if isinstance(promise, Target):
        tags += [f"条件：{promise.condition}"] if promise.condition else []
        tags += [f"{numbers[promise.of]}的其中一部分"] if promise.of in numbers else []
    tags += [_due(promise.due)] if promise.due else []
    tags.append(MODALITY_WORDS[promise.modality])
    if promise.reading != "sure":
        tags.append("推断，请核对")
    return Leaf(promise.id, numbers[promise.id], text, tuple(tags), asked.get(promise.id, ()))


def _written(target: Target) -> str:
    per = f"/{target.per}" if target.per and "/" not in target.unit else ""
    sign = "" if target.op != "=" or target.mode != "level" else "= "
    words = {"level": "", "increase": "增加", "decrease": "减少"}[target.mode]
    return f"{words}{sign}{quantity(target.op, target.value, target.value2, target.unit)}{per}"


def _due(due: Due) -> str:
    return f"{day_written(due.date)}前" if due.date else f"{due.written}（日期未定）"
