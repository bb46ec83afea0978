"""Which indicator measures which target, and which answer fits which question: found by what is written.

In: a plan and a pack's bindings and answers. Out: pairs, and a finding for whatever found no partner or more than one.
The same pack then fits the city's own list and a paraphrase of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from luoshi.pack.binding_spec import Binding, QuestionAnswered, TargetWritten
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding
from luoshi.register.reported import Reported


def match_bindings(plan: Plan, bindings: Iterable[Binding], earlier: tuple[Plan, ...] = ()) -> tuple[dict[str, Binding], tuple[Finding, ...]]:
    """Id of target or milestone → its binding. A binding must find exactly one.

    earlier: versions of the list before this one, the newest first: ids stay when a list is issued again, so that what is written there
    finds what it became here, also where its value is another now."""
    matched: dict[str, Binding] = {}
    findings: list[Finding] = []
    late: list[tuple[Binding, int]] = []
    for binding in bindings:
        found = _candidates(plan, binding)
        free = [x for x in found if x not in matched]
        if len(free) == 1:
            matched[free[0]] = binding
        else:
            late.append((binding, len(found)))
    here = {t.id for _, _, t in plan.targets()} | {m.id for _, _, m in plan.milestones()} if late and earlier else set[str]()
    for binding, count in late:
        known = _known_before(binding, earlier, here - matched.keys())
        if known:
            matched[known] = binding
        else:
            findings.append(_unmatched(binding, count))
    return matched, tuple(findings)


def _known_before(binding: Binding, earlier: tuple[Plan, ...], free: set[str]) -> str | None:
    for plan in earlier:
        found = [x for x in _candidates(plan, binding) if x in free]
        if len(found) == 1:
            return found[0]
    return None


def _candidates(plan: Plan, binding: Binding) -> list[str]:
    if binding.target:
        return _targets_written(plan, binding.target)
    assert binding.milestone is not None, "the pack check lets no binding pass without one of the two"
    wanted = binding.milestone
    found = [m for task, _, m in plan.milestones() if task.no == wanted.task and _has(m.text, wanted.words)]
    dated = [m for m in found if m.due and m.due.written]
    return [m.id for m in (dated or found)]


def _targets_written(plan: Plan, wanted: TargetWritten) -> list[str]:
    """By number, unit and words of the metric; the words may stand in its sentence where the metric does not hold them."""
    same = [(t, holder) for task, holder, t in plan.targets()
            if task.no == wanted.task and t.value == Decimal(str(wanted.value)) and t.unit.replace(" ", "") == wanted.unit]
    by_metric = [t.id for t, _ in same if _has(f"{t.metric}{t.source.quote}{t.condition or ''}", wanted.words)]
    return by_metric or [t.id for t, holder in same if _has(_sentences(holder), wanted.words)]


def _sentences(holder: Task | Measure) -> str:
    return (holder.goal or holder.title) if isinstance(holder, Task) else holder.text


def _has(text: str, words: Iterable[str]) -> bool:
    text = "".join(text.split())
    return all(word in text for word in words)


def _unmatched(binding: Binding, found: int) -> Finding:
    if binding.target:
        w = binding.target
        what = f"任务{w.task}的指标“{''.join(w.words)} {w.value:g}{w.unit}”"
    else:
        assert binding.milestone is not None
        what = f"任务{binding.milestone.task}的节点“{'、'.join(binding.milestone.words)}”"
    why = "在方案里没有找到" if not found else f"在方案里有{found}处，或已被别的绑定占用，分不清是哪一个"
    return Finding("binding.not-matched", f"binding.not-matched:{what}", "warning", f"bindings.yaml：{what}{why}。请核对数值、单位和词。")


def match_answers(plan: Plan, answers: Iterable[QuestionAnswered]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Finding key → answer key. An answer that finds no question is reported, never dropped."""
    task_of = _task_numbers(plan)
    chosen: dict[str, str] = {}
    findings: list[Finding] = []
    for answer in answers:
        asked = [f for f in plan.findings if f.id == answer.finding and f.level == "question" and f.key not in chosen
                 and task_of.get(f.about or "") == answer.task and _has(f.message, answer.words)]
        if len(asked) != 1:
            findings.append(Finding("answer.not-matched", f"answer.not-matched:{answer.task}:{answer.finding}:{'、'.join(answer.words)}", "warning",
                                    f"answers.yaml：任务{answer.task}的“{answer.finding}”{'、'.join(answer.words)}对上了{len(asked)}个问题，应当正好一个。"))
            continue
        keys = [a.key for a in asked[0].answers]
        chosen[asked[0].key] = answer.answer or keys[0]
    return chosen, tuple(findings)


def _task_numbers(plan: Plan) -> dict[str, str]:
    """Id of every task, measure, target, milestone → its task's number as printed."""
    numbers: dict[str, str] = {}
    for task, holder in plan.holders():
        nouns: tuple[Task | Measure | Target | Milestone, ...] = (holder, *holder.targets, *holder.milestones)
        numbers.update({noun.id: task.no or "" for noun in nouns})
    return numbers


def by_promise(reported: Iterable[Reported]) -> Mapping[str, Sequence[Reported]]:
    """Promise id → what was reported for it; under "" what is found by its words."""
    found: dict[str, list[Reported]] = {}
    for value in reported:
        found.setdefault(value.promise_id, []).append(value)
    return found


def reported_for(task: Task, promise: Target | Milestone, said: Mapping[str, Sequence[Reported]]) -> tuple[Reported, ...]:
    """What was reported for a promise, oldest first; said: by promise. From the first value on that names exactly this promise, only such values
    count: what was found by words is then history."""
    own = said.get(promise.id, ())
    first = min((r.on for r in own), default=None)
    found = [r for r in said.get("", ()) if isinstance(promise, Target) and r.task == task.no and _has(promise.metric, r.words)
             and r.unit == promise.unit and (first is None or r.on < first)]
    return tuple(sorted((*found, *own), key=lambda r: r.on))
