"""A plan as lines, for comparing with what a person would have written down: tasks, measures, duties, promises, and what was remarked."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan
from luoshi.plan.task import Task
from tests.compiler.documents import written

ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}
ASKED_OF_FIGURES = ("target.", "duty.blank")


def listed(plan: Plan) -> list[str]:
    """Every noun on its line, then the ids of the findings; questions about single figures left out."""
    lines = [f"{plan.document.title} {plan.document.year}"]
    for task in plan.tasks:
        lines.append(f"{task.no or '-'} {task.title}" + (f"〈{task.group}〉" if task.group else ""))
        lines += [f"  目标 {task.goal}"] if task.goal else [f"  {g.year}年目标 {g.text}" for g in task.goals]
        lines += _held(task, "  ")
        for measure in task.measures:
            lines.append(f"  {measure.no or '-'} {measure.text}")
            lines += _held(measure, "    ")
    return lines + sorted({f"{f.level} {f.id}" for f in plan.findings if not f.id.startswith("target.")})


def _held(holder: Task | Measure, pad: str) -> Iterator[str]:
    named = {role: "、".join(d.unit for d in holder.duties if d.role == role) for role in ROLES}
    units = [f"{ROLES[role]} {names}" for role, names in named.items() if names]
    if units:
        yield f"{pad}{'；'.join(units)}"
    if holder.due:
        yield f"{pad}时限 {holder.due.date} {holder.due.written}"
    if holder.people:
        yield f"{pad}责任人 {'、'.join(holder.people)}"
    if holder.notes:
        yield f"{pad}备注 {holder.notes}"
    for target in holder.targets:
        yield f"{pad}▸ {written(target)}"
    for milestone in holder.milestones:
        yield f"{pad}◦ {milestone.text} {milestone.due.date if milestone.due else None}"
