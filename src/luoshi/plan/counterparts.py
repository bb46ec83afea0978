"""Which task, measure, target and milestone of one plan is which of another. In: two `Plan`s. Out: `Counterparts`, by position.

Equal words first, then like words (`alike`); a task is also known by its measures, a target by where it stands. What found no partner may
be a piece that was split off, or one that was merged into another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from luoshi.plan.alike import Tokens, alike, find_candidates, pair_alike, pair_same, share_in, tokens_of
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.task import Task

Pairs: TypeAlias = dict[int, int]
TASK_FLOOR, MEASURE_FLOOR, PROMISE_FLOOR, PIECE = 0.4, 0.5, 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Held:
    """「所属」 A measure, target or milestone with the positions of its task and of its measure (None: the task itself holds it)."""

    noun: Measure | Target | Milestone
    task: int
    measure: int | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """「摊开」 A plan as flat rows, in the order of the document."""

    tasks: tuple[Task, ...]
    measures: tuple[Held, ...]
    targets: tuple[Held, ...]
    milestones: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Counterparts:
    """「对应」 Old position → new position of each kind. split: new position → old one it comes from; merged: old → new one it went into."""

    tasks: Pairs
    measures: Pairs
    targets: Pairs
    milestones: Pairs
    split_tasks: Pairs
    merged_tasks: Pairs
    split_measures: Pairs
    merged_measures: Pairs


def lay_out(plan: Plan) -> Laid:
    """The plan's rows."""
    measures = [Held(measure, at) for at, task in enumerate(plan.tasks) for measure in task.measures]
    holders: list[tuple[int, int | None, Task | Measure]] = []
    count = 0
    for at, task in enumerate(plan.tasks):
        holders.append((at, None, task))
        for measure in task.measures:
            holders.append((at, count, measure))
            count += 1
    return Laid(plan.tasks, tuple(measures),
                tuple(Held(target, at, m) for at, m, holder in holders for target in holder.targets),
                tuple(Held(milestone, at, m) for at, m, holder in holders for milestone in holder.milestones))


def find_counterparts(old: Laid, new: Laid) -> Counterparts:
    """Tasks, then measures within and beyond them, then what they hold."""
    tasks = _pair_tasks(old, new)
    measures = _pair_measures(old, new, tasks)
    within = _Within(tasks, measures)
    targets = _pair_held(old.targets, new.targets, within, _target_keys, _target_tokens, _target_likeness)
    milestones = _pair_held(old.milestones, new.milestones, within, _milestone_keys, _milestone_tokens, _milestone_likeness)
    merged = _pieces([m.noun for m in old.measures], [m.noun for m in new.measures], measures)
    split = _pieces([m.noun for m in new.measures], [m.noun for m in old.measures], _turned(measures))
    return Counterparts(tasks, measures, targets, milestones, split_measures=split, merged_measures=merged,
                        split_tasks=_task_pieces(new, old, _turned(tasks), _turned(measures) | split),
                        merged_tasks=_task_pieces(old, new, tasks, measures | merged))


def _turned(pairs: Mapping[int, int]) -> Pairs:
    return {new: old for old, new in pairs.items()}


def _pair_tasks(old: Laid, new: Laid) -> Pairs:
    stages: tuple[Callable[[Task], object], ...] = (lambda t: (t.no, t.title, t.goal), lambda t: (t.no, t.title), lambda t: t.title or None)
    pairs = _pair_stages(old.tasks, new.tasks, tuple((stage, stage) for stage in stages))
    left, right = _rest(old.tasks, pairs), _rest(new.tasks, set(pairs.values()))
    titles = [tokens_of(old.tasks[i].title) for i in left], [tokens_of(new.tasks[j].title) for j in right]
    bodies = [_body(old.tasks[i]) for i in left], [_body(new.tasks[j]) for j in right]

    def likeness(i: int, j: int) -> float:
        title, body = alike(titles[0][i], titles[1][j]), alike(bodies[0][i], bodies[1][j])
        return max(0.7 * title + 0.3 * body, 0.9 * body)

    whole = [[a | b for a, b in zip(titles[side], bodies[side], strict=True)] for side in (0, 1)]
    found = pair_alike(whole[0], whole[1], likeness, TASK_FLOOR)
    return pairs | {left[i]: right[j] for i, j in found.items()}


def _body(task: Task) -> Tokens:
    return tokens_of(task.goal, *(goal.text for goal in task.goals), *(measure.text for measure in task.measures))


def _pair_measures(old: Laid, new: Laid, tasks: Pairs) -> Pairs:
    numbers = _pair_numbers(tasks)
    pairs = _pair_stages(old.measures, new.measures, (
        (lambda m: _key(numbers[0].get(m.task), m.noun.text), lambda m: _key(numbers[1].get(m.task), m.noun.text)),
        (lambda m: m.noun.text, lambda m: m.noun.text)))
    left, right = _rest(old.measures, pairs), _rest(new.measures, set(pairs.values()))
    texts = [tokens_of(_text(old.measures[i].noun)) for i in left], [tokens_of(_text(new.measures[j].noun)) for j in right]

    def likeness(i: int, j: int) -> float:
        together = tasks.get(old.measures[left[i]].task) == new.measures[right[j]].task
        return alike(texts[0][i], texts[1][j]) + (0.1 if together else 0)

    found = pair_alike(*texts, likeness, MEASURE_FLOOR)
    return pairs | {left[i]: right[j] for i, j in found.items()}


def _text(noun: Measure | Target | Milestone) -> str:
    return noun.metric if isinstance(noun, Target) else noun.text


class _Within:
    """Where a thing stands, named so that both plans give matched places the same name; None where its place has no partner."""

    def __init__(self, tasks: Pairs, measures: Pairs) -> None:
        self.tasks, self.measures = _pair_numbers(tasks), _pair_numbers(measures)

    def task(self, held: Held, side: int) -> object:
        number = self.tasks[side].get(held.task)
        return None if number is None else f"task {number}"

    def holder(self, held: Held, side: int) -> object:
        number = None if held.measure is None else self.measures[side].get(held.measure)
        return self.task(held, side) if held.measure is None else None if number is None else f"measure {number}"


def _pair_numbers(pairs: Pairs) -> tuple[dict[int, int], dict[int, int]]:
    ordered = sorted(pairs.items())
    return {i: n for n, (i, _) in enumerate(ordered)}, {j: n for n, (_, j) in enumerate(ordered)}


def _pair_held(old: Sequence[Held], new: Sequence[Held], within: _Within, keys: Callable[[Held, int, _Within], tuple[object, ...]],
               tokens: Callable[[Held], Tokens], likeness: Callable[[Held, Held], float]) -> Pairs:
    known = [keys(held, 0, within) for held in old], [keys(held, 1, within) for held in new]
    pairs: Pairs = {}
    for stage in range(len(known[0][0]) if known[0] else 0):
        left, right = _rest(old, pairs), _rest(new, set(pairs.values()))
        found = pair_same([known[0][i][stage] for i in left], [known[1][j][stage] for j in right])
        pairs |= {left[i]: right[j] for i, j in found.items()}
    left, right = _rest(old, pairs), _rest(new, set(pairs.values()))

    def score(i: int, j: int) -> float:
        one, other = old[left[i]], new[right[j]]
        beside = within.holder(one, 0), within.task(one, 0)
        there = within.holder(other, 1), within.task(other, 1)
        place = (0.2 if beside[0] and beside[0] == there[0] else 0) + (0.1 if beside[1] and beside[1] == there[1] else 0)
        return likeness(one, other) + place

    texts = [_placed(tokens(old[i]), within.holder(old[i], 0)) for i in left], [_placed(tokens(new[j]), within.holder(new[j], 1)) for j in right]
    return pairs | {left[i]: right[j] for i, j in pair_alike(*texts, score, PROMISE_FLOOR).items()}


def _placed(tokens: Tokens, holder: object) -> Tokens:
    return tokens | {f"@{holder}"} if holder else tokens


def _key(place: object, *words: object) -> object:
    return None if place is None else (place, *words)


def _target_keys(held: Held, side: int, within: _Within) -> tuple[object, ...]:
    t = held.noun
    assert isinstance(t, Target)
    holder, task = within.holder(held, side), within.task(held, side)
    return (_key(holder, t.metric, t.unit, t.value, t.value2, t.op, t.due, t.condition), _key(holder, t.metric, t.unit, t.value),
            _key(holder, t.metric, t.unit), _key(task, t.metric, t.unit, t.value), _key(task, t.metric, t.unit))


def _target_tokens(held: Held) -> Tokens:
    assert isinstance(held.noun, Target)
    return tokens_of(held.noun.metric)


def _target_likeness(one: Held, other: Held) -> float:
    a, b = one.noun, other.noun
    assert isinstance(a, Target)
    assert isinstance(b, Target)
    words = alike(tokens_of(a.metric), tokens_of(b.metric))
    return 0.5 * words + (0.15 if a.unit == b.unit else 0) + (0.1 if a.value == b.value else 0)


def _milestone_keys(held: Held, side: int, within: _Within) -> tuple[object, ...]:
    m = held.noun
    assert isinstance(m, Milestone)
    return (_key(within.holder(held, side), m.text, m.due), _key(within.holder(held, side), m.text), _key(within.task(held, side), m.text))


def _milestone_tokens(held: Held) -> Tokens:
    assert isinstance(held.noun, Milestone)
    return tokens_of(held.noun.text)


def _milestone_likeness(one: Held, other: Held) -> float:
    return 0.8 * alike(_milestone_tokens(one), _milestone_tokens(other))


def _pair_stages(old: Sequence[object], new: Sequence[object],
                 stages: tuple[tuple[Callable[..., object], Callable[..., object]], ...]) -> Pairs:
    pairs: Pairs = {}
    for of_old, of_new in stages:
        left, right = _rest(old, pairs), _rest(new, set(pairs.values()))
        found = pair_same([of_old(old[i]) for i in left], [of_new(new[j]) for j in right])
        pairs |= {left[i]: right[j] for i, j in found.items()}
    return pairs


def _rest(things: Sequence[object], paired: Mapping[int, int] | set[int]) -> list[int]:
    return [at for at in range(len(things)) if at not in paired]


def _pieces(lone: Sequence[Measure | Target | Milestone], whole: Sequence[Measure | Target | Milestone], pairs: Pairs) -> Pairs:
    """What has no partner, but whose words nearly all stand in one text over there, whose own partner here does not have them."""
    here, there = [tokens_of(_text(x)) for x in lone], [tokens_of(_text(x)) for x in whole]
    partner = _turned(pairs)
    alone = _rest(lone, pairs)
    found: dict[int, tuple[float, int, int]] = {}
    for place, other in find_candidates([here[at] for at in alone], there):
        at = alone[place]
        share = share_in(here[at], there[other])
        if other in partner and share >= PIECE and len(here[at]) > 3 and share_in(here[at], here[partner[other]]) < PIECE:
            found[at] = max(found.get(at, (0.0, 0, 0)), (share, -abs(at - other), -other))
    return {at: -best[2] for at, best in found.items()}


def _task_pieces(lone: Laid, whole: Laid, pairs: Pairs, measures: Mapping[int, int]) -> Pairs:
    """A task without a partner, at least half of whose measures stand in one task over there."""
    found: Pairs = {}
    firsts: dict[int, list[int]] = {}
    for at, held in enumerate(lone.measures):
        firsts.setdefault(held.task, []).append(at)
    for task in _rest(lone.tasks, pairs):
        own = firsts.get(task, [])
        homes = Counter(whole.measures[measures[at]].task for at in own if at in measures)
        best = max(homes, key=lambda home: (homes[home], -home), default=None)
        if best is not None and homes[best] * 2 >= len(own):
            found[task] = best
    return found
