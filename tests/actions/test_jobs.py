"""Scheduled jobs: each due one is taken once, by whichever worker; a failure is kept and seen; what was missed is made up for once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from luoshi.actions.back_up_nightly import too_old
from luoshi.actions.schedules import SCHEDULES, STUCK, next_time, queue_due, requeue_stuck, settle_schedules
from luoshi.actions.work_once import work_once
from luoshi.store.clock import now
from luoshi.store.models import ScheduleRecord
from luoshi.store.queries.jobs import lag_at
from tests.web.world import AT


@pytest.fixture
def settled(transactional_db: None) -> None:
    settle_schedules(AT)


def due(job: str, at: datetime) -> None:
    ScheduleRecord.objects.exclude(job=job).update(is_on=False)
    ScheduleRecord.objects.filter(job=job).update(due_at=at)


def test_every_job_has_a_row_and_a_next_time_in_beijing(settled: None) -> None:
    assert set(ScheduleRecord.objects.values_list("job", flat=True)) == {job.name for job in SCHEDULES}
    assert next_time("30 7 * * *", AT).isoformat() == "2019-10-01T07:30:00+08:00"


def test_a_changed_time_counts_and_a_job_that_is_gone_goes(settled: None) -> None:
    ScheduleRecord.objects.create(job="old", cron="* * * * *", due_at=AT)
    ScheduleRecord.objects.filter(job="backup").update(cron="0 0 1 1 *")
    settle_schedules(AT)
    assert not ScheduleRecord.objects.filter(job="old").exists()
    assert ScheduleRecord.objects.get(job="backup").cron == "30 2 * * *"


def test_a_due_job_is_queued_once_and_what_was_missed_is_made_up_for_once(settled: None) -> None:
    due("tidy", AT - timedelta(3))
    assert queue_due(AT) == ("tidy",)
    assert queue_due(AT) == ()
    assert ScheduleRecord.objects.get(job="tidy").due_at == next_time("30 3 * * *", AT)


def test_of_many_workers_at_once_one_takes_a_due_job(settled: None) -> None:
    due("tidy", AT)
    taken: list[str] = []
    start = threading.Barrier(6)

    def one() -> None:
        start.wait()
        taken.extend(queue_due(AT))
        connection.close()

    workers = [threading.Thread(target=one) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert taken == ["tidy"]
    assert DBTaskResult.objects.count() == 1


def test_a_round_runs_what_is_due_and_keeps_what_it_said(settled: None) -> None:
    due("tidy", AT)
    work_once(now(), "test")
    row = ScheduleRecord.objects.get(job="tidy")
    assert row.succeeded_at is not None
    assert row.failures == 0
    assert row.said.startswith("清掉0个过期的登录")
    assert DBTaskResult.objects.successful().count() == 1


def test_a_job_that_fails_is_counted_says_why_and_runs_again(settled: None, settings: object, tmp_path: object) -> None:
    from luoshi.actions.anchor_journal import JournalBroken
    from luoshi.actions.journal import append_entry
    from luoshi.store.models import JournalRecord

    append_entry(None, "test.act", AT, None, "thing", {})
    JournalRecord.objects.update(about="changed")
    for _ in range(2):
        due("anchor", AT)
        work_once(now(), "test")
    row = ScheduleRecord.objects.get(job="anchor")
    assert (row.failures, row.succeeded_at) == (2, None)
    assert row.said.startswith(f"{JournalBroken.__name__}：日志不完整")
    assert lag_at(AT).failing == ("anchor",)


def test_a_task_whose_worker_died_goes_back_into_the_queue(settled: None) -> None:
    due("tidy", AT)
    queue_due(AT)
    DBTaskResult.objects.update(status="RUNNING", started_at=AT)
    assert requeue_stuck(AT + STUCK / 2) == 0
    assert requeue_stuck(AT + STUCK * 2) == 1
    work_once(now(), "test")
    assert ScheduleRecord.objects.get(job="tidy").succeeded_at is not None


def test_lag_is_the_most_overdue_job(settled: None) -> None:
    due("tidy", AT - timedelta(hours=1))
    lag = lag_at(AT)
    assert lag.lateness == timedelta(hours=1)
    assert lag.is_late
    ScheduleRecord.objects.all().delete()
    assert lag_at(AT).lateness is None


def test_backups_of_a_year_become_the_newest_nights_and_the_last_of_each_month() -> None:
    first = datetime(2018, 1, 1, 2, 30)     # noqa: DTZ001  names of files
    names = [f"nightly-{first + timedelta(n):%Y%m%d-%H%M%S}.tar.gz" for n in range(600)]
    kept = [name for name in names if name not in too_old(names)]
    assert kept[-14:] == names[-14:]
    assert len(kept) == 14 + 11
    assert "nightly-20190131-023000.tar.gz" in kept
    assert too_old(names[:10]) == ()
