"""What can be searched in a list: tasks, measures, promises, rows. In: `Plan`, `Pack`, `Facts`. Out: `SearchThing`s."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.pack.pack import Pack
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan, holders_of
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.publish.register_rows import RegisterLine, cards_of, lines_of
from luoshi.register.record import Facts


@dataclass(frozen=True, slots=True)
class SearchThing:
    """「可搜条目」 kind: task, measure, target, row or document. ref: how its page is named. text: all that is searched, title too."""

    kind: str
    ref: str
    title: str
    text: str


def things_of_plan(plan: Plan) -> Iterator[SearchThing]:
    """Tasks with their goals, measures with their units, targets and milestones with their sentence."""
    for task in plan.tasks:
        name = task.no or task.id
        words = _joined(task.title, task.goal, task.group, task.notes, *_units(task))
        yield SearchThing("task", name, f"{task.no or ''} {task.title}".strip(), words)
        for measure in task.measures:
            units = [duty.unit for duty in measure.duties]
            yield SearchThing("measure", f"{name}/{measure.id}", f"任务{name} 举措", _joined(measure.text, measure.notes, *units))
        for holder in holders_of(task):
            promises: tuple[Target | Milestone, ...] = (*holder.targets, *holder.milestones)
            for promise in promises:
                title, condition = (promise.metric, promise.condition) if isinstance(promise, Target) else (promise.text, "")
                yield SearchThing("target", promise.id, title, _joined(title, promise.source.quote, condition))


def _units(task: Task) -> list[str]:
    return list(dict.fromkeys(duty.unit for duty in task.duties))


def things_of_facts(pack: Pack, facts: Facts) -> Iterator[SearchThing]:
    """Every row as it stands in its newest version."""
    for card in cards_of(pack):
        for line in lines_of(pack, facts, card.name, date.max):
            yield SearchThing("row", f"{card.name}/{line.key}", line.title, _joined(line.title, line.key, card.title, *_cells(line)))


def _cells(line: RegisterLine) -> list[str]:
    """Words of the row; amounts and dates are not what people search for, and are left to the register's own filter."""
    words = [text for _, text in line.now.cells if not text[:1].isdigit() and text not in {"", "是", "否", "未填"}]
    return [*words, line.now.supplier, *line.now.evidence]


def _joined(*texts: str | None) -> str:
    return " ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text))
