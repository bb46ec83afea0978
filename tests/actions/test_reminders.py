"""Reminders: the owner first, the office after grace, nothing twice, silence when it is done; digests, quiet hours, the outbox."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from luoshi.actions.digest_people import digest_people
from luoshi.actions.remind_people import after_quiet, remind_people
from luoshi.actions.send_notices import WAITS, send_again, send_notices
from luoshi.actions.set_channel import AddressRefused, set_channel
from luoshi.store.models import CaseRecord, ChannelRecord, JournalRecord, NoticeRecord, ReportRecord
from luoshi.store.who import NotAllowed
from tests.actions.post_offices import mail_server, robot_server
from tests.web.world import AT, DAY, World, busy_world, world  # noqa: F401

KEY = "0123456789abcdef0123456789abcdef"
BEIJING = ZoneInfo("Asia/Shanghai")
FIFTH = date(2019, 10, 5)


def day(on: date) -> datetime:
    return datetime.combine(on, time(7, 30), BEIJING)


def remind(on: date) -> str:
    return remind_people(day(on), on)


def texts(world: World, key: str) -> list[str]:  # noqa: F811
    return [notice.text for notice in NoticeRecord.objects.filter(person=world.person(key), channel="inbox").order_by("id")]


def due_day(world: World) -> date:  # noqa: F811
    """The last day of the September reports, with the calendar's holidays."""
    from luoshi.store.queries.windows import windows_of_list

    window = windows_of_list(world.list).window("any", "2019-09")
    assert window is not None
    return window.due_on


def test_the_owner_hears_five_days_before_and_the_office_does_not(busy_world: World) -> None:  # noqa: F811
    remind(due_day(busy_world) - timedelta(5))
    assert any("9月填报" in text and "还有5天" in text for text in texts(busy_world, "liaison"))
    assert texts(busy_world, "supervision") == []


def test_what_waits_for_the_head_is_told_to_the_head(busy_world: World) -> None:  # noqa: F811
    remind(due_day(busy_world) - timedelta(1))
    assert any("等您签发" in text for text in texts(busy_world, "head"))


def test_the_office_hears_after_grace_and_late_ones_stop_after_a_week(busy_world: World) -> None:  # noqa: F811
    due = due_day(busy_world)
    remind(due + timedelta(3))
    assert any("提醒过仍未办" in text for text in texts(busy_world, "supervision"))
    NoticeRecord.objects.all().delete()
    remind(due + timedelta(8))
    assert not any("9月填报" in text for text in texts(busy_world, "liaison"))


def test_a_second_run_makes_nothing_twice(busy_world: World) -> None:  # noqa: F811
    remind(due_day(busy_world) - timedelta(5))
    before = NoticeRecord.objects.count()
    assert before
    remind(due_day(busy_world) - timedelta(5))
    assert NoticeRecord.objects.count() == before
    assert JournalRecord.objects.filter(action="notice.remind").latest("number").detail["notices"] == 0


def test_what_is_done_is_silent(busy_world: World) -> None:  # noqa: F811
    ReportRecord.objects.update(state="accepted")
    done = set(ReportRecord.objects.filter(period="2019-09").values_list("promise_id", flat=True))
    from luoshi.store.queries.owed import owed_of_list
    from luoshi.store.queries.story import tell_list

    told = tell_list(busy_world.list, DAY)
    assert told is not None
    item = next(item for item in told.items if item.promise.id in done)
    owed = owed_of_list(busy_world.list, replace(told, items=(item,)), DAY)
    assert not [each for each in owed if each.owed.key.startswith("report:") and ":2019-09:" in each.owed.key]


def test_many_reports_of_a_unit_are_one_notice(busy_world: World) -> None:  # noqa: F811
    remind(due_day(busy_world) - timedelta(1))
    reports = [text for text in texts(busy_world, "liaison") if "9月填报" in text]
    assert 0 < len(reports) <= 3


def test_a_slip_is_told_to_the_unit_that_acts_and_not_when_it_is_closed(busy_world: World) -> None:  # noqa: F811
    office = busy_world.person("supervision")
    slip = CaseRecord.objects.create(list=busy_world.list, kind="slip", year=2019, serial=900, number="示例督〔2019〕900号", title="尽快办理（示例）",
                                     organ=busy_world.organ("市经信局"), state="issued", raised_on=DAY,
                                     due_on=DAY + timedelta(5), by=office, changed_at=AT)
    remind(DAY)
    assert sum("示例督〔2019〕900号" in text for text in texts(busy_world, "liaison")) == 1
    CaseRecord.objects.filter(pk=slip.pk).update(state="closed")
    NoticeRecord.objects.all().delete()
    remind(DAY)
    assert not any("900号" in text for text in texts(busy_world, "liaison"))


def test_reminding_asks_a_fixed_number_of_questions(busy_world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    remind(DAY - timedelta(1))
    with django_assert_max_num_queries(30):
        remind(DAY)


@pytest.mark.parametrize(("at", "after"), [("07:30", "08:00"), ("08:00", "08:00"), ("21:30", "08:00"), ("12:00", "12:00")])
def test_quiet_hours_put_a_message_off_till_their_end(at: str, after: str) -> None:
    moment = datetime.combine(DAY, time.fromisoformat(at), BEIJING)
    until = after_quiet(moment, time(21), time(8))
    assert f"{until.astimezone(BEIJING):%H:%M}" == after
    assert until >= moment


def test_a_digest_tells_what_is_new_and_unread_once(busy_world: World) -> None:  # noqa: F811
    liaison = busy_world.who("liaison")
    set_channel(liaison, AT, "wecom", KEY, True, True)
    remind(due_day(busy_world) - timedelta(5))
    at = day(due_day(busy_world) - timedelta(5)) + timedelta(minutes=30)
    assert digest_people(at, DAY) == "1条汇总"
    assert digest_people(at + timedelta(hours=1), DAY) == "0条汇总"
    message = NoticeRecord.objects.get(channel="wecom")
    assert "9月填报" in message.text
    assert message.link == "/inbox/"


def notice(world: World, kind: str, text: str = "市经信局：9月填报2项，10月5日截止，还有5天。") -> NoticeRecord:  # noqa: F811
    return NoticeRecord.objects.create(key=f"test:{NoticeRecord.objects.count()}", person=world.person("liaison"), channel=kind, text=text,
                                       link="/inbox/", made_at=AT, send_after=AT)


def mail_to(settings: Any, port: int) -> None:
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, "EMAIL_USE_TLS": False, "EMAIL_TIMEOUT": 5}
    settings.PLACE = replace(settings.PLACE, mail=mail, address="https://luoshi.example.gov.cn")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for name, value in mail.items():
        setattr(settings, name, value)


def test_mail_goes_out_once_with_its_link(world: World, settings: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "mail", "zhu@example.com", False, True)
    made = notice(world, "mail")
    with mail_server() as office:
        mail_to(settings, office.port)
        assert send_notices(AT, DAY).startswith("发出1条")
        assert send_notices(AT + timedelta(1), DAY).startswith("发出0条")
    assert len(office.got) == 1
    assert "To: zhu@example.com" in office.got[0]
    made.refresh_from_db()
    assert made.sent_at == AT


def test_a_busy_server_is_tried_again_later_and_a_refusal_for_good_is_not(world: World, settings: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "mail", "zhu@example.com", False, True)
    busy = notice(world, "mail")
    with mail_server("451 later", "250 ok", "550 nobody of that name") as office:
        mail_to(settings, office.port)
        send_notices(AT, DAY)
        busy.refresh_from_db()
        assert (busy.sent_at, busy.next_try_at) == (None, AT + WAITS[0])
        assert "451" in busy.error
        send_notices(AT + WAITS[0] / 2, DAY)
        assert office.got == []
        send_notices(AT + WAITS[0], DAY)
        assert len(office.got) == 1
        refused = notice(world, "mail")
        send_notices(AT, DAY)
        refused.refresh_from_db()
    assert (refused.sent_at, refused.next_try_at, refused.tries) == (None, None, 1)


@pytest.mark.parametrize(("kind", "ok"), [("dingtalk", {"errcode": 0}), ("wecom", {"errcode": 0}), ("feishu", {"code": 0})])
def test_a_robot_gets_its_message_and_a_refusal_in_a_polite_answer_is_seen(world: World, settings: Any, kind: str, ok: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, kind, KEY, False, True)
    made = notice(world, kind)
    with robot_server((200, {"errcode": 310000, "code": 310000, "errmsg": "keywords not in content"}), (200, ok)) as office:
        settings.ROBOTS = {kind: f"http://127.0.0.1:{office.port}/robot?key="}
        send_notices(AT, DAY)
        made.refresh_from_db()
        assert made.sent_at is None
        assert "310000" in made.error
        send_notices(AT + WAITS[0], DAY)
    assert [path for path, _ in office.got] == [f"/robot?key={KEY}"] * 2
    made.refresh_from_db()
    assert made.sent_at is not None


def test_a_signed_robot_gets_time_and_signature_and_a_redirect_is_not_followed(world: World, settings: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "dingtalk", f"{KEY}.SEC{KEY}", False, True)
    made = notice(world, "dingtalk")
    with robot_server((302, {})) as office:
        settings.ROBOTS = {"dingtalk": f"http://127.0.0.1:{office.port}/robot/send?access_token="}
        send_notices(AT, DAY)
    assert f"access_token={KEY}&timestamp={int(AT.timestamp() * 1000)}&sign=" in office.got[0][0]
    made.refresh_from_db()
    assert made.error == "机器人答复302"


@pytest.mark.parametrize(("kind", "address"), [
    ("dingtalk", "https://evil.example.com/robot"), ("wecom", "a/../../b"), ("feishu", "x@127.0.0.1"), ("feishu", "短"), ("mail", "nobody"),
    ("mail", "a@b.com\nBcc: c@d.com"), ("json", KEY), ("inbox", KEY)])
def test_only_a_key_is_taken_never_an_address_of_somebodys_choice(world: World, kind: str, address: str) -> None:  # noqa: F811
    with pytest.raises(AddressRefused):
        set_channel(world.who("liaison"), AT, kind, address, False, True)
    assert not ChannelRecord.objects.exists()


def test_a_key_is_never_journalled(world: World) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "wecom", KEY, False, True)
    assert not any(KEY in str(entry.detail) for entry in JournalRecord.objects.all())


def test_a_key_of_another_server_is_given_up_with_what_to_do(world: World, settings: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "wecom", KEY, False, True)
    made = notice(world, "wecom")
    settings.SECRET_KEY = "another server"
    send_notices(AT + timedelta(1), DAY)
    made.refresh_from_db()
    assert (made.sent_at, made.next_try_at) == (None, None)
    assert "请本人重新填" in made.error


def test_what_was_cut_off_in_the_middle_is_not_sent_again_by_itself(world: World, settings: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "wecom", KEY, False, True)
    made = notice(world, "wecom")
    NoticeRecord.objects.filter(pk=made.pk).update(tries=1)
    with robot_server((200, {"errcode": 0})) as office:
        settings.ROBOTS = {"wecom": f"http://127.0.0.1:{office.port}/?key="}
        send_notices(AT + timedelta(1), DAY)
        assert office.got == []
        with pytest.raises(NotAllowed):
            send_again(world.who("liaison"), AT, made.pk)
        send_again(world.who("administrator"), AT, made.pk)
        send_notices(AT + timedelta(1), DAY)
        assert len(office.got) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_senders_at_once_one_sends_each(transactional_db: None, world: World, settings: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "wecom", KEY, False, True)
    for n in range(8):
        notice(world, "wecom", f"示例{n}")
    with robot_server((200, {"errcode": 0})) as office:
        settings.ROBOTS = {"wecom": f"http://127.0.0.1:{office.port}/?key="}

        def send() -> None:
            send_notices(AT, DAY)
            connection.close()

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(body["text"]["content"].splitlines()[0] for _, body in office.got) == [f"示例{n}" for n in range(8)]
