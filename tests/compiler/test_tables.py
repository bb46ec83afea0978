"""From a table to tasks, measures and duties."""

from __future__ import annotations

import pytest

from luoshi.compiler.passes import compile_plan
from luoshi.plan.plan import plan_to_json
from tests.compiler.documents import check_findings, check_plan, compiled, document

MERGED = """
示例市2021年重点工作任务清单
序号|工作任务|年度目标|具体措施|牵头单位|配合单位
1|办好民生实事|全年新增托位300个。|建设示例托育园。|市卫健委|市教育局、市财政局
^|^|^|开展家庭托育点登记。|^|^
2|改善交通|新建公交站20个以上。|新辟公交线路。|市交通局|
"""


def test_it_gives_every_measure_its_full_duties() -> None:
    check_plan(MERGED, [
        "1 办好民生实事",
        "  =300个 新增托位 committed 2021-12-31",
        "  - 建设示例托育园。 [市卫健委] [市教育局、市财政局]",
        "  - 开展家庭托育点登记。 [市卫健委] [市教育局、市财政局]",
        "2 改善交通",
        "  >=20个 公交站 committed 2021-12-31",
        "  - 新辟公交线路。 [市交通局] []",
    ])


def test_a_merged_cell_is_inherited_and_sure() -> None:
    first, second = compiled(MERGED).tasks[0].measures
    assert [d.inherited for d in first.duties] == [False] * 3
    assert [d.inherited for d in second.duties] == [True] * 3
    assert {d.reading for d in second.duties} == {"sure"}


def test_a_blank_supporting_cell_is_asked_about_once() -> None:
    blank = [f for f in compiled(MERGED).findings if f.id == "duty.blank"]
    assert [f.about for f in blank] == [compiled(MERGED).tasks[1].id]
    assert "配合单位" in blank[0].message
    assert [a.key for a in blank[0].answers] == ["none", "fill"]


def test_a_blank_lead_without_merging_is_taken_from_above_and_said() -> None:
    text = """
    示例市2021年工作清单
    序号|任务|措施|责任单位
    1|办好示例论坛|筹备会场。|市文旅局
    ||邀请嘉宾。|
    """
    plan = compiled(text)
    assert [d.unit for d in plan.tasks[0].measures[1].duties] == ["市文旅局"]
    assert plan.tasks[0].measures[1].duties[0].reading == "likely"
    assert "duty.taken-from-above" in {f.id for f in plan.findings}


def test_a_blank_in_a_flattened_table_continues_the_cell_above() -> None:
    text = """
    示例市2021年工作清单
    序号|任务|目标|措施|牵头单位|配合单位
    1|办好示例论坛|办会1次。|筹备会场。|市文旅局|市公安局
    |||邀请嘉宾。||
    """
    plan = compiled(text, "text")
    assert [d.unit for d in plan.tasks[0].measures[1].duties] == ["市文旅局", "市公安局"]
    assert {d.reading for d in plan.tasks[0].measures[1].duties} == {"sure"}


def test_it_reads_a_lead_named_inside_a_responsibility_cell() -> None:
    text = """
    示例市2021年工作清单
    序号|任务|措施|责任单位
    1|办好示例论坛|筹备会场。|市文旅局牵头，市公安局、市交通局配合
    """
    duties = compiled(text).tasks[0].measures[0].duties
    assert [(d.unit, d.role) for d in duties] == [("市文旅局", "lead"), ("市公安局", "support"), ("市交通局", "support")]


def test_persons_are_no_units() -> None:
    text = """
    示例市2021年工作清单
    序号|任务|措施|责任领导|牵头单位
    1|办好示例论坛|筹备会场。|张示例、李示例|市文旅局
    """
    measure = compiled(text).tasks[0].measures[0]
    assert measure.people == ("张示例", "李示例")
    assert [d.unit for d in measure.duties] == ["市文旅局"]


def test_a_time_column_dates_what_names_no_date() -> None:
    text = """
    示例市2021年工作清单
    序号|任务|措施|完成时限|牵头单位
    1|办好示例论坛|举办论坛3场。|6月底前|市文旅局
    2|修好示例大桥|修桥2座。|长期坚持|市交通局
    """
    first, second = compiled(text).tasks
    assert first.measures[0].targets[0].due is not None
    assert first.measures[0].targets[0].due.date == "2021-06-30"
    assert second.measures[0].due is not None
    assert (second.measures[0].due.date, second.measures[0].due.written) == (None, "长期坚持")
    assert "due.no-date" in {f.id for f in compiled(text).findings}


def test_bands_repeated_headers_and_totals_are_no_tasks() -> None:
    text = """
    示例市2021年工作清单
    序号|任务|措施|牵头单位
    1|办好示例论坛|筹备会场。|市文旅局
    序号|任务|措施|牵头单位
    2|修好示例大桥|招标。|市交通局
    合计|2项||
    """
    plan = compiled(text)
    assert [t.title for t in plan.tasks] == ["办好示例论坛", "修好示例大桥"]
    assert "row.total" in {f.id for f in plan.findings}


def test_goal_columns_by_year_are_kept_apart() -> None:
    text = """
    示例市重点工作清单
    序号|任务|2021年目标|2022年目标|牵头单位
    1|办好示例论坛|办会2场|办会3场|市文旅局
    """
    task = compiled(text).tasks[0]
    assert task.goal is None
    assert [(g.year, g.text) for g in task.goals] == [(2021, "办会2场"), (2022, "办会3场")]
    assert sorted((t.due.date, int(t.value)) for t in task.targets if t.due) == [("2021-12-31", 2), ("2022-12-31", 3)]


@pytest.mark.parametrize(("text", "expected"), [
    ("示例\n姓名|电话\n张示例|1", {"list.not-found"}),
    ("示例市2021年清单\n序号|任务|目标|牵头单位\n1|办会|办会5场。|市文旅局", {"table.missing-column"}),
    ("示例市2021年清单\n序号|任务|措施|目标|牵头单位\n1|办会|筹备。|推进筹备。|市文旅局\n3|修桥|招标。|加快建设。|市交通局",
     {"list.without-numbers", "task.number-gap"}),
])
def test_what_is_missing_is_said(text: str, expected: set[str]) -> None:
    check_findings(text, expected, ignore=frozenset({"target.scope", "target.stock-or-flow"} - expected))


def test_a_second_list_is_offered_not_dropped() -> None:
    first, second = document(MERGED), document("序号|任务|牵头单位\n1|另一件事|市财政局")
    both = type(first)(first.name, first.sha256, "docx", (*first.blocks, *second.blocks))
    findings = [f for f in compile_plan(both).findings if f.id == "table.another"]
    assert len(findings) == 1
    assert findings[0].level == "question"


def test_ids_do_not_depend_on_the_format() -> None:
    docx, text = compiled(MERGED), compiled(MERGED, "text")
    assert [t.id for t in docx.tasks] == [t.id for t in text.tasks]
    assert [m.id for t in docx.tasks for m in t.measures] == [m.id for t in text.tasks for m in t.measures]


def test_the_same_document_gives_the_same_plan() -> None:
    assert plan_to_json(compiled(MERGED)) == plan_to_json(compiled(MERGED))


def test_keys_of_findings_are_unique() -> None:
    keys = [f.key for f in compiled(MERGED).findings]
    assert len(keys) == len(set(keys))


SAME = """
2021年重点工作任务清单
序号|工作任务|年度目标|具体措施|牵头单位|配合单位
1|绿化|新增绿地2公顷|新建公园3个|市园林局|市财政局
2|绿化|植树100亩|补种行道树500株|市林业局|市财政局
3|道路|修路20公里|开工3段|市交通局|市财政局
4|道路||验收2段|市交通局|市财政局
"""


def test_two_tasks_of_one_name_with_goals_of_their_own_stay_two() -> None:
    plan = compiled(SAME)
    assert [(t.no, t.title, t.goal) for t in plan.tasks][:2] == [("1", "绿化", "新增绿地2公顷"), ("2", "绿化", "植树100亩")]
    assert len({t.id for t in plan.tasks}) == len(plan.tasks)


def test_a_row_of_the_same_name_without_a_goal_of_its_own_is_a_measure_and_said_to_be() -> None:
    plan = compiled(SAME)
    assert [(t.title, len(t.measures)) for t in plan.tasks] == [("绿化", 1), ("绿化", 1), ("道路", 2)]
    assert "道路" in next(f.message for f in plan.findings if f.id == "row.same-title")


TWO = """
2021年重点工作任务清单
序号|工作任务|年度目标|牵头单位
1|绿化|新增绿地2公顷|市园林局
另一份
序号|项目名称|牵头单位|年度目标|完成时限
1|道路|市交通局|修路20公里|6月底前
"""


def test_two_tables_that_a_person_chooses_are_one_list_by_the_meaning_of_their_columns() -> None:
    plan = compile_plan(document(TWO), table="表1,表2")
    assert [(t.title, t.goal, t.duties[0].unit, t.due.date if t.due else None) for t in plan.tasks] == [
        ("绿化", "新增绿地2公顷", "市园林局", None), ("道路", "修路20公里", "市交通局", "2021-06-30")]
    asked = next(f for f in plan.findings if f.id == "table.another")
    assert [a.key for a in asked.answers] == ["table 1,table 2", "table 1", "table 2"]


def test_the_other_table_can_be_read_besides() -> None:
    asked = next(f for f in compile_plan(document(TWO)).findings if f.id == "table.another")
    assert len(asked.answers) == 3
    plan = compile_plan(document(TWO), table=asked.answers[2].key)
    assert [t.title for t in plan.tasks] in (["绿化", "道路"],)


def test_a_table_that_is_not_there_is_not_combined() -> None:
    assert "table.not-there" in {f.id for f in compile_plan(document(TWO), table="表1,表9").findings}
