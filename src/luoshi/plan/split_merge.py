"""One measure in two, two in one. In: measures or tasks. Out: measures or tasks with all that hung on them, nothing lost or doubled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from luoshi.plan.duty import Duty
from luoshi.plan.edit import BadEdit
from luoshi.plan.measure import Measure
from luoshi.plan.new_id import new_id
from luoshi.plan.task import Task
from luoshi.provenance import SourceRef

BETWEEN = "；"


def split_measure(measure: Measure, at: int) -> tuple[Measure, Measure]:
    """at: characters of its text before the cut. What was promised goes to the half in which its words stand; both have the units."""
    first, second = measure.text[:at].strip(), measure.text[at:].strip()
    if not 0 < at < len(measure.text) or not first or not second:
        raise BadEdit("两边都要有字才能拆开。请把光标放在第二条开始的地方。", "at")
    head, tail = _cut(measure.source, measure.text, at)
    id = new_id("measure", measure.id, at, second)
    one = replace(measure, text=first, source=head, targets=_before(measure.targets, tail), milestones=_before(measure.milestones, tail))
    two = replace(measure, text=second, source=tail, targets=_after(measure.targets, tail), milestones=_after(measure.milestones, tail))
    return one, replace(two, id=id, no=None)


def _cut(source: SourceRef, text: str, at: int) -> tuple[SourceRef, SourceRef]:
    """The source in two. The text lacks line breaks and outer blanks of the source: its characters are counted, blanks left out."""
    wanted = sum(not c.isspace() for c in text[:at])
    place = 0
    while place < len(source.quote) and wanted:
        wanted -= not source.quote[place].isspace()
        place += 1
    return (SourceRef(source.place, source.start, source.start + place, source.quote[:place]),
            SourceRef(source.place, source.start + place, source.end, source.quote[place:]))


def _is_after(promise: Any, tail: SourceRef) -> bool:
    return bool(promise.source.place == tail.place and promise.source.start >= tail.start)


def _before(promises: tuple[Any, ...], tail: SourceRef) -> tuple[Any, ...]:
    return tuple(p for p in promises if not _is_after(p, tail))


def _after(promises: tuple[Any, ...], tail: SourceRef) -> tuple[Any, ...]:
    return tuple(p for p in promises if _is_after(p, tail))


def merge_measures(into: Measure, other: Measure) -> Measure:
    """The words of both, one after the other; every promise; each unit once."""
    return replace(into, text=_joined(into.text, other.text), source=_span(into.source, other.source), targets=into.targets + other.targets,
                   milestones=into.milestones + other.milestones, duties=_duties(into.duties, other.duties),
                   people=tuple(dict.fromkeys(into.people + other.people)), notes=_notes(into.notes, other.notes), due=into.due or other.due)


def merge_tasks(into: Task, other: Task) -> Task:
    """The other's goal and measures follow. Its title, where it differs, stays in the notes: nothing is lost."""
    notes = _notes(into.notes, other.notes)
    if other.title and other.title != into.title:
        notes = _notes(notes, f"并入任务“{other.title}”")
    goal = _joined(into.goal, other.goal) if into.goal and other.goal and into.goal != other.goal else into.goal or other.goal
    return replace(into, goal=goal, goals=into.goals + other.goals, measures=into.measures + other.measures, targets=into.targets + other.targets,
                   milestones=into.milestones + other.milestones, duties=_duties(into.duties, other.duties),
                   people=tuple(dict.fromkeys(into.people + other.people)), notes=notes, due=into.due or other.due)


def _joined(first: str, second: str) -> str:
    return first + second if first.endswith(("。", "；", ";", "！")) else first + BETWEEN + second


def _span(first: SourceRef, second: SourceRef) -> SourceRef:
    """Two halves of one cell are that cell again; else the place of the first."""
    if first.place == second.place and first.end == second.start:
        return SourceRef(first.place, first.start, second.end, first.quote + second.quote)
    return first


def _duties(first: tuple[Duty, ...], second: tuple[Duty, ...]) -> tuple[Duty, ...]:
    known = {duty.unit for duty in first}
    return (*first, *(duty for duty in second if duty.unit not in known))


def _notes(first: str | None, second: str | None) -> str | None:
    return "；".join(dict.fromkeys(words for words in (first, second) if words)) or None
