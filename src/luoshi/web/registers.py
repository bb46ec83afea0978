"""台账：有哪些台账、谁供数、到哪天了？ Every register, series and set of deliverables of a list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of, registers_of
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.kept import kept_page

KINDS = ("台账", "序列", "成果清单")


@page("see_registers")
def registers(request: Any, list_id: int) -> HttpResponse:
    """A unit's people see what their unit supplies, and how much stands there beside it."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    _, as_of = ask_day(request)
    return kept_page(request, "registers/registers.html", gather_registers, record, as_of, day_query(request, as_of), names_of(request.who),
                     request.who.may("merge_rows"), request.who.may("make_register"), request.who.may("see_rounds"))


def gather_registers(record: Any, as_of: date, on: str, names: frozenset[str] | None, may_merge: bool = False,
                     may_make: bool = False, may_judge: bool = False) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names."""
    told = tell_list(record, as_of)
    seen = registers_of(told, names) if told else ()
    shown = [one for one in seen if one.lines or not one.hidden or one.supplies]
    return {
        "as_of": as_of, "on": on, "may_merge": may_merge, "may_make": may_make, "may_judge": may_judge,
        "limited": sorted(names) if names is not None else None,
        "groups": [(kind, [one for one in shown if one.card.kind == kind]) for kind in KINDS],
        "shown": shown, "hidden": len(seen) - len(shown), "hidden_rows": sum(one.hidden for one in seen)}


urlpatterns = [path("lists/<int:list_id>/registers/", registers, name="registers")]
