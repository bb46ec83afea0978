"""我的评分表：请我评哪些？哪些评完了？ A judge's own score sheets, of every list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.rounds import is_late, my_sheets
from luoshi.web.guard import page


@page("score_sheet")
def sheets(request: Any) -> HttpResponse:
    """By round; what is still to be signed first."""
    rounds: dict[int, tuple[Any, bool, list[Any]]] = {}
    for sheet in my_sheets(request.who):
        held = sheet.subject.round
        rounds.setdefault(held.pk, (held, is_late(held, today()), []))[2].append(sheet)
    return render(request, "my_sheets/my_sheets.html", {"rounds": list(rounds.values())})


urlpatterns = [path("sheets/", sheets, name="my_sheets")]
