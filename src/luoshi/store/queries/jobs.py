"""How the scheduled jobs stand: when each ran, what is late, what waits in the queue and in the outbox. In: who, the moment. Out: nouns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django_tasks_db.models import DBTaskResult

from luoshi.store.models import NoticeRecord, ScheduleRecord
from luoshi.store.who import Who

SHOWN = 50
PATIENCE = timedelta(minutes=10)
"""A worker looks every few seconds: what is later than this is not being looked for."""
UNDER_WAY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Lag:
    """「积压」 lateness: of the job that is most overdue, None where no worker has ever run here; queued, oldest: tasks that wait; failing: jobs
    whose last run failed."""

    lateness: timedelta | None
    queued: int
    oldest: datetime | None
    failing: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        """Whether anybody has to look."""
        return self.lateness is None or self.lateness > PATIENCE


@dataclass(frozen=True, slots=True)
class Outbox:
    """「发件箱」 waiting: to be sent; sent: in the last day; stuck: given up, or nobody knows whether it went out."""

    waiting: int
    sent: int
    stuck: tuple[NoticeRecord, ...]


def schedules_of(who: Who) -> tuple[ScheduleRecord, ...]:
    """One query."""
    return tuple(ScheduleRecord.objects.all()) if who.may("see_jobs") else ()


def lag_at(at: datetime) -> Lag:
    """For everybody, the watchdog too: no names. Two queries."""
    rows = tuple(ScheduleRecord.objects.filter(is_on=True).values_list("job", "due_at", "failures"))
    waiting = DBTaskResult.objects.ready().aggregate(many=Count("pk"), oldest=Min("enqueued_at"))
    lateness = max([timedelta(0), *(at - due for _, due, _ in rows)]) if rows else None
    if lateness is not None and waiting["oldest"]:
        lateness = max(lateness, at - waiting["oldest"])
    return Lag(lateness, waiting["many"], waiting["oldest"], tuple(job for job, _, failures in rows if failures))


def outbox_of(who: Who, at: datetime) -> Outbox:
    """Without the words of the messages: they are their readers'. Three queries."""
    if not who.may("see_jobs"):
        return Outbox(0, 0, ())
    open_ = NoticeRecord.objects.filter(sent_at=None)
    given_up = ~Q(error="") | Q(send_after__lt=at - UNDER_WAY)
    stuck = open_.filter(given_up, tries__gt=0, next_try_at=None).select_related("person").defer("text")[:SHOWN]
    failed = open_.filter(next_try_at__isnull=False).select_related("person").defer("text")[:SHOWN]
    sent = NoticeRecord.objects.filter(sent_at__gt=at - timedelta(1)).exclude(channel="inbox").count()
    return Outbox(open_.filter(Q(tries=0) | Q(next_try_at__isnull=False)).count(), sent, (*stuck, *failed))
