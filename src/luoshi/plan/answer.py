"""Questions answered: a plan and the answers to its questions → the plan with the targets and the units that the answers make.

In: `Plan`, {finding key: answer key}. Out: `Plan` with those, the answered questions gone.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import get_args

from luoshi.plan.duty import Duty
from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan
from luoshi.plan.target import Due, Modality, Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding


def answer_key(metric: str, value: Decimal, unit: str, modality: Modality) -> str:
    """The key of an answer that makes a target; it carries the whole proposal, so that JSON is all that need be kept."""
    return f"target|{modality}|{value}|{unit}|{metric}"


def unit_answer_key(written: str, name: str) -> str:
    """The key of an answer that says which unit a written name means."""
    return f"unit|{written}|{name}"


def answer_questions(plan: Plan, answers: dict[str, str]) -> Plan:
    """Apply answers by finding key. Unknown keys are an error: an answer must never be lost in silence.

    Raises KeyError with the keys that no question of the plan has."""
    asked = {f.key: f for f in plan.findings if f.level == "question"}
    unknown = sorted(set(answers) - set(asked))
    if unknown:
        raise KeyError(f"没有这些问题：{'、'.join(unknown)}")
    for key, answer in answers.items():
        if answer.startswith("target|"):
            plan = _add_target(plan, asked[key], answer)
        elif answer.startswith("unit|"):
            _, written, name = answer.split("|", 2)
            plan = replace(plan, tasks=tuple(_with_unit(t, written, name) for t in plan.tasks))
    return replace(plan, findings=tuple(f for f in plan.findings if f.key not in answers))


def _add_target(plan: Plan, question: Finding, answer: str) -> Plan:
    _, modality, value, unit, metric = answer.split("|", 4)
    if modality not in get_args(Modality) or question.source is None or question.about is None:
        raise KeyError(f"答案不成立：{answer}")
    due = Due(f"{plan.document.year}-12-31", None) if plan.document.year else None
    target = Target("target-" + question.key.rsplit("-", 1)[-1], metric, Decimal(value), None, unit, "=", "level",
                    modality, due, None, None, question.source, "likely")   # type: ignore[arg-type]  # checked above
    return replace(plan, tasks=tuple(_with_target(t, question.about, target) for t in plan.tasks))


def _with_unit(task: Task, written: str, name: str) -> Task:
    """Every duty of the name that was asked about; its source keeps the words of the document."""
    def named(duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
        return tuple(replace(d, unit=name, reading="sure") if d.unit == written else d for d in duties)

    return replace(task, duties=named(task.duties), measures=tuple(replace(m, duties=named(m.duties)) for m in task.measures))


def _with_target(task: Task, holder: str, target: Target) -> Task:
    if task.id == holder:
        return replace(task, targets=(*task.targets, target))
    measures: tuple[Measure, ...] = tuple(
        replace(m, targets=(*m.targets, target)) if m.id == holder else m for m in task.measures)
    return replace(task, measures=measures)
