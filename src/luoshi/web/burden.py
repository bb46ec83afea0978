"""负担：各单位一个月要填多少，超没超？ Fields × times for every unit against the ceiling; the heaviest; before and after."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.burden import KIND_WORDS, added_by_matter, requests_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of
from luoshi.supervision.burden import burden_of
from luoshi.web.guard import page


@page("supervise")
def burden(request: Any, list_id: int) -> HttpResponse:
    """?unit= shows what one unit is asked, line by line."""
    record = the_list(request.who, list_id)
    asking, ceiling = requests_of(record, today()), office_of(record).ceiling
    lines = burden_of(asking.requests, float(ceiling) if ceiling is not None else None)
    unit = request.GET.get("unit", "")
    line = next((each for each in lines if each.unit == unit), None)
    if unit and line is None:
        raise Http404
    fields, spared = sum(each.fields for each in lines), sum(each.spared for each in lines)
    return render(request, "burden/burden.html", {
        "list": record, "asking": asking, "lines": lines, "ceiling": ceiling, "line": line, "requests": asking.of_unit(unit) if line else (),
        "most": max((each.fields for each in lines), default=0), "over": sum(each.is_over for each in lines), "fields": fields,
        "before": fields + spared, "less": round(100 * spared / (fields + spared)) if fields + spared else 0})


@page("raise_case")
def added(request: Any, list_id: int, kind: str) -> HttpResponse:
    """?organ=12: what one more slip or contribution adds to that unit's month, as a piece of the form that is being filled in."""
    record = the_list(request.who, list_id)
    organ = request.GET.get("organ", "")
    if kind not in KIND_WORDS or (kind == "slip" and not request.who.may("supervise")) or (organ and not organ.isdecimal()):
        raise Http404
    return render(request, "burden/added.html", {"added": added_by_matter(record, today(), kind, int(organ[:9])) if organ else None,
                                                 "office": office_of(record)})


urlpatterns = [path("lists/<int:list_id>/burden/", burden, name="burden"),
               path("lists/<int:list_id>/burden/added/<slug:kind>/", added, name="burden_added")]
