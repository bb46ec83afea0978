"""The Monday list and the ladder's proposals from stored rows: what is on them, and with how many queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.seed_slips import seed_slips
from luoshi.store.models import CaseRecord, OfficeChoiceRecord
from luoshi.store.queries.exceptions import Monday, monday_of
from luoshi.store.queries.ladders import proposal_for, proposals_of
from luoshi.store.queries.slips import slips_of
from tests.web.world import AT, DAY, World, busy_world  # noqa: F401

MONDAY = 20
"""Queries, however many lines, units, reports and slips there are."""
SEEN = {"behind", "slip_due", "extension", "to_verify", "undecided"}


@pytest.fixture
def supervised(busy_world: World) -> World:  # noqa: F811
    seed_slips(AT, DAY, busy_world.list.pk)
    return busy_world


def monday(world: World, on: date = DAY) -> Monday:
    found = monday_of(world.who("supervision"), world.list, on)
    assert found is not None
    return found


def test_who_is_called_and_why(supervised: World) -> None:
    found = monday(supervised)
    assert {call.kind for call in found.calls} >= SEEN
    extension = next(call for call in found.calls if call.kind == "extension")
    assert (extension.unit, extension.why) == ("市发展改革委", "申请延到2019年10月31日，已等3天")
    assert found.contacts["市经信局"].name.startswith("朱文澜")
    behind = {call.subject for call in found.calls if call.kind == "behind"}
    assert len(behind) + found.rest >= 30
    assert sum(count for _name, count in found.counts()) == len(found.calls)


def test_nobody_of_the_units_is_silent_once_they_have_sent_something(supervised: World) -> None:
    assert not [call for call in monday(supervised).calls if call.kind == "silent" and call.unit == "市经信局"]


def test_months_behind_are_counted_back_from_today(supervised: World) -> None:
    assert monday(supervised).months["3.4"] >= 2


def test_returns_that_are_late_are_on_it_once_the_grace_is_over(supervised: World) -> None:
    OfficeChoiceRecord.objects.update(starts_on=date(2019, 9, 1), grace=0)
    late = [call for call in monday(supervised).calls if call.kind == "late_report"]
    assert late
    assert all("已过5天" in call.why for call in late)


def test_as_many_slips_as_one_likes_cost_no_more_queries(supervised: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office = supervised.who("supervision")
    monday(supervised)
    proposals_of(supervised.list, DAY)
    with django_assert_num_queries(MONDAY):
        monday_of(office, supervised.list, DAY)
    for place in range(5):
        text = CaseText("slip", f"第{place}件（示例）", organ_id=supervised.organ("市科技局").pk, due_on=DAY + timedelta(9))
        open_case(office, AT, DAY, supervised.list.pk, text)
    with django_assert_num_queries(MONDAY):
        monday_of(office, supervised.list, DAY)
    with django_assert_num_queries(2):
        slips_of(office, supervised.list, DAY)
    with django_assert_num_queries(4):
        proposals_of(supervised.list, DAY)


def test_the_ladder_proposes_for_what_is_behind_and_not_twice(supervised: World) -> None:
    proposed = proposals_of(supervised.list, DAY)
    numbers = [each.item.number for each in proposed]
    assert "3.4" not in numbers   # the red slip is out already
    nine = next(each for each in proposed if each.item.number == "9.1")
    assert (nine.proposal.rung.rung, nine.proposal.beyond) == ("yellow", False)
    assert nine.open_slip is not None
    text = CaseText("slip", "拟稿（示例）", organ_id=nine.organ_id, due_on=DAY, promise_id=nine.item.promise.id, ladder="suqian-3slips-2025",
                    rung="yellow")
    open_case(supervised.who("supervision"), AT, DAY, supervised.list.pk, text)
    assert proposal_for(supervised.list, DAY, nine.item.promise.id) is None


def test_past_what_the_office_allowed_the_ladder_only_informs(supervised: World) -> None:
    OfficeChoiceRecord.objects.update(allowed_rung="blue")
    assert all(each.proposal.beyond for each in proposals_of(supervised.list, DAY))


def test_nothing_is_opened_by_looking(supervised: World) -> None:
    before = CaseRecord.objects.count()
    monday(supervised)
    proposals_of(supervised.list, DAY)
    assert CaseRecord.objects.count() == before
