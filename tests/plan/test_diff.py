"""A re-issued list against the one before: every kind of change, on lists in our own words."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.compiler.passes import compile_plan
from luoshi.plan.diff import PlanChange, PlanDiff, compare_plans
from luoshi.plan.plan import Plan
from luoshi.reading.read import read_document
from tests.compiler.documents import HEADER, compiled

REISSUE = Path(__file__).parents[1] / "documents" / "reissue"
PARKS = "1|建设口袋公园|全市新建口袋公园60个以上|完成60处选址并公布|市园林局|市财政局"
HOMES = "2|改造老旧小区|年底前改造老旧小区120个|排出改造计划；组织居民评议结果并公布|市住建局|市民政局"
SCHOOL = "3|办好市民夜校|开办市民夜校40所|开设课程300门|市教育局|市文旅局"


def listed(*rows: str) -> Plan:
    return compiled("\n".join(("示例市2026年重点工作任务清单（示例）", HEADER, *rows)))


def changed(diff: PlanDiff) -> list[tuple[str, tuple[str, ...]]]:
    return [(change.thing, change.hows) for change in diff.changes if change.hows != ("same",)]


def the(diff: PlanDiff, thing: str, how: str) -> PlanChange:
    return next(change for change in diff.changes if change.thing == thing and how in change.hows)


def test_the_same_list_has_no_change() -> None:
    assert compare_plans(listed(PARKS, HOMES), listed(PARKS, HOMES)).is_empty


def test_a_lower_value_is_softer_and_asks_for_a_reason() -> None:
    diff = compare_plans(listed(PARKS), listed(PARKS.replace("60个以上", "50个以上")))
    change = the(diff, "target", "changed")
    assert change.easier == ("数量由≥60个改为≥50个",)
    assert diff.softened() == (change,)


def test_a_higher_value_is_harder_and_asks_nothing() -> None:
    diff = compare_plans(listed(PARKS), listed(PARKS.replace("60个以上", "70个以上")))
    assert the(diff, "target", "changed").harder == ("数量由≥60个改为≥70个",)
    assert diff.softened() == ()


@pytest.mark.parametrize(("before", "after", "words"), [
    ("电价不超过0.65元/千瓦时", "电价不超过0.68元/千瓦时", "数量由≤0.65元/千瓦时改为≤0.68元/千瓦时"),
    ("确保开办夜校40所", "力争开办夜校40所", "语气由“确定要完成”改为“力争”"),
    ("9月底前新建公园60个", "11月底前新建公园60个", "期限由2026年9月30日改为2026年11月30日"),
    ("新建公园60个以上", "新建公园60个左右", "写法由≥60个改为约60个"),
    ("引进资金3亿元", "引进资金8000万元", "数量由3亿元改为8,000万元"),
    ("全市学校100所完成改造", "试点学校100所完成改造", "范围由“全市”改为“试点”"),
])
def test_every_way_of_softening_is_seen(before: str, after: str, words: str) -> None:
    one, other = (listed(f"1|办好实事|{goal}|抓好落实|市园林局|市财政局") for goal in (before, after))
    there = [clause for change in compare_plans(one, other).changes for clause in change.easier]
    back = [clause for change in compare_plans(other, one).changes for clause in change.easier]
    assert words in there
    assert back == []


def test_another_unit_is_asked_about_not_judged() -> None:
    diff = compare_plans(listed(PARKS), listed(PARKS.replace("60个以上", "60公顷以上")))
    change = the(diff, "target", "changed")
    assert change.unclear
    assert not change.easier


def test_a_task_that_changed_its_place_moved_and_those_it_passed_did_not() -> None:
    other = [row.replace(row[0], str(no), 1) for no, row in enumerate((SCHOOL, PARKS, HOMES), 1)]
    diff = compare_plans(listed(PARKS, HOMES, SCHOOL), listed(*other))
    assert [c.new.within for c in diff.changes if c.new and c.thing == "task" and "moved" in c.hows] == ["办好市民夜校"]


def test_a_reworded_task_with_its_measures_stays_the_same_task() -> None:
    diff = compare_plans(listed(PARKS, HOMES), listed(PARKS.replace("建设口袋公园", "让群众出门见绿"), HOMES))
    assert the(diff, "task", "reworded").new is not None
    assert not {how for change in diff.changes for how in change.hows} & {"added", "dropped"}


def test_a_measure_in_two_pieces_is_a_split_and_the_other_way_round_a_merger() -> None:
    pieces = (HOMES.replace("；组织居民评议结果并公布", ""), "^|^|^|组织居民评议结果并公布|^|^")
    there, back = compare_plans(listed(HOMES), listed(*pieces)), compare_plans(listed(*pieces), listed(HOMES))
    assert the(there, "measure", "split").old is not None
    assert the(back, "measure", "merged").old is not None
    assert not there.softened()


def test_a_task_taken_apart_is_a_split() -> None:
    one = ("1|建设公园和夜校|建好公园和夜校|完成60处公园选址并公布|市园林局|市财政局", "^|^|^|公布养护办法并开展检查|^|^",
           "^|^|^|开设夜校课程300门|^|^")
    two = (*one[:2], "2|办好夜校|办好夜校|开设夜校课程300门|市园林局|市财政局")
    assert the(compare_plans(listed(*one), listed(*two)), "task", "split").new is not None
    assert the(compare_plans(listed(*two), listed(*one)), "task", "merged").old is not None


def test_a_measure_under_another_task_moved() -> None:
    one = (PARKS, "^|^|^|开设课程300门|^|^", HOMES)
    two = (PARKS, HOMES, "^|^|^|开设课程300门|^|^")
    assert the(compare_plans(listed(*one), listed(*two)), "measure", "moved").old is not None


def test_a_dropped_task_asks_once_for_all_that_it_held() -> None:
    diff = compare_plans(listed(PARKS, SCHOOL), listed(PARKS))
    assert [(c.thing, c.hows) for c in diff.softened()] == [("task", ("dropped",))]
    assert ("target", ("dropped",)) in changed(diff)


def test_an_added_task_asks_nothing() -> None:
    diff = compare_plans(listed(PARKS), listed(PARKS, SCHOOL))
    assert ("task", ("added",)) in changed(diff)
    assert diff.softened() == ()


def test_units_that_came_went_changed_role_or_name_are_told() -> None:
    row = PARKS.replace("市财政局", "市财政局、市水利局")
    new = row.replace("市财政局、市水利局", "市林业局、市财政局").replace("市园林局", "市园林和林业局")
    hows = {change.how for change in compare_plans(listed(row), listed(new)).units}
    assert hows == {"added", "dropped", "renamed"}
    swapped = PARKS.replace("市园林局|市财政局", "市财政局|市园林局")
    assert {change.how for change in compare_plans(listed(PARKS), listed(swapped)).units} == {"role"}


def test_ids_lead_from_the_new_list_to_the_old_one() -> None:
    old, new = listed(PARKS, HOMES), listed(HOMES.replace("2|", "1|", 1), PARKS.replace("1|", "2|", 1).replace("60个以上", "50个以上"))
    diff = compare_plans(old, new)
    targets = {t.metric: t.id for _, _, t in old.targets()}
    assert all(diff.ids[t.id] == targets[t.metric] for _, _, t in new.targets())
    assert {diff.ids[t.id] for t in new.tasks} == {t.id for t in old.tasks}


def test_the_example_of_two_versions_is_read_as_its_guide_says() -> None:
    old, new = (compile_plan(read_document(REISSUE / f"示例清单（{which}）.txt")) for which in ("原", "新"))
    diff = compare_plans(old, new)
    asked = [(c.thing, c.hows[-1], (c.old or c.new).no) for c in diff.softened()]  # type: ignore[union-attr]  # one side is there
    assert asked == [("task", "dropped", "6"), ("target", "changed", "1"), ("target", "changed", "1"), ("target", "changed", "5"),
                     ("target", "changed", "3"), ("milestone", "changed", "1.2")]
    assert {how for change in diff.changes for how in change.hows} == {"same", "moved", "reworded", "changed", "split", "merged", "dropped", "added"}


NOUNS = st.sampled_from(("公园", "夜校", "步道", "托育点", "充电桩", "菜市场", "停车位", "图书馆", "老旧小区", "背街小巷"))
VERBS = st.sampled_from(("新建", "改造", "整治", "开办", "力争建成", "推进建设"))
UNITS = st.sampled_from(("市园林局", "市教育局", "市住建局", "市城管局、市财政局"))
SENTENCES = st.builds(lambda verb, noun, n, more: f"{verb}{noun}{n}个{more}", VERBS, NOUNS, st.integers(1, 99),
                      st.sampled_from(("", "以上", "，9月底前完成", "；组织居民评议")))
ROWS = st.builds(lambda title, goal, measures, lead: (title, goal, measures, lead), st.builds(lambda v, n: f"{v}{n}", VERBS, NOUNS), SENTENCES,
                 st.lists(SENTENCES, min_size=1, max_size=3), UNITS)
PLANS = st.lists(ROWS, min_size=1, max_size=5).map(lambda rows: listed(*(
    line for no, (title, goal, measures, lead) in enumerate(rows, 1)
    for line in (f"{no}|{title}|{goal}|{measures[0]}|{lead}|市财政局", *(f"^|^|^|{m}|^|^" for m in measures[1:])))))
MIRRORED = {"split": "merged", "merged": "split", "dropped": "added", "added": "dropped"}


def told(change: PlanChange, turned: bool) -> tuple[object, ...]:
    sides = (change.new, change.old) if turned else (change.old, change.new)
    hows = tuple(MIRRORED.get(how, how) for how in change.hows) if turned else change.hows
    return change.thing, hows, *((side.id, side.no, side.text) if side else None for side in sides)


@settings(max_examples=30, deadline=None)
@given(PLANS)
def test_a_plan_differs_in_nothing_from_itself(plan: Plan) -> None:
    diff = compare_plans(plan, plan)
    assert diff.is_empty
    assert all(new == old for new, old in diff.ids.items())


@settings(max_examples=40, deadline=None)
@given(PLANS, PLANS)
def test_the_other_way_round_it_is_the_mirror_image(one: Plan, other: Plan) -> None:
    there, back = compare_plans(one, other), compare_plans(other, one)
    assert sorted(map(str, (told(c, False) for c in there.changes))) == sorted(map(str, (told(c, True) for c in back.changes)))
    softer = {(c.old and c.old.id, c.new and c.new.id) for c in there.changes if c.easier}
    assert softer == {(c.new and c.new.id, c.old and c.old.id) for c in back.changes if c.harder}


def test_thousands_of_measures_are_compared_in_a_moment() -> None:
    plan = listed(PARKS)
    words = ("公园", "夜校", "步道", "托育", "充电", "菜场", "停车", "图书", "小区", "街巷", "河道", "校舍", "社区", "厂房", "仓库", "桥梁")
    def text(n: int, ending: str) -> str:
        return f"第{n}处{words[n % 16]}{words[n // 16 % 16]}{words[n // 256 % 16]}的改造方案{ending}"
    task = plan.tasks[0]
    def many(ending: str) -> Plan:
        measures = tuple(replace(task.measures[0], id=f"m{n}", text=text(n, ending), targets=(), milestones=()) for n in range(1200))
        return replace(plan, tasks=(replace(task, measures=measures),))
    start = time.process_time()
    diff = compare_plans(many("报批"), many("报批并公布"))
    assert time.process_time() - start < 3
    assert sum(c.hows == ("reworded",) for c in diff.changes if c.thing == "measure") > 1100
