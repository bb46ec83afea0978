"""时限和阶梯：规则怎么写的，举个例子是哪一天、哪一步？ Presets with their sources and worked cases, run as the page is drawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from luoshi.publish.presets_text import answer_words, extension_words, limit_words, when_words
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of, preset_cases_of, presets_of
from luoshi.supervision.preset_cases import PresetCase
from luoshi.web.guard import page


@page("see_cases")
def presets(request: Any, list_id: int) -> HttpResponse:
    """For those who must keep them as well as for those who set them. The ladder of the list stands open."""
    record = the_list(request.who, list_id)
    held, cases = presets_of(record), preset_cases_of(record)
    by_preset: dict[str, list[PresetCase]] = {}
    for case in cases:
        by_preset.setdefault(case.preset, []).append(case)
    return render(request, "presets/presets.html", {
        "list": record, "chosen": office_of(record).ladder, "wrong": sum(not case.passed for case in cases), "count": len(cases),
        "clocks": [(clock, limit_words(clock), extension_words(clock), by_preset.get(name, ())) for name, clock in held.clocks.items()],
        "ladders": [(ladder, [(rung, when_words(rung), answer_words(rung)) for rung in ladder.rungs], by_preset.get(name, ()))
                    for name, ladder in held.ladders.items()]})


urlpatterns = [path("lists/<int:list_id>/presets/", presets, name="presets")]
