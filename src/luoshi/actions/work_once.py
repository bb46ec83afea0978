"""One round of a worker: what is due goes into the queue, what is in the queue is run. In: the moment, the worker's name. Out: nothing.

Any number of workers may do this at once, in one process or many: each job that is due is taken by one of them.
"""

from __future__ import annotations

from datetime import datetime

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from luoshi.actions.schedules import queue_due, requeue_stuck


def work_once(at: datetime, worker: str) -> None:
    """Asks whether there is anything before it locks the queue: an idle worker keeps nobody waiting."""
    requeue_stuck(at)
    queue_due(at)
    if DBTaskResult.objects.ready().exists():
        Worker(queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None, worker_id=worker,
               excluded_queue_names=[]).run()
