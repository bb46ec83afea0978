"""Two people at the same form: the second is told, sees both texts, and what they typed counts once they send it again; nobody's work is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from luoshi.actions.ask_change import ChangeText, ask_change
from luoshi.actions.draw_sample import SampleText, draw_sample
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.plan_meeting import MeetingText, plan_meeting
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, CycleRecord, FactRecord, MeetingRecord, OfficeChoiceRecord, ReportRecord, SampleItemRecord
from tests.actions.reporting import filed, item_of, signed
from tests.web.acting import filled, filled_act
from tests.web.world import AT, DAY, World, world  # noqa: F401


def again(answer: Any, sent: dict[str, Any], name: str = "revision") -> dict[str, Any]:
    """What the second person sends when they press the button once more."""
    return {**sent, name: answer.context["form"].data[name]}


def test_office_settings_show_what_the_first_chose_and_take_what_the_second_sends_then(world: World) -> None:  # noqa: F811
    first = second = world.client("supervision")
    address = reverse("office", args=(world.list.pk,))
    sent = filled(second, address)
    assert first.post(address, {**sent, "grace": "2", "organ": "示例甲办"}).status_code == 302
    late = second.post(address, {**sent, "grace": "5"})
    assert late.status_code == 409
    words = late.content.decode()
    assert "有人改过这份清单的督查规则" in words
    assert "示例甲办" in words
    assert 'value="5"' in words
    assert OfficeChoiceRecord.objects.get().grace == 2
    assert second.post(address, again(late, {**sent, "grace": "5"})).status_code == 302
    assert (OfficeChoiceRecord.objects.get().grace, OfficeChoiceRecord.objects.get().revision) == (5, 2)


def test_a_cycle_that_was_changed_meanwhile_is_not_changed_over_it(world: World) -> None:  # noqa: F811
    client, address = world.client("supervision"), reverse("cycles", args=(world.list.pk,))
    item = item_of(world, "重大项目").promise.id
    sent = {"do": "cycle", "item": item, "seen": ""}
    assert client.post(address, {**sent, "cycle": "quarterly"}).status_code == 302
    late = client.post(address, {**sent, "cycle": "monthly-10"})
    assert late.status_code == 409
    assert "有人改过这一项的周期：现在是“每季度终了后10日内”" in late.content.decode()
    assert CycleRecord.objects.get().cycle == "quarterly"
    assert 'name="seen" value="quarterly"' in late.content.decode()
    assert client.post(address, {**sent, "cycle": "monthly-10", "seen": "quarterly"}).status_code == 302


def test_the_day_from_which_reports_are_asked_for_is_not_written_over(world: World) -> None:  # noqa: F811
    client, address = world.client("supervision"), reverse("cycles", args=(world.list.pk,))
    assert client.post(address, {"do": "start", "starts_on": "2019-08-01", "revision": "0"}).status_code == 302
    late = client.post(address, {"do": "start", "starts_on": "2019-07-01", "revision": "0"})
    assert late.status_code == 409
    assert "2019-07-01" in late.content.decode()
    assert "截止日不早于2019年8月1日" in late.content.decode()


def test_anothers_exception_is_not_written_over_and_one_dropped_twice_is_told(world: World) -> None:  # noqa: F811
    client, address = world.client("supervision"), reverse("cycles", args=(world.list.pk,))
    sent = {"do": "except", "period": "2019-09", "promise": "", "due_on": "2019-10-08", "reason": "国庆顺延（示例）"}
    assert client.post(address, sent).status_code == 302
    late = client.post(address, {**sent, "due_on": "2019-10-12", "reason": "另有会议（示例）"})
    assert late.status_code == 422
    assert "已经改到2019年10月8日（国庆顺延（示例））" in late.content.decode()
    assert "另有会议（示例）" in late.content.decode()
    assert str(CycleRecord.objects.get().due_on) == "2019-10-08"


@pytest.fixture
def slip(world: World) -> CaseRecord:  # noqa: F811
    text = CaseText("slip", "补报开工情况（示例）", organ_id=world.organ("市经信局").pk, due_on=DAY)
    return open_case(world.who("supervision"), AT, DAY, world.list.pk, text)


def stepped(world: World, case: CaseRecord, who: str, act: str, text: str = "") -> None:  # noqa: F811
    case.refresh_from_db()
    take_step(world.who(who), AT, DAY, case.pk, act, Given(on=DAY, text=text), case.revision)


def test_a_draft_of_a_slip_shows_what_the_first_wrote_and_keeps_what_the_second_did(world: World, slip: CaseRecord) -> None:  # noqa: F811
    client, address = world.client("supervision"), reverse("edit_slip", args=(world.list.pk, slip.pk))
    sent = {**filled(client, address), "source": "light", "clock": "", "colour": "", "copy_to": ""}
    assert client.post(address, {**sent, "title": "报开工和投资情况（示例）"}).status_code == 302
    late = client.post(address, {**sent, "requirement": "一周内报（示例）"})
    assert late.status_code == 409
    assert "报开工和投资情况（示例）" in late.content.decode()
    assert "一周内报（示例）" in late.content.decode()
    assert client.post(address, again(late, {**sent, "requirement": "一周内报（示例）"})).status_code == 302
    slip.refresh_from_db()
    assert slip.data["requirement"] == "一周内报（示例）"


def test_of_two_who_answer_a_slip_the_second_sees_the_first_answer_and_keeps_their_own(world: World, slip: CaseRecord) -> None:  # noqa: F811
    stepped(world, slip, "supervision", "issue")
    stepped(world, slip, "liaison", "receive")
    address = reverse("slip", args=(world.list.pk, slip.pk))
    one, other = world.client("liaison"), world.client("head")
    sent = filled_act(other, address, "reply")
    assert one.post(address, {**filled_act(one, address, "reply"), "reply-text": "联络员写的（示例）"}).status_code == 302
    late = other.post(address, {**sent, "reply-text": "负责人写的（示例）"})
    assert late.status_code == 409
    assert "联络员写的（示例）" in late.content.decode()
    assert "您写的：" in late.content.decode()
    assert "负责人写的（示例）" in late.content.decode()
    assert list(slip.steps.filter(act="reply").values_list("text", flat=True)) == ["联络员写的（示例）"]


def test_who_closes_while_another_asks_for_more_time_is_told_and_can_do_it_after_looking(world: World, slip: CaseRecord) -> None:  # noqa: F811
    stepped(world, slip, "supervision", "issue")
    stepped(world, slip, "liaison", "receive")
    address = reverse("slip", args=(world.list.pk, slip.pk))
    office, unit = world.client("supervision"), world.client("liaison")
    sent = filled_act(office, address, "withdraw")
    asked = {**filled_act(unit, address, "ask_extension"), "ask_extension-text": "材料未到（示例）", "ask_extension-due_on": "2019-10-20"}
    assert unit.post(address, asked).status_code == 302
    late = office.post(address, {**sent, "withdraw-text": "发错了单位（示例）"})
    assert late.status_code == 409
    form = next(each.form for each in late.context["acts"] if each.act == "withdraw")
    assert (form["text"].value(), int(form["revision"].value())) == ("发错了单位（示例）", CaseRecord.objects.get(pk=slip.pk).revision)
    assert office.post(address, {**sent, "withdraw-text": "发错了单位（示例）", "withdraw-revision": form["revision"].value()}).status_code == 302
    slip.refresh_from_db()
    assert slip.state == "withdrawn"


def test_a_leader_who_decides_what_the_unit_took_back_is_told(world: World) -> None:  # noqa: F811
    item = item_of(world, "新三板")
    change = ask_change(world.who("liaison"), AT, DAY, world.list.pk, ChangeText(item.promise.id, world.organ("市经信局").pk, "示例", 6))  # type: ignore[arg-type]
    address = reverse("change", args=(world.list.pk, change.pk))
    office, unit = world.client("supervision"), world.client("liaison")
    sent = filled_act(office, address, "review")
    assert unit.post(address, filled_act(unit, address, "withdraw")).status_code == 302
    late = office.post(address, {**sent, "review-text": "情况属实（示例）"})
    assert late.status_code == 409
    assert "情况属实（示例）" in late.content.decode()
    change.refresh_from_db()
    assert change.state == "withdrawn"


def test_a_blocker_that_two_of_the_office_handle_at_once_goes_one_way(world: World) -> None:  # noqa: F811
    text = CaseText("blocker", "审批卡住（示例）", raised_by_id=world.organ("市经信局").pk,
                    data={"category": "approval", "level": "city", "cost_of_waiting": "暂无", "asked_for": "请加快"})
    case = open_case(world.who("liaison"), AT, DAY, world.list.pk, text)
    address, office = reverse("blocker", args=(world.list.pk, case.pk)), world.client("supervision")
    explained = filled_act(office, address, "explain")
    consulted = {**filled_act(office, address, "consult"), "consult-next_on": "2019-10-09"}
    assert office.post(address, consulted).status_code == 302
    late = office.post(address, {**explained, "explain-text": "政策就是这样（示例）"})
    assert late.status_code == 409
    assert "政策就是这样（示例）" in late.content.decode()
    case.refresh_from_db()
    assert case.state == "consulting"


def test_a_row_that_was_corrected_meanwhile_shows_both_and_takes_the_second_on_top(world: World) -> None:  # noqa: F811
    name = "hightech_enterprise"
    row = FactRecord.objects.filter(list=world.list, source=name).exclude(key="").order_by("id").first()
    assert row is not None
    address, client = reverse("correct_row", args=(world.list.pk, name, row.key)), world.client("supervision")
    opened = client.get(address)
    sent = {key: opened.context["form"][key].value() or "" for key in opened.context["form"].fields if key not in ("papers", "photo")}
    sent |= {"version": opened.context["version"], "reason": "核对证书（示例）"}
    first = client.post(address, {**sent, "batch": "2016年第2批"})
    assert first.status_code == 302, first.context["form"].errors
    late = client.post(address, {**sent, "batch": "2016年第3批"})
    assert late.status_code == 409
    assert "2016年第2批" in late.content.decode()
    assert 'value="2016年第3批"' in late.content.decode()
    assert client.post(address, {**sent, "batch": "2016年第3批", "version": late.context["version"]}).status_code == 302
    versions = FactRecord.objects.filter(list=world.list, source=name, key=row.key).order_by("id")
    assert [each.row["批次"] for each in versions][-2:] == ["2016年第2批", "2016年第3批"]


def test_a_spot_check_that_another_wrote_down_shows_theirs_and_keeps_ones_own(world: World) -> None:  # noqa: F811
    sample = draw_sample(world.who("supervision"), AT, DAY, world.list.pk, SampleText("9月抽查（示例）", DAY, 1, 1, "示例"))
    item = SampleItemRecord.objects.create(sample=sample, key="slip:0", place=9, title="示例", how="random", why="随机抽取")
    address = reverse("sample_item", args=(world.list.pk, sample.pk, item.pk))
    one, other = world.client("checker"), world.client("supervision")
    sent = filled(other, address)
    assert one.post(address, {**filled(one, address), "result": "true", "where": "甲处（示例）"}).status_code == 302
    late = other.post(address, {**sent, "result": "not_seen", "where": "乙处（示例）", "note": "门锁着（示例）"})
    assert late.status_code == 409
    assert "甲处（示例）" in late.content.decode()
    assert "门锁着（示例）" in late.content.decode()
    more = {"result": "not_seen", "where": "乙处（示例）", "note": "门锁着（示例）"}
    assert other.post(address, again(late, {**sent, **more})).status_code == 302


def test_a_meeting_that_was_held_meanwhile_keeps_what_the_second_wrote(world: World) -> None:  # noqa: F811
    meeting = plan_meeting(world.who("supervision"), AT, DAY, world.list.pk, MeetingText("推进会（示例）", DAY))
    shown, client = reverse("meeting", args=(world.list.pk, meeting.pk)), world.client("supervision")
    address = reverse("hold_meeting", args=(world.list.pk, meeting.pk))
    sent = filled(client, shown)
    agenda = {"do": "keep", "own": "添的一项（示例）", "revision": meeting.revision}
    assert client.post(address, {**sent, "minutes": "甲记的（示例）"}).status_code == 302
    late = client.post(address, {**sent, "minutes": "乙记的（示例）"})
    assert late.status_code == 409
    assert "甲记的（示例）" in late.content.decode()
    assert "乙记的（示例）" in late.content.decode()
    refused = client.post(reverse("meeting_agenda", args=(world.list.pk, meeting.pk)), agenda)
    assert refused.status_code == 409
    assert MeetingRecord.objects.get().minutes == "甲记的（示例）"


def test_a_report_signed_while_the_liaison_edits_is_not_changed(world: World) -> None:  # noqa: F811
    report = signed(world)
    address = reverse("report", args=(world.list.pk, report.promise_id, report.organ_id, "2019-09"))
    typed = {"do": "save", "observed_on": "2019-09-30", "progress": "改过的话（示例）", "value": "44", "revision": report.revision - 1}
    late = world.client("liaison").post(address, typed)
    assert late.status_code == 409
    assert "改过的话（示例）" in late.content.decode()
    assert "新增2个项目，1个已开工" in late.content.decode()
    assert ReportRecord.objects.get(pk=report.pk).revision == report.revision


def test_a_report_that_was_sent_back_while_the_head_signs_says_so(world: World) -> None:  # noqa: F811
    report = filed(world)
    client, address = world.client("head"), reverse("decide_report", args=(world.list.pk, report.pk))
    assert client.post(address, {"do": "return", "revision": report.revision, "reason": "数不对（示例）"}).status_code == 302
    late = client.post(address, {"do": "sign", "revision": report.revision})
    assert late.status_code == 409
    assert "已退回" in late.content.decode()
