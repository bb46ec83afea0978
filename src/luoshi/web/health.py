"""活着吗，能接活吗？ For a load balancer or a watchdog: no sign-in, no detail.

/healthz: the process answers. /readyz: database reachable, every migration applied, the journal's tail in order.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from luoshi.actions.journal import read_anchor
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


urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
