"""Questions answered make targets; no answer is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luoshi.plan.answer import answer_key, answer_questions
from luoshi.plan.plan import Plan
from tests.compiler.documents import compiled

TEXT = """
示例市2021年工作清单
序号|任务|目标|措施|牵头单位
1|方便群众办事|所有示例事项开通网上办理。|改造系统。|市数据局
"""


def question(plan: Plan) -> str:
    return next(f.key for f in plan.findings if f.id == "target.coverage-without-number")


def test_accepting_a_proposal_makes_a_target_that_keeps_its_sentence() -> None:
    plan = compiled(TEXT)
    asked = next(f for f in plan.findings if f.key == question(plan))
    answered = answer_questions(plan, {asked.key: asked.answers[0].key})
    targets = [t for _, _, t in answered.targets()]
    assert [(t.value, t.unit) for t in targets] == [(Decimal(100), "%")]
    assert targets[0].source == asked.source
    assert targets[0].due is not None
    assert targets[0].due.date == "2021-12-31"
    assert asked.key not in {f.key for f in answered.findings}


def test_declining_leaves_no_target_and_no_question() -> None:
    plan = compiled(TEXT)
    answered = answer_questions(plan, {question(plan): "none"})
    assert list(answered.targets()) == []
    assert "target.coverage-without-number" not in {f.id for f in answered.findings}


def test_an_answer_to_no_question_is_an_error() -> None:
    with pytest.raises(KeyError, match="没有这些问题：nothing"):
        answer_questions(compiled(TEXT), {"nothing": "none"})


def test_an_answer_out_of_shape_is_an_error() -> None:
    plan = compiled(TEXT)
    with pytest.raises(KeyError, match="答案不成立"):
        answer_questions(plan, {question(plan): "target|wished|1|个|示例"})


def test_the_key_carries_the_whole_proposal() -> None:
    assert answer_key("示例|事项", Decimal("99.5"), "%", "committed") == "target|committed|99.5|%|示例|事项"
