"""活着吗，能接活吗？ For a load balancer or a watchdog: no sign-in, no detail.

/healthz: the process answers. /readyz: database reachable, every migration applied, the journal's tail in order.
/jobsz: how late the scheduled jobs are.
"""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from luoshi.actions.journal import read_anchor
from luoshi.store.clock import now
from luoshi.store.queries.jobs import lag_at
from luoshi.store.queries.readiness import what_is_wrong


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """No query."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """503 names which of the three it is, nothing more. The anchor is read first: entries may be added meanwhile."""
    wrong = what_is_wrong(read_anchor())
    return HttpResponse(f"{wrong or 'ok'}\n", status=503 if wrong else 200, content_type="text/plain")


@never_cache
def jobsz(request: HttpRequest) -> HttpResponse:
    """Seconds of lag, tasks that wait, jobs whose last run failed: numbers only. 503 where no worker is at work, or a job fails."""
    try:
        lag = lag_at(now())
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    late = "never" if lag.lateness is None else int(lag.lateness.total_seconds())
    return HttpResponse(f"lag_seconds {late}\nqueued {lag.queued}\nfailing {len(lag.failing)}\n", content_type="text/plain",
                        status=503 if lag.is_late or lag.failing else 200)


urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz"), path("jobsz", jobsz, name="jobsz")]
