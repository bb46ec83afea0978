"""Pages of changes of targets: asked with a reason, looked at by the office, decided by the leader; the original stays beside the new value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from luoshi.store.models import CaseRecord, ListRecord, OfficeChoiceRecord
from tests.actions.reporting import item_of
from tests.web.acting import act, acts
from tests.web.world import World, world  # noqa: F401


def asked(world: World, key: str = "liaison", **typed: Any) -> Any:  # noqa: F811
    item = item_of(world, "新三板")
    return world.client(key).post(reverse("new_change", args=(world.list.pk, item.promise.id)), {"reason": "两家企业撤回申请（示例）", **typed})


def where(world: World) -> str:  # noqa: F811
    return reverse("change", args=(world.list.pk, CaseRecord.objects.get(kind="change").pk))


@pytest.fixture
def request_made(world: World) -> World:  # noqa: F811
    """市经信局 asks for 6 instead of 10."""
    assert asked(world, value_to="6").status_code == 302
    return world


def test_the_leader_decides_what_the_office_brings_and_both_values_are_shown(request_made: World) -> None:
    address = where(request_made)
    office, leader = request_made.client("supervision"), request_made.client("leader")
    assert acts(leader, address) == []
    assert act(office, address, "review", text="情况属实（示例）").status_code == 302
    assert acts(office, address) == []
    assert act(leader, address, "approve", text="同意调为6家（示例）").status_code == 302
    shown = request_made.client("liaison").get(address).content.decode()
    assert "已同意" in shown
    assert "同意调为6家（示例）" in shown
    held = ListRecord.objects.select_related("plan").get(pk=request_made.list.pk)
    assert held.plan is not None
    assert held.plan.number == 2
    target = reverse("target", args=(held.pk, CaseRecord.objects.get().promise_id))
    figure = leader.get(target).content.decode()
    assert "原定" in figure
    assert "10家" in figure


def test_a_refusal_says_why_and_changes_nothing(request_made: World) -> None:
    address = where(request_made)
    assert act(request_made.client("supervision"), address, "refuse", text="年初定的不动（示例）").status_code == 302
    assert "年初定的不动（示例）" in request_made.client("liaison").get(address).content.decode()
    assert ListRecord.objects.select_related("plan").get(pk=request_made.list.pk).plan.number == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(("typed", "words"), [
    ({}, "没有写要改什么"), ({"value_to": "六"}, "这不是一个数"), ({"value_to": "6", "reason": ""}, "没有写理由"),
    ({"m10": "5"}, "没有写怎么追"), ({"recovery": "逐家会商（示例）", "m10": "8", "m11": "5"}, "不能比前一个月小")])
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(world: World, typed: dict[str, str], words: str) -> None:  # noqa: F811
    answer = asked(world, **typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert all(value in shown for value in typed.values())
    assert not CaseRecord.objects.exists()


def test_after_the_last_day_the_page_says_so_and_a_recovery_plan_still_goes(world: World) -> None:  # noqa: F811
    OfficeChoiceRecord.objects.create(list=world.list, change_until=date(2019, 9, 1))
    answer = asked(world, value_to="6")
    assert answer.status_code == 422
    assert "最晚要在2019年9月1日以前提出" in answer.content.decode()
    assert asked(world, recovery="逐家会商（示例）", m10="5", m12="8").status_code == 302


def test_the_unit_takes_its_request_back_and_may_ask_anew(request_made: World) -> None:
    assert "还没有决定" in asked(request_made, value_to="7").content.decode()
    assert act(request_made.client("liaison"), where(request_made), "withdraw").status_code == 302
    assert asked(request_made, value_to="7").status_code == 302


def test_another_unit_neither_asks_nor_sees(request_made: World) -> None:
    assert asked(request_made, "liaison_c", value_to="6").status_code == 404
    assert request_made.client("liaison_c").get(where(request_made)).status_code == 404
    listed = request_made.client("liaison_c").get(reverse("changes", args=(request_made.list.pk,))).content.decode()
    assert "新三板" not in listed
    assert "新三板" in request_made.client("auditor").get(reverse("changes", args=(request_made.list.pk,))).content.decode()
