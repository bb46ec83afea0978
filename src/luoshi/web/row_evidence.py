"""行的佐证：这份文件里是什么？ A file that proves a row of a register, for those who see the row; always as a download."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of
from luoshi.store.queries.rows import evidence_of_row
from luoshi.store.queries.story import tell_list
from luoshi.web.evidence import stream_evidence
from luoshi.web.guard import page
from luoshi.web.register import the_register


@page("see_registers")
def row_evidence(request: Any, list_id: int, name: str, key: str, evidence_id: int) -> Any:
    """A file of another row, or of a row that the person does not see, is not there."""
    record = the_list(request.who, list_id)
    told = tell_list(record, today())
    if told is None or key not in {line.key for line in the_register(told, names_of(request.who), name).lines}:
        raise Http404
    found = evidence_of_row(record, name, key, evidence_id)
    if found is None:
        raise Http404
    return stream_evidence(found)


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/<path:key>/files/<int:evidence_id>/", row_evidence, name="row_evidence")]
