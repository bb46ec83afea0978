"""Questions in the order of what their answers would change. In: findings, tasks. Out: the same findings, questions sorted among themselves.

An answer that decides about the whole list comes first, then who is responsible (nothing can be sent out without), then whether there is a
target at all, then how a target is counted.
"""

from __future__ import annotations

from luoshi.provenance import Finding

# first id that fits a finding's id wins; a question of another kind stands between the targets and how they are counted
_ORDER = ("list.", "table.", "task.", "duty.blank", "duty.", "target.coverage-without-number", "quantity.inexact", "due.", "", "target.stock-or-flow",
          "target.scope", "target.band")
_OTHER = _ORDER.index("")


def sort_questions(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Other findings keep their places."""
    questions = iter(sorted((f for f in findings if f.level == "question"), key=weight_of))
    return tuple(next(questions) if f.level == "question" else f for f in findings)


def weight_of(question: Finding) -> int:
    """「分量」 The smaller, the more its answer would change."""
    return next((i for i, start in enumerate(_ORDER) if start and question.id.startswith(start)), _OTHER)
