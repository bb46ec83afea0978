"""Edits of a plan: each does what it says, keeps ids and sources, refuses what cannot be, and can be taken back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.plan.change_plan import change_plan
from luoshi.plan.edit import Add, Assign, BadEdit, Change, Drop, Edit, Merge, Move, NotThere, Split
from luoshi.plan.edit_json import edit_from_json, edit_to_json
from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan, plan_to_json
from luoshi.plan.revise import revise_plan
from luoshi.plan.step_log import Step, StepLog, answered, log_from_json, log_to_json
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task
from luoshi.plan.walk import held_by, nouns_of
from luoshi.provenance import SourceRef
from tests.compiler.documents import compiled

TEXT = """
示例市2021年重点工作任务清单
序号|工作任务|年度目标|具体措施|牵头单位|配合单位
1|办好民生实事|全年新增托位300个，其中普惠托位200个。|建设示例托育园，上半年开工；培训保育员100人。|市卫健委|市教育局、市财政局
^|^|^|开展家庭托育点登记。|^|^
2|改善交通|新建公交站20个以上。|新辟公交线路5条。|市交通局|市公安局
"""
PLAN = compiled(TEXT)
FIRST, SECOND = PLAN.tasks
NURSERY, HOMES = FIRST.measures
PLACES, PART = FIRST.targets


def after(edit: Edit, plan: Plan = PLAN) -> dict[str, Any]:
    return dict(nouns_of(change_plan(plan, edit)))


def refused(edit: Edit) -> tuple[str, str]:
    with pytest.raises(BadEdit) as bad:
        change_plan(PLAN, edit)
    return bad.value.field, str(bad.value)


def test_values_of_a_target_are_changed_and_its_sentence_stays() -> None:
    changed = after(Change(PLACES.id, (("value", "1,320"), ("op", ">="), ("due", "2021年6月30日"), ("modality", "stretch"))))[PLACES.id]
    assert (changed.value, changed.op, changed.due, changed.modality) == (Decimal(1320), ">=", Due("2021-06-30", None), "stretch")
    assert changed.source == PLACES.source


def test_a_field_sent_back_as_it_was_keeps_the_phrase_of_its_deadline() -> None:
    assert PLACES.due is not None
    assert PLACES.due.written == "全年"
    assert after(Change(PLACES.id, (("due", PLACES.due.date or ""), ("metric", "托位"))))[PLACES.id].due == PLACES.due


@pytest.mark.parametrize(("values", "field", "words"), [
    ((("value", "许多"),), "value", "不是数"), ((("value", ""),), "value", "不能空着"), ((("value", "NaN"),), "value", "超出"),
    ((("value", "1" * 40),), "value", "超出"), ((("due", "年底"),), "due", "不是日期"), ((("due", "2021-02-30"),), "due", "不是日期"),
    ((("op", "range"),), "value2", "还要填“上限”"), ((("op", "range"), ("value2", "1")), "value2", "填反"), ((("op", "!="),), "op", "没有"),
    ((("metric", " "),), "metric", "不能空着"), ((("modality", ""),), "modality", "不能空着"),
    ((("metric", "长" * 201),), "metric", "最多200个字"), ((("text", "不对"),), "text", "没有“文字”可改")])
def test_a_wrong_value_is_refused_with_its_field(values: tuple[tuple[str, str], ...], field: str, words: str) -> None:
    got, message = refused(Change(PLACES.id, values))
    assert got == field
    assert words in message


def test_a_measure_is_split_and_what_was_promised_goes_to_its_half() -> None:
    at = NURSERY.text.index("培训")
    nouns = after(Split(NURSERY.id, at))
    task = nouns[FIRST.id]
    one, two, _ = task.measures
    assert (one.text, two.text) == ("建设示例托育园，上半年开工；", "培训保育员100人。")
    assert one.id == NURSERY.id
    assert ([t.metric for t in one.targets], len(one.milestones)) == ([], 1)
    assert [t.value for t in two.targets] == [Decimal(100)]
    assert two.duties == one.duties == NURSERY.duties
    assert one.source.quote + two.source.quote == NURSERY.source.quote


def test_two_halves_merged_are_the_measure_again() -> None:
    plan = change_plan(PLAN, Split(NURSERY.id, NURSERY.text.index("培训")))
    assert change_plan(plan, Merge(NURSERY.id, plan.tasks[0].measures[1].id)) == PLAN


def test_tasks_are_merged_with_all_that_they_hold() -> None:
    plan = change_plan(PLAN, Merge(FIRST.id, SECOND.id))
    assert len(plan.tasks) == 1
    assert [t.value for _, _, t in plan.targets()] == [300, 200, 20, 100, 5]
    assert "改善交通" in (plan.tasks[0].notes or "")


def test_a_measure_and_a_target_are_moved_with_their_ids() -> None:
    assert HOMES.id in {m.id for m in after(Move(HOMES.id, SECOND.id))[SECOND.id].measures}
    assert PLACES.id in {t.id for t in after(Move(PLACES.id, SECOND.measures[0].id))[SECOND.measures[0].id].targets}


def test_what_is_dropped_takes_its_questions_with_it_and_leaves_no_part_of_nothing() -> None:
    assert any(f.about == PLACES.id for f in PLAN.findings)
    plan = change_plan(PLAN, Drop(PLACES.id, "重复"))
    assert PLACES.id not in nouns_of(plan)
    assert not [f for f in plan.findings if f.about == PLACES.id]
    left = nouns_of(plan)[PART.id]
    assert isinstance(left, Target)
    assert left.of is None


def test_units_are_given_roles_and_keep_the_place_where_they_were_read() -> None:
    lead = NURSERY.duties[0]
    nouns = after(Assign((NURSERY.id, HOMES.id), (("市教育局", "lead"), ("市卫健委", "support"), ("示例街道", "support"))))
    for id in (NURSERY.id, HOMES.id):
        assert [(d.unit, d.role) for d in nouns[id].duties] == [("市教育局", "lead"), ("市卫健委", "support"), ("示例街道", "support")]
    assert nouns[NURSERY.id].duties[1].source == lead.source


def test_a_blank_that_is_filled_asks_no_more() -> None:
    plan = compiled(TEXT.replace("市公安局", ""))
    road = plan.tasks[1].measures[0]
    assert "duty.blank" in {f.id for f in plan.findings}
    filled = change_plan(plan, Assign((road.id,), (("市交通局", "lead"), ("市公安局", "support"))))
    assert "duty.blank" not in {f.id for f in filled.findings}


def test_what_was_missed_is_added_under_its_sentence() -> None:
    source = SourceRef("table 1 row 2 column 4", 0, 5, "建设示例托")
    nouns = after(Add("target", NURSERY.id, source, (("metric", "托育园"), ("value", "1"), ("unit", "所"))))
    added = nouns[NURSERY.id].targets[-1]
    assert (added.metric, added.value, added.unit, added.source) == ("托育园", 1, "所", source)
    task = change_plan(PLAN, Add("task", "", source, (("title", "新任务"),))).tasks[-1]
    assert (task.title, task.goal) == ("新任务", None)
    assert refused(Add("target", NURSERY.id, source, (("metric", "托育园"),)))[0] == "value"
    assert refused(Add("measure", NURSERY.id, source, (("text", "甲"),)))[0] == "to"


@pytest.mark.parametrize(("edit", "words"), [
    (Split(NURSERY.id, 0), "两边都要有字"), (Split(FIRST.id, 3), "只有举措可以拆开"), (Merge(FIRST.id, FIRST.id), "和自己"),
    (Merge(NURSERY.id, SECOND.measures[0].id), "不在同一项任务"), (Merge(FIRST.id, NURSERY.id), "任务和任务"), (Move(FIRST.id, SECOND.id), "不能移"),
    (Move(HOMES.id, NURSERY.id), "只能移到任务"), (Move(HOMES.id, FIRST.id), "已经在那里"), (Drop(PLACES.id, " "), "要写原因"),
    (Assign((PLACES.id,), ()), "只能记在任务或举措上"), (Assign((HOMES.id,), (("市甲局", "lead"), ("市甲局", "support"))), "写了两次"),
    (Assign((HOMES.id,), ((" ", "lead"),)), "要有一到80个字")])
def test_what_cannot_be_is_refused_with_the_reason(edit: Edit, words: str) -> None:
    assert words in refused(edit)[1]


def test_what_is_not_there_is_not_changed() -> None:
    with pytest.raises(NotThere, match="没有这一条"):
        change_plan(PLAN, Drop("target-gone", "重复"))


def test_edits_that_no_longer_fit_are_given_back_and_the_others_made() -> None:
    edits = (Change(PLACES.id, (("value", "310"),)), Drop("target-gone", "重复"))
    revised = revise_plan(PLAN, {"no.such": "x"}, edits)
    assert next(t.value for _, _, t in revised.plan.targets()) == 310
    assert [(u.number, u.edit) for u in revised.unfit] == [(1, edits[1])]
    assert revised.unanswered == {"no.such": "x"}


def test_compiling_the_same_document_again_takes_every_edit() -> None:
    edits = (Split(NURSERY.id, NURSERY.text.index("培训")), Move(PLACES.id, HOMES.id), Drop(SECOND.id, "重复"))
    assert revise_plan(compiled(TEXT), {}, edits) == revise_plan(PLAN, {}, edits)
    assert revise_plan(PLAN, {}, edits).unfit == ()


WORDS = st.text("甲乙丙丁1x ", min_size=1, max_size=8)


@st.composite
def an_edit(draw: st.DrawFn, plan: Plan) -> Edit:
    """Any edit of the plan, sensible or not."""
    ids = list(nouns_of(plan)) or ["gone"]
    about, other = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
    source = SourceRef("table 1 row 2 column 4", 0, 2, "建设")
    fields = st.sampled_from(("title", "text", "metric", "value", "unit", "due", "op", "value2"))
    values = tuple(draw(st.dictionaries(fields, WORDS, max_size=4)).items())
    edits: tuple[Edit, ...] = (
        Change(about, values), Assign((about,), ((draw(WORDS), "lead"),)), Split(about, draw(st.integers(-1, 30))), Merge(about, other),
        Move(about, other), Drop(about, draw(WORDS)), Add(draw(st.sampled_from(("task", "measure", "target", "milestone"))), about, source, values))
    return draw(st.sampled_from(edits))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_edited_ids_stay_apart_and_parts_of_what_is_there(data: st.DataObject) -> None:
    plan, log = PLAN, StepLog()
    seen = [plan]
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(an_edit(plan))
        assert edit_from_json(json.loads(json.dumps(edit_to_json(edit)))) == edit
        log = log.with_step(Step("示例", "2021-01-01", "改", edit))
        plan = revise_plan(PLAN, {}, log.edits()).plan
        seen.append(plan)
        ids = [id for _, holder in plan.holders() for id in held_by(holder)]
        assert len(ids) == len(set(ids))
        assert {t.of for _, _, t in plan.targets() if t.of} <= set(ids)
        assert {f.about for f in plan.findings if f.about} <= set(ids)
    assert log_from_json(json.loads(json.dumps(log_to_json(log)))) == log
    _back_and_forth(log, seen)


def _back_and_forth(log: StepLog, seen: list[Plan]) -> None:
    """Taken back one by one, every plan comes again; made again, too."""
    for expected in reversed(seen):
        assert plan_to_json(revise_plan(PLAN, {}, log.edits()).plan) == plan_to_json(expected)
        log = log.back()
    for expected in seen[1:]:
        log = log.forward()
        assert revise_plan(PLAN, {}, log.edits()).plan == expected


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_promised_is_lost_but_by_dropping(data: st.DataObject) -> None:
    edit = data.draw(an_edit(PLAN).filter(lambda e: not isinstance(e, Drop)))
    plan = revise_plan(PLAN, {}, (edit,)).plan
    kept = {id for id, noun in nouns_of(PLAN).items() if not isinstance(noun, Task | Measure)}
    assert kept <= set(nouns_of(plan))


def test_a_new_step_replaces_what_was_taken_back() -> None:
    steps = [Step("示例", "1", words) for words in "一二三"]
    log = StepLog().with_step(steps[0]).with_step(steps[1]).back()
    assert log.next == steps[1]
    assert log.with_step(steps[2]) == StepLog((steps[0], steps[2]), 2)
    assert StepLog().back() == StepLog() == StepLog().forward()
    assert len({log.mark, log.back().mark, log.forward().mark}) == 3


def test_answers_are_steps_too() -> None:
    step = Step("示例", "1", "答", None, (("q", "", "none"),))
    assert answered({}, step) == {"q": "none"}
    assert answered({"q": "none"}, step, back=True) == {}
