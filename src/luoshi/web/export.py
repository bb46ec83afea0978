"""导出：把现行方案拿走，给别人用。 The plan in force as docx, xlsx, JSON or StratML, with the shares that its targets are split into."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import path

from luoshi.plan.restore import plan_from_json
from luoshi.publish.export_plan import MEDIA_TYPES, SUFFIXES, export_plan
from luoshi.publish.plan_xlsx import TooLong
from luoshi.store.queries.breakdown import breakdowns_of
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page


@page("see_lists")
def export(request: Any, list_id: int, format: str) -> HttpResponse:
    """Every cell and element is text: what a plan says is never a formula."""
    record = the_list(request.who, list_id)
    if format not in SUFFIXES or record.plan is None:
        raise Http404
    try:
        data = export_plan(plan_from_json(record.plan.plan), format, breakdowns_of(record))
    except TooLong as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(data, content_type=MEDIA_TYPES[format])
    name = quote(f"{record.title}-第{record.plan.number}版.{SUFFIXES[format]}", safe="")
    answer["Content-Disposition"] = f"attachment; filename=\"plan.{SUFFIXES[format]}\"; filename*=UTF-8''{name}"
    return answer


urlpatterns = [path("lists/<int:list_id>/export/<str:format>/", export, name="export_plan")]
