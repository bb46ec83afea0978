"""Run a scheduled job now「立即运行」; put it off and on. In: who, the job's name. Out: a task in the queue, an entry in the journal."""

from __future__ import annotations

from datetime import datetime

from luoshi.actions.run_job import run_job
from luoshi.actions.writing import writing
from luoshi.store.models import ScheduleRecord
from luoshi.store.who import Who


def ask_job(who: Who, at: datetime, name: str) -> None:
    """Beside its own times, which stay."""
    with writing(who, "job.ask", at, right="run_jobs") as entry:
        run_job.enqueue(name)
        entry.about, entry.detail = "job", {"job": name}


def switch_job(who: Who, at: datetime, name: str, is_on: bool) -> None:
    """Off: it no longer runs at its times; what waits in the queue still does."""
    with writing(who, "job.switch", at, right="run_jobs") as entry:
        ScheduleRecord.objects.filter(job=name).update(is_on=is_on)
        entry.about, entry.detail = "job", {"job": name, "on": [not is_on, is_on]}
