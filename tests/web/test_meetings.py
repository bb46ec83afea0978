"""Pages of meetings: the agenda from how things stand, decisions that become slips, minutes to take away; the next one opens with the last."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from luoshi.store.models import CaseRecord, MeetingRecord
from tests.web.acting import filled
from tests.web.world import World, world  # noqa: F401


def planned(world: World, key: str = "supervision", **changes: Any) -> Any:  # noqa: F811
    typed = {"title": "十项任务推进会（示例）", "on": "2019-09-30", "place": "示例会议室", **changes}
    return world.client(key).post(reverse("meetings", args=(world.list.pk,)), typed)


def at(name: str, world: World, *more: Any) -> str:  # noqa: F811
    return reverse(name, args=(world.list.pk, MeetingRecord.objects.latest("id").pk, *more))


def held(world: World, **typed: Any) -> Any:  # noqa: F811
    client = world.client("supervision")
    return client.post(at("hold_meeting", world), {**filled(client, at("meeting", world)), "minutes": "逐项听了进展（示例）。", **typed})


@pytest.fixture
def convened(world: World) -> World:  # noqa: F811
    """With an agenda of what is red today."""
    assert planned(world).status_code == 302
    return world


def test_the_agenda_is_proposed_put_in_order_and_struck_and_what_is_struck_stays_readable(convened: World) -> None:
    client, meeting = convened.client("supervision"), MeetingRecord.objects.get()
    assert meeting.agenda
    numbers = {f"order-{n}": str(len(meeting.agenda) + 1 - n) for n in range(1, len(meeting.agenda) + 1)}
    typed = {"do": "keep", "revision": meeting.revision, "own": "听取县里汇报（示例）", "struck-1": "on", **numbers}
    assert client.post(at("meeting_agenda", convened), typed).status_code == 302
    shown = client.get(at("meeting", convened)).content.decode()
    assert "听取县里汇报（示例）" in shown
    assert MeetingRecord.objects.get().agenda[-2]["title"] == meeting.agenda[0]["title"]


def test_decisions_become_slips_and_the_minutes_can_be_taken_away(convened: World) -> None:
    decision = {"text1": "由市经信局逐家会商（示例）", "organ1": convened.organ("市经信局").pk, "due1": "2019-10-15"}
    assert held(convened, **decision).status_code == 302
    slip = CaseRecord.objects.get(kind="slip")
    shown = convened.client("leader").get(at("meeting", convened)).content.decode()
    assert slip.number in shown
    assert "已开" in shown
    for kind, sign in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = convened.client("supervision").get(at("meeting_minutes", convened, kind))
        assert b"".join(answer.streaming_content).startswith(sign)
    planned(convened, title="下一次推进会（示例）")
    assert "由市经信局逐家会商（示例）" in convened.client("supervision").get(at("meeting", convened)).content.decode()


@pytest.mark.parametrize(("typed", "words"), [
    ({"minutes": ""}, "没有写会议情况"), ({"on": "2019-10-20"}, "会议还没有开"), ({"text2": "办一件事（示例）"}, "没有写由谁办"),
    ({"text1": "办一件事（示例）", "due1": "2019-09-01"}, "没有写由谁办")])
def test_a_decision_that_is_not_whole_lets_no_slip_go_out_and_keeps_the_words(convened: World, typed: dict[str, str], words: str) -> None:
    answer = held(convened, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "逐项听了进展（示例）。" in answer.content.decode() or not typed.get("minutes", "x")
    assert not CaseRecord.objects.filter(kind="slip").exists()


def test_only_the_office_convenes_and_units_get_slips_instead(convened: World) -> None:
    assert planned(convened, "leader").status_code == 403
    assert planned(convened, title="").status_code == 422
    assert convened.client("liaison").get(at("meeting", convened)).status_code == 404
    assert convened.client("leader").post(at("hold_meeting", convened), {"minutes": "示例"}).status_code == 403
    assert convened.client("supervision").get(at("meeting_minutes", convened, "docx")).status_code == 404
    assert "十项任务推进会（示例）" not in convened.client("liaison").get(reverse("meetings", args=(convened.list.pk,))).content.decode()
