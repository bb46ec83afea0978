"""One edit made on a plan. In: `Plan`, `Edit`. Out: the changed `Plan`. Raises NotThere, BadEdit; the plan given stays as it was.

Ids stay: what is changed, moved or merged into keeps its id; what is new gets one made from the edit, the same every time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from luoshi.plan.add_noun import add_noun
from luoshi.plan.duty import Duty, Role
from luoshi.plan.edit import Add, Assign, BadEdit, Change, Drop, Edit, Merge, Move, Split
from luoshi.plan.fields import change_fields
from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan
from luoshi.plan.split_merge import merge_measures, merge_tasks, split_measure
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.plan.walk import Noun, holder_of, nouns_of, rebuilt, the_noun

REASON, NAME = 300, 80


def change_plan(plan: Plan, edit: Edit) -> Plan:
    """The plan after it. Remarks and questions about what is gone go with it."""
    changed = _changed(plan, edit)
    gone = set(nouns_of(plan)) - set(nouns_of(changed))
    if not gone:
        return changed
    changed = rebuilt(changed, lambda n: (replace(n, of=None) if getattr(n, "of", None) in gone else n,))
    kept = edit.about if isinstance(edit, Merge) else None
    moved = (replace(f, about=kept) if kept and f.about in gone else f for f in changed.findings)
    return replace(changed, findings=tuple(f for f in moved if f.about not in gone))


def _changed(plan: Plan, edit: Edit) -> Plan:
    match edit:
        case Change(about=about, values=values):
            return _put(plan, about, change_fields(the_noun(plan, about), values))
        case Assign():
            return _assign(plan, edit)
        case Split(about=about, at=at):
            return _put(plan, about, *split_measure(the_measure(plan, about), at))
        case Merge():
            return _merge(plan, edit)
        case Move():
            return _move(plan, edit)
        case Drop(about=about, reason=reason):
            the_noun(plan, about)
            if not 0 < len(reason.strip()) <= REASON:
                raise BadEdit(f"删去要写原因（{REASON}个字以内），以后查得到。", "reason")
            return _put(plan, about)
        case Add():
            return add_noun(plan, edit)


def _put(plan: Plan, id: str, *nouns: Noun) -> Plan:
    """These in the place of the noun with that id."""
    return rebuilt(plan, lambda n: nouns if n.id == id else (n,))


def the_measure(plan: Plan, id: str) -> Measure:
    """The measure with that id. Raises NotThere, BadEdit."""
    found = the_noun(plan, id)
    if not isinstance(found, Measure):
        raise BadEdit("只有举措可以拆开。")
    return found


def _assign(plan: Plan, edit: Assign) -> Plan:
    for about in edit.abouts:
        if not isinstance(the_noun(plan, about), Task | Measure):
            raise BadEdit("单位只能记在任务或举措上。", "unit")
    _check_duties(edit.duties)
    abouts = set(edit.abouts)
    assigned = rebuilt(plan, lambda n: (replace(n, duties=_duties(n, edit)) if n.id in abouts else n,))
    filled = {f"duty.blank:{task.id}:{role}" for task in assigned.tasks for role in get_args(Role)
              if all(role in {d.role for d in holder.duties} for holder in task.measures or (task,))}
    return replace(assigned, findings=tuple(f for f in assigned.findings if f.key not in filled))


def _check_duties(duties: tuple[tuple[str, Role], ...]) -> None:
    for unit, _ in duties:
        if not unit.strip() or len(unit) > NAME:
            raise BadEdit(f"单位名称要有一到{NAME}个字：“{unit}”。", "unit")
    twice = next((unit for unit, _ in duties if [u for u, _ in duties].count(unit) > 1), None)
    if twice:
        raise BadEdit(f"“{twice}”写了两次。一个单位在一条里只有一种责任。", "unit")


def _duties(holder: Any, edit: Assign) -> tuple[Duty, ...]:
    """A unit that was there keeps the place where it was read; a new one stands where the first stood, else where the holder does."""
    there = {(d.unit, d.role): d for d in holder.duties}
    by_unit = {d.unit: d for d in holder.duties}
    source = holder.duties[0].source if holder.duties else holder.source
    made = []
    for unit, role in edit.duties:
        known = there.get((unit, role)) or by_unit.get(unit)
        made.append(replace(known, role=role) if known else Duty(unit, role, False, source))
    return tuple(made)


def _merge(plan: Plan, edit: Merge) -> Plan:
    about, other = the_noun(plan, edit.about), the_noun(plan, edit.other)
    if about.id == other.id:
        raise BadEdit("不能和自己合并，请选另一条。", "other")
    if isinstance(about, Task) and isinstance(other, Task):
        merged: Noun = merge_tasks(about, other)
    elif isinstance(about, Measure) and isinstance(other, Measure):
        if holder_of(plan, about.id)[0].id != holder_of(plan, other.id)[0].id:
            raise BadEdit("两条举措不在同一项任务里。请先把一条移到另一条的任务里，再合并。", "other")
        merged = merge_measures(about, other)
    else:
        raise BadEdit("只能任务和任务合并，举措和举措合并。", "other")
    return _put(_put(plan, other.id), about.id, merged)


def _move(plan: Plan, edit: Move) -> Plan:
    noun, to = the_noun(plan, edit.about), the_noun(plan, edit.to)
    if isinstance(noun, Task):
        raise BadEdit("任务不能移到别的任务里；可以合并。", "to")
    if not isinstance(to, Task if isinstance(noun, Measure) else Task | Measure):
        raise BadEdit("举措只能移到任务里；指标和节点只能移到任务或举措里。", "to")
    task, holder = holder_of(plan, noun.id)
    if to.id == (task.id if isinstance(noun, Measure) else holder.id):
        raise BadEdit("它已经在那里了，请选别处。", "to")
    within = "measures" if isinstance(noun, Measure) else "targets" if isinstance(noun, Target) else "milestones"
    return rebuilt(_put(plan, noun.id), lambda n: (replace(n, **{within: (*getattr(n, within), noun)}) if n.id == to.id else n,))


