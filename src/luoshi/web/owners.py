"""责任人：哪些牵头单位没有人应声？ Leading units where nobody is in post, nobody ever signed in, or two windows passed in silence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.silent import SILENCE_WORDS, leads_of, owners_gone
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page


@page("supervise")
def owners(request: Any, list_id: int) -> HttpResponse:
    """By reason, the worst first; the rest are only counted."""
    record, day = the_list(request.who, list_id), today()
    told = tell_list(record, day)
    if told is None:
        return redirect("imports", list_id=list_id)
    found = owners_gone(record, told, day)
    return render(request, "owners/owners.html", {
        "list": record, "found": found, "groups": [(words, [unit for unit in found if unit.why == why]) for why, words in SILENCE_WORDS.items()],
        "rest": len(leads_of(record, told)) - len(found), "may_people": request.who.may("manage_people")})


urlpatterns = [path("lists/<int:list_id>/owners/", owners, name="owners")]
