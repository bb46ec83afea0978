"""Slips that hang on no line of the board climb the ladder too: by their own day, one step at a time, each naming the one it follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, OfficeChoiceRecord
from luoshi.store.queries.follow_ups import follow_ups_of
from luoshi.store.queries.ladders import proposals_of
from tests.web.world import AT, DAY, World, world  # noqa: F401

LATER = DAY + timedelta(12)


def slip(world: World, **more: object) -> CaseRecord:  # noqa: F811
    """A leader's note, out, due in three days."""
    office, unit = world.who("supervision"), world.organ("市经信局")
    data = {"source": "note", "source_no": "请抓紧（示例）"}
    text = CaseText("slip", "报送停产企业名单（示例）", organ_id=unit.pk, due_on=DAY + timedelta(3), data=data, **more)  # type: ignore[arg-type]
    made = open_case(office, AT, DAY, world.list.pk, text)
    return take_step(office, AT, DAY, made.pk, "issue", Given(DAY), made.revision)


def rungs(world: World, on: date, ladder: str = "sanming-3slips-2017") -> list[str]:  # noqa: F811
    OfficeChoiceRecord.objects.update_or_create(list=world.list, defaults={"ladder": ladder})
    return [each.proposal.rung.rung for each in follow_ups_of(world.list, on)]


def test_it_climbs_once_its_own_day_is_past_and_not_before(world: World) -> None:  # noqa: F811
    slip(world)
    assert rungs(world, DAY) == []
    assert rungs(world, LATER) == ["blue"]
    assert rungs(world, DAY, "suqian-3slips-2025") == ["blue"]     # a slip for what will be due soon
    assert rungs(world, LATER, "suqian-3slips-2025") == ["red"]


def test_one_click_makes_a_draft_that_follows_it_and_the_next_step_waits_for_that_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    made = slip(world)
    assert rungs(world, LATER) == ["blue"]
    monkeypatch.setenv("LUOSHI_TODAY", LATER.isoformat())
    client = world.client("supervision")
    page = client.get(f"/lists/{world.list.pk}/slips/").content.decode()
    assert "蓝色督办单（提示）" in page
    assert client.post(f"/lists/{world.list.pk}/slips/{made.pk}/follow-up/").status_code == 302
    draft = CaseRecord.objects.latest("id")
    assert (draft.origin_id, draft.organ_id, draft.rung, draft.data["source_no"]) == (made.pk, made.organ_id, "blue", "请抓紧（示例）")
    assert made.number in draft.text
    assert rungs(world, LATER) == []
    assert client.post(f"/lists/{world.list.pk}/slips/{made.pk}/follow-up/").status_code == 404
    take_step(world.who("supervision"), AT, LATER, draft.pk, "issue", Given(LATER), draft.revision)
    draft.refresh_from_db()
    assert draft.due_on is not None
    assert rungs(world, draft.due_on) == []
    assert rungs(world, draft.due_on + timedelta(1)) == ["orange"]


def test_what_is_answered_paused_or_closed_does_not_climb(world: World) -> None:  # noqa: F811
    made, unit = slip(world), world.who("liaison")
    made = take_step(unit, AT, DAY, made.pk, "receive", Given(DAY), made.revision)
    take_step(unit, AT, DAY, made.pk, "reply", Given(DAY, "已报（示例）。"), made.revision)
    assert rungs(world, LATER) == []
    CaseRecord.objects.filter(pk=made.pk).update(state="closed")
    assert rungs(world, LATER) == []


def test_a_slip_drawn_up_by_hand_on_a_ladder_without_a_rung_breaks_nothing(world: World) -> None:  # noqa: F811
    slip(world, ladder="sanming-3slips-2017")
    assert rungs(world, LATER) == ["blue"]
    CaseRecord.objects.update(promise_id="x")
    assert proposals_of(world.list, DAY) is not None


def test_many_slips_cost_no_more_queries(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:  # noqa: F811
    for _n in range(3):
        slip(world)
    with django_assert_num_queries(4):
        assert len(follow_ups_of(world.list, LATER)) == 3
