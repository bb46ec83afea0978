"""Matters under supervision: who may take which step, what each needs, and that two people never overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, JournalRecord
from luoshi.store.queries.cases import acts_now, cases_of, steps_of
from luoshi.store.who import NotAllowed
from tests.web.world import AT, DAY, World, world  # noqa: F401

DUE = DAY + timedelta(10)


def slip(world: World, **more: object) -> CaseRecord:  # noqa: F811
    text = CaseText("slip", "补报项目开工情况（示例）", "请说明未开工的原因。", organ_id=world.organ("市经信局").pk, due_on=DUE)
    return open_case(world.who("supervision"), AT, DAY, world.list.pk, replace(text, **more))  # type: ignore[arg-type]


def step(world: World, case: CaseRecord, who: str, act: str, **given: object) -> CaseRecord:  # noqa: F811
    case.refresh_from_db()
    return take_step(world.who(who), AT, DAY, case.pk, act, Given(on=DAY, **given), case.revision)  # type: ignore[arg-type]


def test_a_slip_goes_from_the_office_to_the_unit_and_back_to_be_verified_and_closed(world: World) -> None:  # noqa: F811
    made = slip(world)
    issued = step(world, made, "supervision", "issue")
    assert (issued.number, issued.state) == ("督〔2019〕1号", "issued")
    step(world, made, "liaison", "receive")
    step(world, made, "head", "reply", text="已开工，附照片。")
    step(world, made, "checker", "verify", text="现场看到已开工。", place="示例路1号")
    closed = step(world, made, "supervision", "close")
    assert (closed.state, closed.closed_on) == ("closed", DAY)
    assert [s.act for s in steps_of(closed)] == ["open", "issue", "receive", "reply", "verify", "close"]
    assert list(JournalRecord.objects.filter(about=f"case:{made.pk}").order_by("number").values_list("action", flat=True)) == [
        "slip.open", "slip.issue", "slip.receive", "slip.reply", "slip.verify", "slip.close"]


def test_slips_are_numbered_without_a_gap_and_a_draft_has_no_number(world: World) -> None:  # noqa: F811
    first, second = slip(world), slip(world)
    step(world, second, "supervision", "issue")
    step(world, first, "supervision", "issue")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.number, first.number) == ("督〔2019〕1号", "督〔2019〕2号")


@pytest.mark.parametrize(("act", "given", "field"), [
    ("reply", {}, "text"), ("ask_extension", {"text": "材料未到", "due_on": DUE}, "due_on"),
    ("ask_extension", {"due_on": DUE + timedelta(5)}, "text"),
    ("reply", {"text": "办了", "on": DAY + timedelta(1)}, "on"), ("reply", {"text": "办了", "on": DAY - timedelta(1)}, "on")])
def test_a_step_that_lacks_something_says_what_and_writes_nothing(world: World, act: str, given: dict[str, object], field: str) -> None:  # noqa: F811
    made = slip(world)
    step(world, made, "supervision", "issue")
    received = step(world, made, "liaison", "receive")
    with pytest.raises(StepRefused) as refused:
        take_step(world.who("liaison"), AT, DAY, made.pk, act, Given(**{"on": DAY, **given}), received.revision)  # type: ignore[arg-type]
    assert field in refused.value.problems
    made.refresh_from_db()
    assert made.revision == received.revision


def test_an_extension_cannot_be_asked_for_after_the_day(world: World) -> None:  # noqa: F811
    made = slip(world)
    step(world, made, "supervision", "issue")
    received = step(world, made, "liaison", "receive")
    late = DUE + timedelta(1)
    with pytest.raises(StepRefused, match="期限已过"):
        take_step(world.who("liaison"), AT, late, made.pk, "ask_extension", Given(late, "再给几天", DUE + timedelta(9)), received.revision)


def test_nobody_verifies_their_own_answer(world: World) -> None:  # noqa: F811
    made = slip(world)
    step(world, made, "supervision", "issue")
    step(world, made, "head", "receive")
    replied = step(world, made, "head", "reply", text="办了")
    replied.steps.filter(act="reply").update(by=world.person("checker"))
    with pytest.raises(StepRefused, match="不能由您自己核验"):
        step(world, made, "checker", "verify", text="看过")


@pytest.mark.parametrize("who", ["liaison_b", "head_b", "leader", "auditor", "administrator", "assessor"])
def test_another_unit_can_neither_see_nor_answer_a_slip(world: World, who: str) -> None:  # noqa: F811
    made = slip(world)
    issued = step(world, made, "supervision", "issue")
    with pytest.raises(NotAllowed):
        step(world, made, who, "receive")
    if who.endswith("_b"):
        assert not cases_of(world.who(who), world.list).exists()
    assert acts_now(world.who(who), issued) == ()


def test_a_draft_is_the_offices_own(world: World) -> None:  # noqa: F811
    slip(world)
    assert not cases_of(world.who("liaison"), world.list).exists()
    assert cases_of(world.who("supervision"), world.list).count() == 1


def test_of_two_who_act_at_once_the_second_is_told(world: World) -> None:  # noqa: F811
    made = slip(world)
    step(world, made, "supervision", "issue")
    received = step(world, made, "liaison", "receive")
    take_step(world.who("head"), AT, DAY, made.pk, "reply", Given(DAY, "办了"), received.revision)
    with pytest.raises(Stale, match="已回复，待核验"):
        take_step(world.who("liaison"), AT, DAY, made.pk, "reply", Given(DAY, "也办了"), received.revision)


def test_a_blocker_climbs_to_the_leader_and_its_proposer_confirms(world: World) -> None:  # noqa: F811
    text = CaseText("blocker", "两省的路口标高对不上（示例）", raised_by_id=world.organ("市经信局").pk, data={"category": "cross_region"})
    made = open_case(world.who("liaison"), AT, DAY, world.list.pk, text)
    step(world, made, "supervision", "consult", next_on=DAY + timedelta(2))
    step(world, made, "supervision", "escalate", text="会商没有解决")
    step(world, made, "leader", "decide", text="请市发展改革委牵头。", organ_id=world.organ("市发展改革委").pk, due_on=DUE)
    step(world, made, "liaison_b", "solve", text="已协调一致。")
    with pytest.raises(NotAllowed):
        step(world, made, "supervision", "confirm")
    assert step(world, made, "liaison", "confirm").state == "closed"


def test_the_same_matter_twice_is_merged_and_can_be_taken_apart(world: World) -> None:  # noqa: F811
    one, two = (open_case(world.who(who), AT, DAY, world.list.pk, CaseText("blocker", "路口标高（示例）", raised_by_id=world.organ(unit).pk))
                for who, unit in (("liaison", "市经信局"), ("liaison_b", "市发展改革委")))
    assert step(world, two, "supervision", "merge", merged_into_id=one.pk).merged_into_id == one.pk
    assert step(world, two, "supervision", "separate").merged_into_id is None
    with pytest.raises(StepRefused, match="并入的那一件"):
        step(world, two, "supervision", "merge", merged_into_id=two.pk)


def test_a_unit_does_not_open_a_slip_nor_a_blocker_for_another(world: World) -> None:  # noqa: F811
    with pytest.raises(NotAllowed):
        open_case(world.who("liaison"), AT, DAY, world.list.pk, CaseText("slip", "督办督查室（示例）"))
    with pytest.raises(NotAllowed):
        open_case(world.who("liaison"), AT, DAY, world.list.pk, CaseText("blocker", "难点（示例）", raised_by_id=world.organ("市科技局").pk))
    with pytest.raises(NotAllowed):
        open_case(world.who("liaison"), AT, DAY, world.list.pk, CaseText("blocker", "难点（示例）"))


@pytest.mark.parametrize(("data", "problem"), [({"value_to": "很多"}, "value_to"), ({"due_to": "明年"}, "due_to")])
def test_what_is_asked_for_is_checked_field_by_field(world: World, data: dict[str, str], problem: str) -> None:  # noqa: F811
    text = CaseText("change", "调低指标（示例）", "征迁滞后", raised_by_id=world.organ("市经信局").pk, data=data)
    with pytest.raises(StepRefused) as refused:
        open_case(world.who("head"), AT, DAY, world.list.pk, text)
    assert problem in refused.value.problems


def test_a_day_in_the_past_is_no_limit(world: World) -> None:  # noqa: F811
    with pytest.raises(StepRefused, match="期限已经过去"):
        slip(world, due_on=date(2019, 9, 1))
