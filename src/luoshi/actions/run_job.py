"""The one task of the queue: run a scheduled job and keep what became of it. In: its name. Out: what it did, in Chinese.

The queue is a way in, like the command line: the clock is read here, and everything below takes the moment and the day as arguments.
"""

from __future__ import annotations

from django.db.models import F
from django_tasks import task

from luoshi.store.clock import now, today
from luoshi.store.models import ScheduleRecord

SAID = 1000


@task()
def run_job(name: str) -> str:
    """A job that fails is kept as failed, here and in the queue; it runs again at its next time."""
    from luoshi.actions.schedules import the_job  # the table names every job, and this task runs what the table names

    job, row = the_job(name), ScheduleRecord.objects.filter(job=name)
    if job is None:
        return f"没有“{name}”这个任务"
    row.update(started_at=now())
    try:
        said = job.act(now(), today())
    except Exception as fault:
        row.update(ended_at=now(), failures=F("failures") + 1, said=f"{type(fault).__name__}：{fault}"[:SAID])
        raise
    row.update(ended_at=now(), succeeded_at=now(), failures=0, said=said[:SAID])
    return said
