"""Pages of blockers: a unit says what is stuck, the office and the leader move it on, the unit confirms; others do not see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from luoshi.store.models import CaseRecord
from tests.actions.reporting import filed, item_of
from tests.web.acting import act, acts
from tests.web.world import World, world  # noqa: F401

ASKED = {"title": "过渡安置房缺120套（示例）", "asked_for": "请市建设局调配（示例）", "cost_of_waiting": "每月多付租金（示例）",
         "category": "demolition", "level": "city"}


def raised(world: World, key: str = "liaison", **changes: Any) -> Any:  # noqa: F811
    typed = {**ASKED, "raised_by": world.organ("市经信局").pk, **changes}
    return world.client(key).post(reverse("new_blocker", args=(world.list.pk,)), typed)


def where(world: World) -> str:  # noqa: F811
    return reverse("blocker", args=(world.list.pk, CaseRecord.objects.get(kind="blocker").pk))


def page(world: World, key: str, query: str = "") -> str:  # noqa: F811
    return str(world.client(key).get(reverse("blockers", args=(world.list.pk,)) + query).content.decode())


@pytest.fixture
def stuck(world: World) -> World:  # noqa: F811
    """One blocker of 市经信局."""
    answer = raised(world)
    assert answer.status_code == 302, answer.context["form"].errors
    return world


def test_it_climbs_to_the_leader_and_comes_back_by_the_buttons_of_its_page(stuck: World) -> None:
    office, leader, unit = (stuck.client(key) for key in ("supervision", "leader", "liaison"))
    address = where(stuck)
    assert acts(leader, address) == []
    assert act(office, address, "consult", next_on="2019-10-09").status_code == 302
    assert act(office, address, "escalate", text="会商定不下来（示例）").status_code == 302
    assert acts(office, address) == []
    decided = {"text": "由市建设局调配（示例）", "organ": stuck.organ("市建设局").pk, "due_on": "2019-10-20"}
    assert act(leader, address, "decide", **decided).status_code == 302
    case = CaseRecord.objects.get(kind="blocker")
    assert (case.state, case.organ and case.organ.name, str(case.due_on)) == ("decided", "市建设局", "2019-10-20")
    shown = unit.get(address).content.decode()
    assert "由市建设局调配（示例）" in shown
    assert "领导决定" in shown


def test_what_lacks_a_word_is_named_and_kept(world: World) -> None:  # noqa: F811
    answer = raised(world, cost_of_waiting="", text="两个月没有动（示例）")
    assert answer.status_code == 422
    assert "没有写拖着的代价" in answer.content.decode()
    assert "两个月没有动（示例）" in answer.content.decode()
    assert not CaseRecord.objects.exists()


def test_one_that_needs_another_province_has_a_next_day_from_the_start(world: World) -> None:  # noqa: F811
    answer = raised(world, level="cross_province")
    assert answer.status_code == 422
    assert "一直要有下一步日期" in answer.content.decode()
    assert raised(world, level="cross_province", next_on="2019-10-15").status_code == 302
    assert "2019年10月15日" in world.client("liaison").get(where(world)).content.decode()


def test_the_ledger_is_filtered_by_state_level_and_category(stuck: World) -> None:
    for query, there in (("", True), ("?level=city", True), ("?level=cross_province", False), ("?category=demolition", True),
                         ("?state=closed", False), ("?state=all", True), ("?state=nonsense", True)):
        assert (ASKED["title"] in page(stuck, "supervision", query)) == there, query


def test_what_a_report_asks_becomes_a_blocker_by_one_click_and_once(world: World) -> None:  # noqa: F811
    report = filed(world, asks="请市领导协调券商（示例）")
    address = reverse("raise_blocker", args=(world.list.pk, report.pk))
    assert world.client("supervision").post(address).status_code == 302
    again = world.client("supervision").post(address, follow=True)
    assert CaseRecord.objects.filter(kind="blocker").count() == 1
    assert "请市领导协调券商（示例）" in again.content.decode()


def test_a_unit_without_a_part_in_it_sees_nothing_and_a_supporting_one_sees_it(world: World) -> None:  # noqa: F811
    raised(world, support=[world.organ("市发展改革委").pk])
    address = where(world)
    assert world.client("liaison_c").get(address).status_code == 404
    assert ASKED["title"] not in page(world, "liaison_c")
    assert world.client("liaison_b").get(address).status_code == 200
    assert world.client("liaison_c").post(address, {"do": "confirm"}).status_code == 404


def test_nobody_raises_one_in_another_units_name(world: World) -> None:  # noqa: F811
    assert raised(world, "liaison_b").status_code == 422
    assert not CaseRecord.objects.exists()


def test_the_form_opens_with_the_target_it_is_about(world: World) -> None:  # noqa: F811
    item = item_of(world, "新三板")
    form = world.client("liaison").get(reverse("new_blocker", args=(world.list.pk,)) + f"?promise={item.promise.id}").context["form"]
    assert form["promise_id"].value() == item.promise.id
    assert [name for _, name in form.fields["raised_by"].choices] == ["市经信局"]
