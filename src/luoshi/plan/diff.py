"""A re-issued list against the one before. In: two `Plan`s. Out: `PlanDiff`: every task, measure, target, milestone and unit with what
became of it, what became easier, and which id is which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from luoshi.plan.counterparts import Counterparts, Held, Laid, Pairs, find_counterparts, lay_out
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.order import find_moved
from luoshi.plan.plan import DocumentRef, Plan
from luoshi.plan.softening import Shift, compare_dues, compare_milestones, compare_targets
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.plan.unit_changes import UnitChange, compare_units
from luoshi.plan.wording import promise_words

Thing = Literal["task", "measure", "target", "milestone"]
How = Literal["same", "moved", "reworded", "changed", "split", "merged", "dropped", "added"]


@dataclass(frozen=True, slots=True)
class DiffSide:
    """「一侧」 A thing as one of the two lists has it. no: 3 or 3.2 as people call it; text: its words; holder: id of what holds it, "" for a
    task; task, within: id and title of its task."""

    id: str
    no: str
    text: str
    holder: str
    task: str
    within: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """「变动」 What became of one thing. hows: `same` alone, or one or more others.

    split: `new` came out of `old`; merged: `old` went into `new`. easier, harder, unclear: clauses about the promise; notes: the rest.
    """

    thing: Thing
    hows: tuple[How, ...]
    old: DiffSide | None
    new: DiffSide | None
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the change in a form: the ids of its two sides."""
        return f"{self.old.id if self.old else ''}>{self.new.id if self.new else ''}"


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """「对照」 Two versions of a list compared. ids: new id → the id it had before, where it is the same thing."""

    old: DocumentRef
    new: DocumentRef
    changes: tuple[PlanChange, ...]
    units: tuple[UnitChange, ...]
    ids: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Nothing changed."""
        return not self.units and all(change.hows == ("same",) for change in self.changes)

    def softened(self) -> tuple[PlanChange, ...]:
        """What asks for a reason: promises made easier, and what was dropped, each thing once (a dropped task for all that it held)."""
        dropped = {change.old.id for change in self.changes if change.old and change.hows == ("dropped",)}
        return tuple(c for c in self.changes if c.easier or (c.old and c.hows == ("dropped",) and c.old.holder not in dropped))


def compare_plans(old: Plan, new: Plan) -> PlanDiff:
    """Every thing of both lists, in the order of the new list, what was dropped where it stood."""
    one, other = lay_out(old), lay_out(new)
    pairs = find_counterparts(one, other)
    changes = tuple(_in_order(_Compared(one, other, pairs)))
    return PlanDiff(old.document, new.document, changes, compare_units(one, other, pairs), _ids(one, other, pairs))


def _ids(old: Laid, new: Laid, pairs: Counterparts) -> dict[str, str]:
    ids = {new.tasks[j].id: old.tasks[i].id for i, j in pairs.tasks.items()}
    for olds, news, found in ((old.measures, new.measures, pairs.measures), (old.targets, new.targets, pairs.targets),
                              (old.milestones, new.milestones, pairs.milestones)):
        ids |= {news[j].noun.id: olds[i].noun.id for i, j in found.items()}
    return ids


class _Compared:
    """Two plans laid out, with their pairs; every list of changes of one kind."""

    def __init__(self, old: Laid, new: Laid, pairs: Counterparts) -> None:
        self.old, self.new, self.pairs = old, new, pairs
        self.numbers = _numbers(old), _numbers(new)

    def side(self, at: int, which: int, thing: Thing) -> DiffSide:
        laid = (self.old, self.new)[which]
        if thing == "task":
            task = laid.tasks[at]
            return DiffSide(task.id, self.numbers[which][task.id], "　".join(x for x in (task.title, task.goal) if x), "", task.id, task.title)
        held: Held = {"measure": laid.measures, "target": laid.targets, "milestone": laid.milestones}[thing][at]
        noun, task = held.noun, laid.tasks[held.task]
        holder = noun if isinstance(noun, Measure) else task if held.measure is None else laid.measures[held.measure].noun
        if isinstance(noun, Measure):
            return DiffSide(noun.id, self.numbers[which][noun.id], noun.text, task.id, task.id, task.title)
        return DiffSide(noun.id, self.numbers[which][holder.id], promise_words(noun), holder.id, task.id, task.title)


def _numbers(laid: Laid) -> dict[str, str]:
    numbers: dict[str, str] = {}
    for position, task in enumerate(laid.tasks, 1):
        no = task.no or str(position)
        numbers |= {task.id: no, **{measure.id: f"{no}.{place}" for place, measure in enumerate(task.measures, 1)}}
    return numbers


def _in_order(both: _Compared) -> Iterator[PlanChange]:
    """Tasks, each with what it holds."""
    moved = find_moved(both.pairs.tasks)
    for thing, olds, news, pairs, split, merged, judge in _kinds(both, moved):
        partner = {j: i for i, j in pairs.items()}
        for j in range(len(news)):
            if j in partner:
                change = PlanChange(thing, ("same",), both.side(partner[j], 0, thing), both.side(j, 1, thing))
                yield judge(partner[j], j, change)
            elif j in split:
                yield PlanChange(thing, ("split",), both.side(split[j], 0, thing), both.side(j, 1, thing))
            else:
                yield PlanChange(thing, ("added",), None, both.side(j, 1, thing))
        for i in range(len(olds)):
            if i not in pairs and i in merged:
                yield PlanChange(thing, ("merged",), both.side(i, 0, thing), both.side(merged[i], 1, thing))
            elif i not in pairs:
                yield PlanChange(thing, ("dropped",), both.side(i, 0, thing), None)


Judge = Callable[[int, int, PlanChange], PlanChange]
Kind = tuple[Thing, Sequence[object], Sequence[object], Pairs, Pairs, Pairs, Judge]


def _kinds(both: _Compared, moved: set[int]) -> tuple[Kind, ...]:
    old, new, pairs = both.old, both.new, both.pairs
    return (
        ("task", old.tasks, new.tasks, pairs.tasks, pairs.split_tasks, pairs.merged_tasks,
         lambda i, j, change: _judge_task(old.tasks[i], new.tasks[j], i in moved, change)),
        ("measure", old.measures, new.measures, pairs.measures, pairs.split_measures, pairs.merged_measures,
         lambda i, j, change: _judge_measure(both, i, j, change)),
        ("target", old.targets, new.targets, pairs.targets, {}, {},
         lambda i, j, change: _judge_promise(both, old.targets[i], new.targets[j], change)),
        ("milestone", old.milestones, new.milestones, pairs.milestones, {}, {},
         lambda i, j, change: _judge_promise(both, old.milestones[i], new.milestones[j], change)))


def _judge_task(old: Task, new: Task, is_moved: bool, change: PlanChange) -> PlanChange:
    hows: list[How] = []
    if is_moved or old.group != new.group:
        hows.append("moved")
    if (old.title, old.goal, old.goals) != (new.title, new.goal, new.goals):
        hows.append("reworded")
    notes = _notes(old, new)
    if old.no != new.no and not is_moved:
        notes = (f"序号由{old.no or '没有'}改为{new.no or '没有'}", *notes)
    return _with_shift(change, hows, compare_dues(old.due, new.due), notes)


def _judge_measure(both: _Compared, i: int, j: int, change: PlanChange) -> PlanChange:
    one, other = both.old.measures[i], both.new.measures[j]
    old, new = one.noun, other.noun
    assert isinstance(old, Measure)
    assert isinstance(new, Measure)
    hows: list[How] = ["moved"] if both.pairs.tasks.get(one.task) != other.task else []
    hows += ["reworded"] if old.text != new.text else []
    return _with_shift(change, hows, compare_dues(old.due, new.due), _notes(old, new))


def _judge_promise(both: _Compared, one: Held, other: Held, change: PlanChange) -> PlanChange:
    old, new = one.noun, other.noun
    if one.measure is None:
        is_moved = other.measure is not None or both.pairs.tasks.get(one.task) != other.task
    else:
        is_moved = other.measure is None or both.pairs.measures.get(one.measure) != other.measure
    hows: list[How] = ["moved"] if is_moved else []
    if isinstance(old, Target) and isinstance(new, Target):
        hows += ["reworded"] if old.metric != new.metric else []
        return _with_shift(change, hows, compare_targets(old, new, _sentence(both.old, one), _sentence(both.new, other)), _part_notes(old, new))
    assert isinstance(old, Milestone)
    assert isinstance(new, Milestone)
    hows += ["reworded"] if old.text != new.text else []
    return _with_shift(change, hows, compare_milestones(old, new), ())


def _sentence(laid: Laid, held: Held) -> str:
    holder = laid.tasks[held.task] if held.measure is None else laid.measures[held.measure].noun
    return (holder.goal or holder.title) if isinstance(holder, Task) else holder.text if isinstance(holder, Measure) else ""


def _part_notes(old: Target, new: Target) -> tuple[str, ...]:
    if bool(old.of) == bool(new.of):
        return ()
    return ("改成其中的一部分" if new.of else "不再是其中的一部分",)


def _notes(old: Task | Measure, new: Task | Measure) -> tuple[str, ...]:
    """What is neither promise nor wording: people and remarks."""
    pairs = (("责任人", "、".join(old.people), "、".join(new.people)), ("备注", old.notes or "", new.notes or ""))
    return tuple(f"{name}由“{before or '空'}”改为“{after or '空'}”" for name, before, after in pairs if before != after)


def _with_shift(change: PlanChange, hows: list[How], shift: Shift, notes: tuple[str, ...]) -> PlanChange:
    if shift.easier or shift.harder or shift.unclear or notes:
        hows = [*hows, "changed"]
    return replace(change, hows=tuple(hows) or ("same",), easier=tuple(shift.easier), harder=tuple(shift.harder), unclear=tuple(shift.unclear),
                   notes=notes)
