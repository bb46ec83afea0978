"""佐证：这份文件里是什么？ A file that proves something, for those who may see what it proves; always as a download, never by its path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import path

from luoshi.actions.evidence_kind import KINDS
from luoshi.store.clock import today
from luoshi.store.queries.evidence import the_evidence
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page


@page("see_lists")
def evidence(request: Any, list_id: int, evidence_id: int) -> Any:
    """Streamed. A browser keeps no copy, runs nothing of it and does not guess its type."""
    record = the_list(request.who, list_id)
    return stream_evidence(the_evidence(request.who, record, tell_list(record, today()), evidence_id))


def stream_evidence(found: Any) -> Any:
    """A kept file as a download; Http404 where it is gone."""
    kept = Path(settings.MEDIA_ROOT) / found.file
    if not kept.is_file():
        raise Http404
    response = FileResponse(kept.open("rb"), as_attachment=True, filename=found.name, content_type=KINDS.get(found.kind, "application/octet-stream"))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [path("lists/<int:list_id>/evidence/<int:evidence_id>/", evidence, name="evidence")]
