"""A promise as people read it in one line. In: a target or a milestone. Out: text."""

from __future__ import annotations

from luoshi.lexicon.written import day_written, quantity
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Target

MODALITY_WORDS = {"committed": "", "stretch": "力争", "directional": "推进"}
MODE_WORDS = {"level": "", "increase": "增加", "decrease": "减少"}


def promise_words(promise: Target | Milestone) -> str:
    """「写法」 公园　≥50个（面积1亩以上）　力争　2019年12月31日前"""
    due = due_words(promise.due)
    if isinstance(promise, Milestone):
        return "　".join(x for x in (promise.text, MODALITY_WORDS[promise.modality], due) if x)
    per = f"/{promise.per}" if promise.per and "/" not in promise.unit else ""
    value = f"{MODE_WORDS[promise.mode]}{quantity(promise.op, promise.value, promise.value2, promise.unit)}{per}"
    condition = f"（{promise.condition}）" if promise.condition else ""
    part = "（其中）" if promise.of else ""
    return "　".join(x for x in (promise.metric + part, value + condition, MODALITY_WORDS[promise.modality], due) if x)


def due_words(due: Due | None) -> str:
    """2019年12月31日前; a phrase without a date as it is written."""
    if due is None:
        return ""
    return f"{day_written(due.date)}前" if due.date else f"{due.written or ''}（日期未定）"
