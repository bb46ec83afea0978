"""Every scheduled job「定时任务」 as one literal table, and which of them are due. In: the moment. Out: tasks in the queue, each due job once.

Times are Beijing's. A machine that was off runs a missed job once, not once for each time that it missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cronsim import CronSim
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django_tasks_db.models import DBTaskResult

from luoshi.actions.anchor_journal import anchor_journal
from luoshi.actions.back_up_nightly import back_up_nightly
from luoshi.actions.digest_people import digest_people
from luoshi.actions.remind_people import remind_people
from luoshi.actions.run_job import run_job
from luoshi.actions.send_notices import send_notices
from luoshi.actions.tidy_up import tidy_up
from luoshi.store.models import ScheduleRecord

STUCK = timedelta(hours=2)
"""A task that runs for longer than this was killed with its worker: it goes back into the queue."""


@dataclass(frozen=True, slots=True)
class Job:
    """「任务定义」 act: from the moment and the day to what it did, in Chinese. cron: minute, hour, day, month, weekday."""

    name: str
    title: str
    cron: str
    act: Callable[[datetime, date], str]


SCHEDULES: tuple[Job, ...] = (
    Job("remind", _("每日提醒"), "30 7 * * *", remind_people),
    Job("digest", _("每日汇总"), "0 8 * * *", digest_people),
    Job("send", _("发送提醒"), "*/2 * * * *", send_notices),
    Job("anchor", _("日志锚"), "50 23 * * *", anchor_journal),
    Job("backup", _("每夜备份"), "30 2 * * *", back_up_nightly),
    Job("tidy", _("清理过期数据"), "30 3 * * *", tidy_up))


def the_job(name: str) -> Job | None:
    """By its name."""
    return next((job for job in SCHEDULES if job.name == name), None)


def next_time(cron: str, at: datetime) -> datetime:
    """The first moment after this one."""
    return next(CronSim(cron, timezone.localtime(at)))


def settle_schedules(at: datetime) -> None:
    """One row for each job of the table, none for others; a changed time counts from now on. Not journalled: nothing that anybody decided."""
    kept = {row.job: row for row in ScheduleRecord.objects.all()}
    for job in SCHEDULES:
        row = kept.get(job.name)
        if row is None:
            ScheduleRecord.objects.get_or_create(job=job.name, defaults={"cron": job.cron, "due_at": next_time(job.cron, at)})
        elif row.cron != job.cron:
            ScheduleRecord.objects.filter(pk=row.pk).update(cron=job.cron, due_at=next_time(job.cron, at))
    ScheduleRecord.objects.exclude(job__in=[job.name for job in SCHEDULES]).delete()


def queue_due(at: datetime) -> tuple[str, ...]:
    """Put what is due into the queue. Of many workers only the one whose update finds the old day moves it on, and so queues it."""
    queued = []
    for row in ScheduleRecord.objects.filter(is_on=True, due_at__lte=at, job__in=[job.name for job in SCHEDULES]):
        with transaction.atomic():
            if ScheduleRecord.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=next_time(row.cron, at)):
                run_job.enqueue(row.job)
                queued.append(row.job)
    return tuple(queued)


def requeue_stuck(at: datetime) -> int:
    """Tasks whose worker died; how many."""
    return DBTaskResult.objects.filter(status="RUNNING", started_at__lt=at - STUCK).update(status="READY", started_at=None)
