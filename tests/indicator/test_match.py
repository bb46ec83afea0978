"""Bindings and answers find what is written, and say so where they do not."""

from __future__ import annotations

from luoshi.indicator.match import by_promise, match_answers, match_bindings, reported_for
from luoshi.pack.binding_spec import Binding, QuestionAnswered
from luoshi.register.reported import read_reported
from tests.compiler.documents import compiled

TEXT = """
示例市2021年工作清单
序号|任务|目标|措施|牵头单位
1|办好民生实事|新建托位300个，新建养老床位300个。所有示例事项开通网上办理。|6月底前建成示例园。|市卫健委
"""


def binding(value: float = 300, unit: str = "个", words: tuple[str, ...] = ("托位",), task: str = "1") -> Binding:
    return Binding.model_validate({"target": {"task": task, "value": value, "unit": unit, "words": words},
                                   "class": "A", "run": "cumulative", "light": "x"})


def test_words_tell_two_targets_of_one_value_apart() -> None:
    plan = compiled(TEXT)
    matched, findings = match_bindings(plan, [binding(), binding(words=("养老床位",))])
    assert findings == ()
    assert len(matched) == 2


def test_a_binding_that_finds_none_or_two_is_reported() -> None:
    for wrong in (binding(value=301), binding(unit="张"), binding(task="2"), binding(words=()), binding(words=("桥",))):
        matched, findings = match_bindings(compiled(TEXT), [wrong])
        assert matched == {}
        assert [f.id for f in findings] == ["binding.not-matched"]


def test_a_milestone_is_found_by_its_words() -> None:
    plan = compiled(TEXT)
    found = Binding.model_validate({"milestone": {"task": "1", "words": ["示例园"]}, "class": "C", "run": "event", "light": "x"})
    matched, findings = match_bindings(plan, [found])
    assert findings == ()
    assert list(matched) == [m.id for _, _, m in plan.milestones() if "示例园" in m.text]


def answer(**more: object) -> QuestionAnswered:
    return QuestionAnswered.model_validate({"finding": "target.coverage-without-number", "task": "1", "words": ["示例事项"],
                                            "by": "示例督查室", "on": "2021-03-01", **more})


def test_an_answer_takes_the_likeliest_unless_it_names_another() -> None:
    plan = compiled(TEXT)
    (chosen,), _ = (tuple(x.values()) if isinstance(x, dict) else x for x in match_answers(plan, [answer()]))
    assert chosen.startswith("target|")
    chosen_none, findings = match_answers(plan, [answer(answer="none")])
    assert list(chosen_none.values()) == ["none"]
    assert findings == ()


def test_an_answer_without_a_question_is_reported() -> None:
    chosen, findings = match_answers(compiled(TEXT), [answer(task="9")])
    assert chosen == {}
    assert [f.id for f in findings] == ["answer.not-matched"]


def test_reported_values_are_read_oldest_first_and_bad_lines_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "reported.csv"
    path.write_text("任务,指标词,数值,单位,数据日期,填报单位,说明\n1,托位,200,个,2021-09-30,市卫健委,示例\n1,托位,100,个,2021-06-30,市卫健委,示例\n"
                    "1,托位,许多,个,2021-06-30,市卫健委,\n1,托位,5,个,六月,市卫健委,\n", "utf-8")
    reported, findings = read_reported(path)
    plan = compiled(TEXT)
    task, _, target = next(iter(plan.targets()))
    assert [r.value for r in reported_for(task, target, by_promise(reported))] == [100, 200]
    assert ["第4行" in f.message or "第5行" in f.message for f in findings] == [True, True]


def test_a_missing_column_of_reported_values_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "reported.csv"
    path.write_text("任务,数值\n1,2\n", "utf-8")
    reported, findings = read_reported(path)
    assert reported == ()
    assert "指标词" in findings[0].message
