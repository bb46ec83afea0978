"""清单：有哪几份清单？ The lists that a person may see; one list leads straight to its board."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.store.queries.lists import lists_of
from luoshi.web.guard import page


@page()
def lists(request: Any) -> HttpResponse:
    """With one list there is nothing to choose. Judges from outside see no list: their score sheets are all they come for."""
    if request.who.may("score_sheet") and not request.who.may("see_lists"):
        return redirect("my_sheets")
    request.who.must("see_lists")
    found = lists_of(request.who)
    if len(found) == 1 and found[0].plan_id:
        return redirect("board", list_id=found[0].pk)
    return render(request, "lists/lists.html", {"lists": found, "may_make_list": request.who.may("make_list")})


urlpatterns = [path("", lists, name="lists")]
