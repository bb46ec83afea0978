"""我的事：我欠什么、几时要？ What a unit's liaison or head owes: reports, what was returned, slips and requests that wait, registers to supply."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.burden import own_burden
from luoshi.store.queries.duties import todos_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reports import filing_of, owed_by
from luoshi.store.queries.reviews import queue_for
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.supplies import supplies_of
from luoshi.store.reporting import asked_of
from luoshi.web.guard import page


@page("file_report")
def my_duties(request: Any, list_id: int) -> HttpResponse:
    """What is owed today; ?period=2019-08 shows another period."""
    record, day, sent_key = the_list(request.who, list_id), today(), request.session.pop("report_sent", "")
    told = tell_list(record, day)
    if told is None:
        return render(request, "my_duties/my_duties.html", {"list": record})
    filing = filing_of(request.who, record, told)
    periods = filing.periods(day)
    asked = request.GET.get("period", "")
    if asked and asked not in periods:
        return redirect("my_duties", list_id=list_id)
    if asked:
        return render(request, "my_duties/period.html", {"list": record, "period": asked, "periods": periods, "today": day,
                                                         "owed": owed_by(filing, day, asked)})
    todos, sent = todos_of(request.who, filing, day)
    reports = [todo.report for todo in todos if todo.report]
    units = sorted({o.organ for o in (*reports, *sent)})
    return render(request, "my_duties/my_duties.html", {
        "list": record, "told": told, "today": day, "todos": todos, "reports": len(reports), "matters": len(todos) - len(reports), "sent": sent,
        "typed": sum(1 for o in reports if asked_of(o.item)), "units": units, "several": len(units) > 1,
        "to_sign": len(queue_for(request.who, record, told).to_sign) if request.who.may("sign_report") else 0,
        "supplies": supplies_of(request.who, told.pack), "periods": periods,
        "sent_key": sent_key, "fields": own_burden(filing), "next": min((o.due for o in reports), default=None)})


urlpatterns = [path("lists/<int:list_id>/my-duties/", my_duties, name="my_duties")]
