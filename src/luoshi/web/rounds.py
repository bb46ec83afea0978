"""评审：哪些要由评委评？评到哪一步了？ Rounds of judging of a list, and the registers that can be judged."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from luoshi.store.clock import today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.rounds import is_late, registers_to_judge, rounds_of
from luoshi.web.guard import page


@page("see_rounds")
def rounds(request: Any, list_id: int) -> HttpResponse:
    """Newest first. While a round is open only counts are shown: what one judge says must not reach another."""
    record = the_list(request.who, list_id)
    registers = registers_to_judge(record)
    titles = {spec.register_name: spec.title for spec in registers}
    found = [(one, titles.get(one.source, one.source), is_late(one, today())) for one in rounds_of(request.who, record)]
    return render(request, "rounds/rounds.html", {"list": record, "rounds": found, "registers": registers,
                                                  "may_hold": request.who.may("hold_round")})


urlpatterns = [path("lists/<int:list_id>/rounds/", rounds, name="rounds")]
