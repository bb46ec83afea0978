"""总览：哪一项要我过问？ The board of a list on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.publish.board import make_board
from luoshi.store.clock import today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page


@page("see_lists")
def board(request: Any, list_id: int) -> HttpResponse:
    """?on=2019-08-31 shows another day."""
    record = the_list(request.who, list_id)
    as_of = day_asked(request)
    told = tell_list(record, as_of)
    if told is None:
        return redirect("imports", list_id=list_id)
    made = make_board(record.title, as_of, told.year, told.plan.tasks, told.items)
    return render(request, "board/board.html", {"list": record, "board": made, "items": told.items, "findings": told.findings})


def day_asked(request: Any) -> date:
    """The day in the address, else the day that pages open at; nonsense is the latter too."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


urlpatterns = [path("lists/<int:list_id>/", board, name="board")]
