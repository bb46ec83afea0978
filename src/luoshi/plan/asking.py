"""In which order questions are asked, and which of them are alike. In: `Plan`. Out: its questions, the one that changes most first."""

from __future__ import annotations

from luoshi.plan.plan import Plan, holders_of
from luoshi.plan.settle import SUPPLIED_LATER
from luoshi.plan.walk import held_by
from luoshi.provenance import Finding

WHOLE_PLAN = 1_000_000
SHAPES = 1_000
OF_A_FIGURE = ("target.scope", "target.stock-or-flow", "target.band")
"""What a single figure means: may be answered later, on the target's own page. Everything else shapes the plan."""


def questions_in_order(plan: Plan) -> tuple[Finding, ...]:
    """By how much of the plan the answer would change (a proposal: one target); of equals, as the document has them."""
    weights = weights_of(plan)
    questions = [f for f in plan.findings if f.level == "question"]
    return tuple(sorted(questions, key=lambda f: -_weight(f, weights)))


def weights_of(plan: Plan) -> dict[str, int]:
    """Of each noun, how many hang on it: of a task with its measures, of a measure with its promises; 1 of a promise."""
    weights: dict[str, int] = {}
    for task in plan.tasks:
        for holder in holders_of(task):
            weights |= dict.fromkeys(held_by(holder), 1)
            weights[holder.id] = len(held_by(holder))
        weights[task.id] = sum(len(held_by(holder)) for holder in holders_of(task))
    return weights


def _weight(question: Finding, weights: dict[str, int]) -> int:
    if question.about is None:
        return WHOLE_PLAN
    if any(answer.key.startswith("target|") for answer in question.answers):
        return SHAPES + 1
    return (0 if question.id in OF_A_FIGURE else SHAPES) + weights.get(question.about, 0)


def same_answer(question: Finding, answer: str, others: tuple[Finding, ...]) -> dict[str, str]:
    """The same answer for every other question of its kind, by key. A proposal is taken as each question words it; own words are not."""
    if answer.partition("|")[0] in SUPPLIED_LATER:
        return {}
    place = next((n for n, a in enumerate(question.answers) if a.key == answer), None)
    alike = [o for o in others if o.id == question.id and o.key != question.key and place is not None and place < len(o.answers)]
    return {o.key: o.answers[place].key for o in alike if _kind(o.answers[place].key) == _kind(answer)}   # type: ignore[index]  # alike is empty then


def _kind(answer: str) -> str:
    """target|committed|100|%|… → target|committed: what a proposal has in common with others."""
    return "|".join(answer.split("|")[:2]) if answer.startswith("target|") else answer
