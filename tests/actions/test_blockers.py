"""Blockers: from what a unit asks for to what it confirms; what is merged can be taken apart; a cross-province one always has a next day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.raise_from_report import raise_from_report
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, ReportRecord
from luoshi.store.queries.blockers import blockers_of, open_blockers, sums_of, the_blocker
from luoshi.store.who import NotAllowed
from tests.web.world import AT, DAY, World, busy_world, world  # noqa: F401

NEXT = DAY + timedelta(7)


def raised(world: World, title: str = "示例地块过渡安置房缺120套", **more: object) -> CaseRecord:  # noqa: F811
    text = CaseText("blocker", title, "征迁停了两个月。", raised_by_id=world.organ("市经信局").pk,
                    data={"category": "demolition", "level": "city", "cost_of_waiting": "每月多付过渡费30万元", "asked_for": "请调剂房源"})
    return open_case(world.who("liaison"), AT, DAY, world.list.pk, replace(text, **more))  # type: ignore[arg-type]


def step(world: World, case: CaseRecord, who: str, act: str, **given: object) -> CaseRecord:  # noqa: F811
    case.refresh_from_db()
    return take_step(world.who(who), AT, DAY, case.pk, act, Given(**{"on": DAY, **given}), case.revision)  # type: ignore[arg-type]


def cross(world: World, **more: object) -> CaseRecord:  # noqa: F811
    return raised(world, "省际通道接线方案没有谈定（示例）", data={"category": "cross_region", "level": "cross_province"}, **more)


def test_a_blocker_climbs_to_the_leader_and_comes_back_to_the_unit_that_raised_it(world: World) -> None:  # noqa: F811
    case, solver = raised(world), world.organ("市发展改革委").pk
    step(world, case, "supervision", "consult", next_on=NEXT)
    step(world, case, "supervision", "escalate", text="两次会商没有谈拢。")
    step(world, case, "leader", "decide", text="由市发展改革委牵头调剂。", organ_id=solver, due_on=NEXT)
    step(world, case, "liaison_b", "solve", text="已调剂120套。")
    with pytest.raises(NotAllowed):
        step(world, case, "liaison_b", "confirm")
    closed = step(world, case, "liaison", "confirm")
    assert (closed.state, closed.closed_on, closed.next_on) == ("closed", DAY, None)


def test_the_unit_that_raised_it_may_say_that_it_is_not_solved_and_it_goes_on(world: World) -> None:  # noqa: F811
    case = raised(world)
    step(world, case, "supervision", "explain", text="现行政策不允许。")
    again = step(world, case, "liaison", "reject", text="要的是调剂，不是政策。")
    assert (again.state, again.closed_on) == ("consulting", None)


def test_an_explanation_is_counted_apart_from_what_was_solved(world: World) -> None:  # noqa: F811
    step(world, raised(world), "supervision", "explain", text="现行政策不允许。")
    raised(world, "另一件（示例）")
    sums = sums_of(blockers_of(world.who("supervision"), world.list, DAY))
    assert (sums.open, sums.solved, sums.explained) == (1, 0, 1)


def test_a_cross_province_blocker_is_not_opened_without_a_next_day(world: World) -> None:  # noqa: F811
    with pytest.raises(StepRefused) as refused:
        cross(world)
    assert "next_on" in refused.value.problems
    assert not CaseRecord.objects.exists()


def test_no_step_leaves_a_cross_province_blocker_without_a_day_to_come(world: World) -> None:  # noqa: F811
    case = cross(world, next_on=DAY + timedelta(1))
    later = DAY + timedelta(5)
    given = Given(later, "已核实", due_on=later, organ_id=world.organ("市发展改革委").pk)
    with pytest.raises(StepRefused, match="跨省"):
        take_step(world.who("supervision"), AT, later, case.pk, "triage", given, 1)
    kept = take_step(world.who("supervision"), AT, later, case.pk, "triage", replace(given, next_on=later + timedelta(9)), 1)
    assert kept.next_on == later + timedelta(9)


def test_raising_the_level_to_cross_province_asks_for_a_next_day_too(world: World) -> None:  # noqa: F811
    case = raised(world)
    with pytest.raises(StepRefused, match="跨省"):
        step(world, case, "supervision", "triage", due_on=NEXT, organ_id=world.organ("市发展改革委").pk, data={"level": "cross_province"})


def test_a_cross_province_one_whose_day_has_passed_is_on_the_ledger_as_such(world: World) -> None:  # noqa: F811
    cross(world, next_on=DAY)
    assert [line.needs_next for line in blockers_of(world.who("supervision"), world.list, DAY)] == [False]
    assert [line.needs_next for line in blockers_of(world.who("supervision"), world.list, DAY + timedelta(1))] == [True]


def test_the_same_matter_is_proposed_by_its_words_merged_and_taken_apart_again(world: World) -> None:  # noqa: F811
    first, second = raised(world), raised(world, "示例地块安置房不够，缺120套")
    raised(world, "检测设备进口通关慢（示例）", text="等了四个月。")
    office = world.who("supervision")
    assert [case.pk for case in the_blocker(office, world.list, second.pk, DAY).same] == [first.pk]
    step(world, second, "supervision", "merge", merged_into_id=first.pk)
    assert [case.pk for case in the_blocker(office, world.list, first.pk, DAY).merged] == [second.pk]
    with pytest.raises(StepRefused, match="已有别的事项并入"):
        step(world, first, "supervision", "merge", merged_into_id=CaseRecord.objects.exclude(pk__in=(first.pk, second.pk)).get().pk)
    apart = step(world, second, "supervision", "separate")
    assert (apart.state, apart.merged_into_id) == ("raised", None)


def test_both_ladders_propose_the_next_rung_and_wait_until_its_day_has_passed(world: World) -> None:  # noqa: F811
    case, office = raised(world), world.who("supervision")
    begun = {each.preset.ladder: each.act for each in the_blocker(office, world.list, case.pk, DAY).ladders}
    assert begun["yongkang-4steps"] == begun["quanzhou-six-ones"] == "triage"
    step(world, case, "supervision", "triage", due_on=NEXT, organ_id=world.organ("市发展改革委").pk)
    assert all(each.proposal is None for each in the_blocker(office, world.list, case.pk, DAY).ladders if each.at == 0)
    after = {each.preset.ladder: each.act for each in the_blocker(office, world.list, case.pk, NEXT + timedelta(1)).ladders}
    assert after["yongkang-4steps"] == "consult"


def test_what_a_report_asks_of_leaders_becomes_a_blocker_once(busy_world: World) -> None:  # noqa: F811
    report = ReportRecord.objects.exclude(asks="").get()
    made = raise_from_report(busy_world.who("supervision"), AT, DAY, report.pk)
    assert (made.raised_by_id, made.promise_id, made.text) == (report.organ_id, report.promise_id, report.asks)
    assert raise_from_report(busy_world.who("liaison"), AT, DAY, report.pk).pk == made.pk
    with pytest.raises(NotAllowed):
        raise_from_report(busy_world.who("liaison_b"), AT, DAY, report.pk)


def test_another_unit_sees_a_blocker_only_where_it_is_a_party(world: World) -> None:  # noqa: F811
    raised(world)
    raised(world, "要市发展改革委一起办（示例）", support_ids=(world.organ("市发展改革委").pk,))
    assert [line.case.title for line in blockers_of(world.who("liaison_b"), world.list, DAY)] == ["要市发展改革委一起办（示例）"]


def test_the_ledger_is_one_query_and_one_blocker_is_few(world: World) -> None:  # noqa: F811
    for n in range(8):
        raised(world, f"第{n}件（示例）", promise_id="示例")
    office, first = world.who("supervision"), CaseRecord.objects.earliest("pk")
    with CaptureQueriesContext(connection, ) as asked:
        assert len(blockers_of(office, world.list, DAY)) == 8
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        the_blocker(office, world.list, first.pk, DAY)
    assert len(asked) == 4
    with CaptureQueriesContext(connection) as asked:
        assert len(open_blockers(office, world.list)) == 8
    assert len(asked) == 1
