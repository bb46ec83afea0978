"""What the compiler missed, added by a person who quotes the sentence. In: `Plan`, `Add`. Out: `Plan`. Raises NotThere, BadEdit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from luoshi.plan.edit import Add, BadEdit
from luoshi.plan.fields import FIELDS, NAMES, NEEDED, change_fields
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.new_id import new_id
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.plan.walk import Noun, nouns_of, rebuilt, the_noun

WITHIN = {"measure": "measures", "target": "targets", "milestone": "milestones"}
NOUNS: dict[str, type] = {"task": Task, "measure": Measure, "target": Target, "milestone": Milestone}


def add_noun(plan: Plan, edit: Add) -> Plan:
    """A task at the end of the plan; else at the end of what it belongs to. Its id comes from the sentence and the values."""
    made = _made(plan, edit)
    if isinstance(made, Task):
        return replace(plan, tasks=(*plan.tasks, made))
    to, within = the_noun(plan, edit.to), WITHIN[edit.kind]
    if not isinstance(to, Task if isinstance(made, Measure) else Task | Measure):
        raise BadEdit("举措要补在任务下；指标和节点要补在任务或举措下。", "to")
    if isinstance(made, Measure) and isinstance(to, Task) and not made.duties:
        made = replace(made, duties=to.duties)
    return rebuilt(plan, lambda n: (replace(n, **{within: (*getattr(n, within), made)}) if n.id == to.id else n,))


def _made(plan: Plan, edit: Add) -> Noun:
    given = dict(edit.values)
    for field in FIELDS[NOUNS[edit.kind]]:
        if field in NEEDED and not given.get(field, "").strip():
            raise BadEdit(f"“{NAMES[field]}”不能空着。", field)
    id = new_id(edit.kind, edit.to, edit.source.place, edit.source.start, edit.source.end, *edit.values, taken=nouns_of(plan))
    made: Noun = change_fields(_blank(edit, id), edit.values)
    return made


def _blank(edit: Add, id: str) -> Noun:
    source = edit.source
    match edit.kind:
        case "task":
            return Task(id, None, "", None, (), (), (), (), source)
        case "measure":
            return Measure(id, None, "", (), (), (), source)
        case "target":
            return Target(id, "", Decimal(0), None, "", "=", "level", "committed", None, None, None, source)
        case "milestone":
            return Milestone(id, "", "committed", None, source)
