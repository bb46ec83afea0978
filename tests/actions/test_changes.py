"""Changes of targets: asked before the day, decided by the leader, a new version with the original beside it; recovery plans stand apart."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from luoshi.actions.ask_change import ChangeText, ask_change
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.plan.restore import plan_from_json
from luoshi.plan.target import Target
from luoshi.plan.walk import the_noun
from luoshi.status.stand import Item
from luoshi.store.models import CaseRecord, ListRecord, OfficeChoiceRecord, PlanRecord
from luoshi.store.queries.changes import pending_change, recovery_of, the_change
from luoshi.store.queries.story import tell_list
from luoshi.store.who import NotAllowed
from tests.web.world import AT, DAY, World, world  # noqa: F401


def of_jingxin(world: World) -> Item:  # noqa: F811
    """A target with a figure that 市经信局 leads."""
    told = tell_list(world.list, DAY)
    assert told is not None
    return next(i for i in told.items if i.number == "3.4")


def ask(world: World, **more: object) -> CaseRecord:  # noqa: F811
    item = of_jingxin(world)
    text = ChangeText(item.promise.id, world.organ("市经信局").pk, "两家在审企业撤回申请（示例）。", **more)  # type: ignore[arg-type]
    return ask_change(world.who("liaison"), AT, DAY, world.list.pk, text)


def step(world: World, case: CaseRecord, who: str, act: str, text: str) -> CaseRecord:  # noqa: F811
    case.refresh_from_db()
    return take_step(world.who(who), AT, DAY, case.pk, act, Given(on=DAY, text=text), case.revision)


def approve(world: World, case: CaseRecord) -> None:  # noqa: F811
    step(world, case, "supervision", "review", "情况属实，建议同意。")
    step(world, case, "leader", "approve", "同意调为6家，差额转入明年。")


def test_an_approved_change_is_the_next_version_and_the_original_stays_beside_it(world: World) -> None:  # noqa: F811
    item = of_jingxin(world)
    assert isinstance(item.promise, Target)
    case = ask(world, value_to=Decimal(6))
    approve(world, case)
    held = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    assert held.plan is not None
    assert held.plan.number == 2
    changed = the_noun(plan_from_json(held.plan.plan), item.promise.id)
    assert isinstance(changed, Target)
    assert (changed.value, changed.metric, changed.due) == (Decimal(6), item.promise.metric, item.promise.due)
    original = held.plan.carried["originals"][item.promise.id]
    assert "10" in original["text"]
    assert "同意调为6家" in original["reason"]
    assert the_change(world.who("liaison"), held, case.pk).version == 2
    first = PlanRecord.objects.get(list=held, number=1)
    kept = the_noun(plan_from_json(first.plan), item.promise.id)
    assert isinstance(kept, Target)
    assert kept.value == Decimal(10)
    told = tell_list(held, DAY)
    assert told is not None
    now = next(i for i in told.items if i.promise.id == item.promise.id)
    assert (now.standing and now.standing.target, now.value) == (Decimal(6), item.value)


def test_before_the_decision_nothing_changes_and_a_refusal_leaves_it_so(world: World) -> None:  # noqa: F811
    case = ask(world, value_to=Decimal(6))
    step(world, case, "supervision", "review", "报请决定。")
    with pytest.raises(NotAllowed):
        step(world, case, "supervision", "approve", "同意")
    step(world, case, "leader", "refuse", "年初定的不动。")
    assert PlanRecord.objects.filter(list=world.list).count() == 1


def test_a_later_day_is_a_change_too(world: World) -> None:  # noqa: F811
    case = ask(world, due_to=DAY.replace(year=2020, month=3, day=31))
    approve(world, case)
    held = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    assert held.plan is not None
    changed = the_noun(plan_from_json(held.plan.plan), case.promise_id)
    assert isinstance(changed, Target)
    assert changed.due is not None
    assert changed.due.date == "2020-03-31"


def test_after_the_last_day_for_asking_only_a_recovery_plan_can_be_brought(world: World) -> None:  # noqa: F811
    OfficeChoiceRecord.objects.create(list=world.list, change_until=DAY - timedelta(1))
    with pytest.raises(StepRefused, match="最晚要在"):
        ask(world, value_to=Decimal(6))
    assert ask(world, recovery="逐家会商。", curve={10: Decimal(5), 12: Decimal(8)}).data["curve"] == {"10": "5", "12": "8"}


def test_a_recovery_plan_stands_beside_the_plan_line_and_makes_no_version(world: World) -> None:  # noqa: F811
    case = ask(world, recovery="逐家会商。", curve={10: Decimal(5), 12: Decimal(8)})
    assert recovery_of(world.list, case.promise_id) is None
    approve(world, case)
    found = recovery_of(world.list, case.promise_id)
    assert found is not None
    assert found.curve == ((10, Decimal(5)), (12, Decimal(8)))
    assert PlanRecord.objects.filter(list=world.list).count() == 1
    light = of_jingxin(world).light
    assert tell_list(ListRecord.objects.select_related("plan").get(pk=world.list.pk), DAY).items[0] is not None  # type: ignore[union-attr]
    assert of_jingxin(world).light == light


@pytest.mark.parametrize(("more", "words"), [
    ({}, "没有写要改什么"), ({"value_to": Decimal(10)}, "没有写要改什么"), ({"curve": {10: Decimal(5)}}, "没有写怎么追"),
    ({"curve": {8: Decimal(5)}, "recovery": "补"}, "今后的月份"),
    ({"curve": {10: Decimal(8), 11: Decimal(5)}, "recovery": "补"}, "不能比前一个月小")])
def test_a_request_that_asks_for_nothing_or_for_what_cannot_be_is_refused(world: World, more: dict[str, object], words: str) -> None:  # noqa: F811
    with pytest.raises(StepRefused, match=words):
        ask(world, **more)


def test_only_the_unit_that_leads_may_ask_and_a_second_request_waits(world: World) -> None:  # noqa: F811
    item = of_jingxin(world)
    with pytest.raises(StepRefused, match="牵头单位"):
        ask_change(world.who("liaison_b"), AT, DAY, world.list.pk,
                   ChangeText(item.promise.id, world.organ("市发展改革委").pk, "理由", Decimal(6)))
    case = ask(world, value_to=Decimal(6))
    assert pending_change(world.who("liaison"), world.list, item.promise.id) == case.pk
    with pytest.raises(StepRefused, match="还没有决定"):
        ask(world, value_to=Decimal(7))


def test_a_target_that_was_changed_meanwhile_is_looked_at_first(world: World) -> None:  # noqa: F811
    case = ask(world, value_to=Decimal(6))
    step(world, case, "supervision", "review", "报请决定。")
    case.refresh_from_db()
    case.data["value_from"] = "12"
    case.save()
    with pytest.raises(StepRefused, match="申请时是"):
        step(world, case, "leader", "approve", "同意")
    assert PlanRecord.objects.filter(list=world.list).count() == 1
    case.refresh_from_db()
    assert case.state == "reviewed"
