"""Meetings: the agenda opens with what was decided last; decisions become slips in one act, all or none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.actions.hold_meeting import Decided, Held, hold_meeting
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.plan_meeting import MeetingText, plan_meeting, propose_again, settle_agenda
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, DecisionRecord, MeetingRecord
from luoshi.store.queries.meetings import meetings_of, the_meeting
from luoshi.store.who import NotAllowed
from tests.web.world import AT, DAY, World, world  # noqa: F401

DUE = DAY + timedelta(14)


def planned(world: World) -> MeetingRecord:  # noqa: F811
    return plan_meeting(world.who("supervision"), AT, DAY, world.list.pk, MeetingText("推进会（示例）", DAY))


def held(world: World, meeting: MeetingRecord, *decisions: Decided) -> MeetingRecord:  # noqa: F811
    return hold_meeting(world.who("supervision"), AT, DAY, meeting.pk, Held(DAY, "逐项听了进展。", decisions), meeting.revision)


def decided(world: World, text: str = "由市经信局逐家会商。", days: int = 14) -> Decided:  # noqa: F811
    return Decided(text, world.organ("市经信局").pk, DAY + timedelta(days))


def test_decisions_become_numbered_slips_and_the_next_agenda_opens_with_how_each_stands(world: World) -> None:  # noqa: F811
    held(world, planned(world), decided(world), decided(world, "由市经信局报一份名单。"))
    slips = list(CaseRecord.objects.filter(kind="slip").order_by("id"))
    assert [(s.number, s.state, s.due_on, s.data["source"]) for s in slips] == [
        ("督〔2019〕1号", "issued", DUE, "meeting"), ("督〔2019〕2号", "issued", DUE, "meeting")]
    take_step(world.who("liaison"), AT, DAY, slips[0].pk, "receive", Given(DAY), slips[0].revision)
    agenda = planned(world).agenda
    assert [line["kind"] for line in agenda[:2]] == ["decision", "decision"]
    assert "督〔2019〕1号，办理中" in agenda[0]["note"]
    assert "待签收" in agenda[1]["note"]


def test_a_decision_that_cannot_be_lets_no_slip_go_out(world: World) -> None:  # noqa: F811
    meeting = planned(world)
    with pytest.raises(StepRefused, match="第2件的期限"):
        held(world, meeting, decided(world), decided(world, days=-1))
    assert not CaseRecord.objects.exists()
    assert not DecisionRecord.objects.exists()
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_blockers_that_need_a_leader_new_reds_and_pending_changes_are_on_the_agenda(world: World) -> None:  # noqa: F811
    made = open_case(world.who("supervision"), AT, DAY, world.list.pk, CaseText("blocker", "名额没有分下来（示例）", data={"level": "city"}))
    take_step(world.who("supervision"), AT, DAY, made.pk, "consult", Given(DAY, next_on=DAY + timedelta(3)), made.revision)
    assert "blocker" not in {line["kind"] for line in planned(world).agenda}
    made.refresh_from_db()
    take_step(world.who("supervision"), AT, DAY, made.pk, "escalate", Given(DAY, "没有谈成。"), made.revision)
    agenda = planned(world).agenda
    assert [line["title"] for line in agenda if line["kind"] == "blocker"] == ["名额没有分下来（示例）"]
    assert all(line["ref"].startswith("item:") for line in agenda if line["kind"] == "red")


def test_lines_are_ordered_struck_and_added_and_none_vanishes(world: World) -> None:  # noqa: F811
    open_case(world.who("supervision"), AT, DAY, world.list.pk, CaseText(
        "blocker", "跨省接线（示例）", next_on=DUE, data={"level": "cross_province"}))
    meeting, office = planned(world), world.who("supervision")
    own = {"kind": "own", "ref": "", "title": "研究明年清单", "note": "", "struck": False}
    lines = [own, *({**line, "struck": True} for line in meeting.agenda)]
    changed = settle_agenda(office, AT, meeting.pk, lines, meeting.revision)
    with pytest.raises(StepRefused, match="只能划掉"):
        settle_agenda(office, AT, meeting.pk, [own], changed.revision)
    with pytest.raises(Stale):
        settle_agenda(office, AT, meeting.pk, lines, meeting.revision)
    again = propose_again(office, AT, DAY, meeting.pk, changed.revision)
    assert again.agenda[-1]["title"] == "研究明年清单"
    assert all(line["struck"] for line in again.agenda[:-1])


def test_a_meeting_that_was_held_is_not_held_again_nor_its_agenda_changed(world: World) -> None:  # noqa: F811
    meeting = planned(world)
    done = held(world, meeting)
    with pytest.raises(Stale, match="已经开过"):
        held(world, done)
    with pytest.raises(Stale):
        settle_agenda(world.who("supervision"), AT, meeting.pk, done.agenda, done.revision)


def test_only_the_office_plans_and_units_see_no_meeting(world: World) -> None:  # noqa: F811
    planned(world)
    with pytest.raises(NotAllowed):
        plan_meeting(world.who("liaison"), AT, DAY, world.list.pk, MeetingText("会", DAY))
    assert not meetings_of(world.who("liaison"), world.list)
    assert len(meetings_of(world.who("leader"), world.list)) == 1


def test_a_meeting_is_two_queries(world: World) -> None:  # noqa: F811
    meeting = held(world, planned(world), decided(world), decided(world))
    office = world.who("supervision")
    with CaptureQueriesContext(connection) as asked:
        assert len(the_meeting(office, world.list, meeting.pk).decisions) == 2
    assert len(asked) == 2
