"""The plan as people have made it so far: what the compiler read, then the answers, then the edits in their order.

In: the compiled `Plan`, answers, edits. Out: `Revised`: the plan, and what no longer fits the document as it is read now; none of it is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.plan.change_plan import change_plan
from luoshi.plan.edit import BadEdit, Edit
from luoshi.plan.plan import Plan
from luoshi.plan.settle import fitting_answers, settle_questions


@dataclass(frozen=True, slots=True)
class Unfit:
    """「用不上的修改」 number: which of the edits, from 0; why: Chinese."""

    number: int
    edit: Edit
    why: str


@dataclass(frozen=True, slots=True)
class Revised:
    """「修改后的方案」 unanswered: answers to questions that the compiled plan does not ask, by key."""

    plan: Plan
    unanswered: dict[str, str]
    unfit: tuple[Unfit, ...]


def revise_plan(compiled: Plan, answers: dict[str, str], edits: Iterable[Edit] = ()) -> Revised:
    """Never raises: what cannot be applied is given back."""
    fitting = fitting_answers(compiled, answers)
    plan, unfit = settle_questions(compiled, fitting), []
    for number, edit in enumerate(edits):
        try:
            plan = change_plan(plan, edit)
        except BadEdit as bad:
            unfit.append(Unfit(number, edit, str(bad)))
    return Revised(plan, {key: answer for key, answer in answers.items() if key not in fitting}, tuple(unfit))

