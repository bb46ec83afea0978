"""我的事：我欠什么、几时要？ What a unit's liaison or head owes this month: reports, what was returned, registers to supply."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reports import Owed, owed_by
from luoshi.store.queries.reviews import queue_for
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.supplies import supplies_of
from luoshi.store.reporting import DUE_DAY, asked_of, due_on, is_month_of, month_at, months_of
from luoshi.web.guard import page

FIRST = ("returned", "none", "draft")
"""What must be done, in this order; then by due date."""


@page("file_report")
def my_duties(request: Any, list_id: int) -> HttpResponse:
    """?month=2019-08 shows another month."""
    record, day = the_list(request.who, list_id), today()
    told = tell_list(record, day)
    if told is None:
        return render(request, "my_duties/my_duties.html", {"list": record})
    this = month_at(day, record.year)
    asked = request.GET.get("month", "")
    period = asked if is_month_of(asked, record.year) and this and asked <= this else this
    if period is None:
        return render(request, "my_duties/my_duties.html", {"list": record, "told": told})
    if asked and asked != period:
        return redirect("my_duties", list_id=list_id)
    owed = owed_by(request.who, record, told, period)
    open_ = sorted((o for o in owed if o.is_open), key=lambda o: (FIRST.index(o.state), o.due))
    return render(request, "my_duties/my_duties.html", {
        "list": record, "told": told, "period": period, "due": due_on(period), "due_day": DUE_DAY, "today": day,
        "open": [(o, *_when(o, day)) for o in open_], "sent": [o for o in owed if not o.is_open],
        "typed": sum(1 for o in open_ if asked_of(o.item)), "units": sorted({o.organ for o in owed}), "several": len({o.organ for o in owed}) > 1,
        "to_sign": len(queue_for(request.who, record, told).to_sign) if request.who.may("sign_report") else 0,
        "supplies": supplies_of(request.who, told.pack), "months": [m for m in months_of(record.year) if this and m <= this]})


def _when(owed: Owed, day: date) -> tuple[str, int]:
    """How near the day is: late, due or ahead, and by how many days."""
    days = (owed.due - day).days
    return ("late", -days) if days < 0 else ("due", 0) if days == 0 else ("ahead", days)


urlpatterns = [path("lists/<int:list_id>/my-duties/", my_duties, name="my_duties")]
