"""Which answers settle a question, and the plan that they make. In: a plan as read, answers as given. Out: the plan to confirm.

An answer that only promises to supply something later (a scope, a unit) settles nothing until the words are there: `declare|…`.
"""

from __future__ import annotations

from luoshi.plan.answer import answer_questions
from luoshi.plan.plan import Plan
from luoshi.provenance import Finding

SUPPLIED_LATER = ("declare", "fill")
WORDS = 500


class NotAnAnswer(Exception):
    """「答非所问」 The question is not of this plan, or the answer is none of its answers."""


def settle_questions(plan: Plan, answers: dict[str, str]) -> Plan:
    """The plan with the answers applied. Questions that are not settled stay. Raises NotAnAnswer."""
    check_answers(plan, answers)
    return answer_questions(plan, {key: answer for key, answer in answers.items() if settles(answer)})


def settles(answer: str) -> bool:
    """Whether nothing is left open by it."""
    return answer not in SUPPLIED_LATER and not answer.startswith("fill|")


def check_answers(plan: Plan, answers: dict[str, str]) -> None:
    """Every key is a question of the plan, every answer one of its answers; `declare` may carry words. Raises NotAnAnswer."""
    fitting = fitting_answers(plan, answers)
    for key in answers:
        if key not in fitting:
            raise NotAnAnswer(f"没有这个问题，或没有这个答案：{key}。文件可能重新读过，请刷新页面再答。")


def fitting_answers(plan: Plan, answers: dict[str, str]) -> dict[str, str]:
    """Those that answer a question of this plan with one of its answers."""
    asked = {f.key: f for f in plan.findings if f.level == "question"}
    return {key: answer for key, answer in answers.items() if key in asked and _is_offered(asked[key], answer)}


def _is_offered(question: Finding, answer: str) -> bool:
    choice, bar, words = answer.partition("|")
    keys = {a.key for a in question.answers}
    return answer in keys or (bool(bar) and choice in SUPPLIED_LATER and choice in keys and 0 < len(words.strip()) <= WORDS)
