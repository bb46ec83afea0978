"""Pages of the jobs, the inbox and a person's ways of being reached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from luoshi.actions.schedules import settle_schedules
from luoshi.store.clock import now
from luoshi.store.models import ChannelRecord, JournalRecord, NoticeRecord, ScheduleRecord
from luoshi.store.queries.notices import address_of
from tests.web.world import AT, World

KEY = "0123456789abcdef0123456789abcdef"


def notice(world: World, key: str, channel: str = "inbox", **more: Any) -> NoticeRecord:
    return NoticeRecord.objects.create(key=f"t:{NoticeRecord.objects.count()}", person=world.person(key), channel=channel,
                                       text="9月填报1项，明天截止", link=f"/lists/{world.list.pk}/my-duties/", made_at=AT, send_after=AT, **more)


def test_the_page_says_that_no_worker_is_there_and_no_backup(world: World, settings: Any, tmp_path: Any) -> None:
    settings.PLACE = replace(settings.PLACE, backups=tmp_path)
    page = world.client("administrator").get("/jobs/").content.decode()
    assert "还没有任务进程来过" in page
    assert "还没有备份" in page
    assert "立即运行" in page


def test_an_auditor_sees_the_jobs_and_runs_none(world: World) -> None:
    client = world.client("auditor")
    page = client.get("/jobs/").content.decode()
    assert "每夜备份" in page
    assert "立即运行" not in page
    assert client.post("/jobs/backup/run/").status_code == 403
    assert DBTaskResult.objects.count() == 0


def test_a_job_is_run_now_and_noted(world: World) -> None:
    settle_schedules(now())
    client = world.client("administrator")
    assert client.post("/jobs/tidy/run/").status_code == 302
    assert DBTaskResult.objects.get().args_kwargs["args"] == ["tidy"]
    assert client.post("/jobs/nothing/run/").status_code == 404
    assert client.post("/jobs/tidy/switch/", {"on": "0"}).status_code == 302
    assert not ScheduleRecord.objects.get(job="tidy").is_on
    assert set(JournalRecord.objects.values_list("action", flat=True)) >= {"job.ask", "job.switch"}


def test_a_failed_message_is_shown_without_its_words(world: World) -> None:
    stuck = notice(world, "liaison", "mail", tries=6, error="邮件服务器答复550：nobody")
    page = world.client("administrator").get("/jobs/").content.decode()
    assert "邮件服务器答复550" in page
    assert "明天截止" not in page
    assert world.client("administrator").post(f"/jobs/outbox/{stuck.pk}/again/").status_code == 302
    stuck.refresh_from_db()
    assert stuck.tries == 0


def test_the_watchdog_hears_of_lag(world: World) -> None:
    assert Client().get("/jobsz").status_code == 503
    settle_schedules(now())
    answer = Client().get("/jobsz")
    assert (answer.status_code, answer.content) == (200, b"lag_seconds 0\nqueued 0\nfailing 0\n")
    ScheduleRecord.objects.filter(job="send").update(due_at=AT)
    assert Client().get("/jobsz").status_code == 503


def test_the_frame_counts_what_is_unread_without_another_query(world: World, django_assert_num_queries: Any) -> None:
    client = world.client("liaison")
    client.get("/inbox/")
    with django_assert_num_queries(5):
        assert 'class="count"' not in client.get("/inbox/").content.decode()
    for _ in range(3):
        notice(world, "liaison")
    with django_assert_num_queries(5):
        assert '<span class="count">3</span>' in client.get("/inbox/").content.decode()


def test_opening_a_notice_marks_it_and_leads_on(world: World) -> None:
    made = notice(world, "liaison")
    client = world.client("liaison")
    assert client.post(f"/inbox/{made.pk}/open/")["Location"] == made.link
    made.refresh_from_db()
    assert made.read_at is not None
    notice(world, "liaison")
    client.post("/inbox/read/")
    assert not NoticeRecord.objects.filter(read_at=None).exists()


def test_anothers_notice_is_not_there(world: World) -> None:
    made = notice(world, "liaison")
    assert world.client("head").post(f"/inbox/{made.pk}/open/").status_code == 404
    assert "明天截止" not in world.client("head").get("/inbox/").content.decode()
    made.refresh_from_db()
    assert made.read_at is None


def test_a_channel_is_set_kept_secret_and_dropped(world: World) -> None:
    client = world.client("liaison")
    form = {"wecom-address": KEY, "wecom-digest": "0", "wecom-is_on": "on"}
    assert client.post("/channels/wecom/", form).status_code == 302
    page = client.get("/channels/").content.decode()
    assert KEY not in page
    assert "已填，不再显示" in page
    assert client.post("/channels/wecom/", {"wecom-address": "", "wecom-digest": "1"}).status_code == 302
    way = ChannelRecord.objects.get()
    assert (address_of(way), way.digest, way.is_on) == (KEY, True, False)
    assert KEY not in way.address
    way.address = "从别的服务器来的"
    way.save()
    assert "读不出来，请重新填" in client.get("/channels/").content.decode()
    assert client.post("/channels/wecom/drop/").status_code == 302
    assert not ChannelRecord.objects.exists()


@pytest.mark.parametrize(("kind", "address", "said"), [
    ("wecom", "https://evil.example.com/x", "不要填整个网址"), ("mail", "nobody", "邮箱写得不对"), ("feishu", "", "必填")])
def test_a_wrong_address_is_said_and_kept_in_the_form(world: World, kind: str, address: str, said: str) -> None:
    answer = world.client("liaison").post(f"/channels/{kind}/", {f"{kind}-address": address, f"{kind}-digest": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert address in answer.content.decode()
    assert world.client("liaison").post("/channels/json/").status_code == 404
