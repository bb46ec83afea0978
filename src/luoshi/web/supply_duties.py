"""台账报送：哪本台账该谁在哪天前报，报了没有？ Supply duties with their own lights, what is late first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.supplies import supplies_seen
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page


@page("see_registers")
def supply_duties(request: Any, list_id: int) -> HttpResponse:
    """A unit's people see their own; the others everything."""
    record = the_list(request.who, list_id)
    _form, as_of = ask_day(request)
    told = tell_list(record, as_of)
    if told is None:
        return redirect("imports", list_id=list_id)
    duties = supplies_seen(told, names_of(request.who))
    return render(request, "supply_duties/supply_duties.html", {
        "list": record, "as_of": as_of, "on": day_query(request, as_of), "duties": duties,
        "late": sum(one.standing.days_late > 0 for one in duties)})


urlpatterns = [path("lists/<int:list_id>/supplies/", supply_duties, name="supply_duties")]
