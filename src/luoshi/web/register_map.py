"""地图：这本台账的东西在哪里？ The rows of a register on a map, with the table beside it; without a script the table alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path

from luoshi.publish.register_map import geo_json, map_rows, place_field
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of, records_at_hand
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.register import the_register


@page("see_registers")
def register_map(request: Any, list_id: int, name: str) -> HttpResponse:
    """Only rows that the person sees. Nothing is asked of another server: tiles come from the data folder, or there are none."""
    record = the_list(request.who, list_id)
    _form, as_of = ask_day(request)
    told, spec = tell_list(record, as_of), the_spec(record, name)
    if told is None:
        raise Http404
    seen = the_register(told, names_of(request.who), name)
    if place_field(spec) is None:
        raise Http404
    rows = map_rows(spec, records_at_hand(told, seen))
    return render(request, "register_map/register_map.html", {
        "list": record, "spec": spec, "rows": rows, "places": geo_json(rows), "as_of": as_of, "on": day_query(request, as_of),
        "without": sum(not row.shape for row in rows), "tiles": settings.TILES.is_dir(), "has_script": settings.LEAFLET.is_dir()})


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/map/", register_map, name="register_map")]
