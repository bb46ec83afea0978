"""我的事：我欠什么、几时要？ What a unit's liaison or head owes: reports, what was returned, slips and requests that wait, registers to supply."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.burden import own_burden
from luoshi.store.queries.duties import todos_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reports import filing_of, owed_by
from luoshi.store.queries.reviews import waiting_to_sign
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.supplies import supplies_of
from luoshi.store.reporting import asked_of
from luoshi.store.who import Who
from luoshi.web.guard import page
from luoshi.web.kept import kept_page


@page("file_report")
def my_duties(request: Any, list_id: int) -> HttpResponse:
    """What is owed today; ?period=2019-08 shows another period."""
    record, day, sent_key = the_list(request.who, list_id), today(), request.session.pop("report_sent", "")
    asked = request.GET.get("period", "")
    if asked:
        return _of_period(request, record, day, asked)
    return kept_page(request, "my_duties/my_duties.html", gather_duties, record, request.who, day, sent_key, until_act=True)


def _of_period(request: Any, record: Any, day: date, asked: str) -> HttpResponse:
    told = tell_list(record, day)
    filing = filing_of(request.who, record, told) if told else None
    periods = filing.periods(day) if filing else ()
    if filing is None or asked not in periods:
        return redirect("my_duties", list_id=record.pk)
    return render(request, "my_duties/period.html", {"list": record, "period": asked, "periods": periods, "today": day,
                                                     "owed": owed_by(filing, day, asked)})


def gather_duties(record: Any, who: Who, day: date, sent_key: str) -> dict[str, Any]:
    """What one person's units owe. sent_key: of the draft that was handed in just now, for the browser to forget."""
    told = tell_list(record, day)
    if told is None:
        return {"told": None}
    filing = filing_of(who, record, told)
    todos, sent = todos_of(who, filing, day)
    reports = [todo.report for todo in todos if todo.report]
    units = sorted({o.organ for o in (*reports, *sent)})
    return {
        "told": told, "today": day, "todos": todos, "reports": len(reports), "matters": len(todos) - len(reports), "sent": sent,
        "typed": sum(1 for o in reports if asked_of(o.item)), "units": units, "several": len(units) > 1,
        "to_sign": waiting_to_sign(who, record) if who.may("sign_report") else 0,
        "supplies": supplies_of(who, told.pack), "periods": filing.periods(day),
        "sent_key": sent_key, "fields": own_burden(filing), "next": min((o.due for o in reports), default=None)}


urlpatterns = [path("lists/<int:list_id>/my-duties/", my_duties, name="my_duties")]
