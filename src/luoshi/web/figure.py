"""一个测算：这个数是多少，凭什么，哪些行算进去了？ A figure with its reason, whether a target asks for it or not; its parts; as known on a day."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.indicator.breakdown import columns_of
from luoshi.pack.indicator_spec import CLASS_WORDS, Composite
from luoshi.publish.explain import figure_facts, figure_sheets, figure_words
from luoshi.publish.register_rows import cards_of, sources_of
from luoshi.store.queries.figures import figures_of, may_see_figure
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import is_closed_figure, names_of
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page
from luoshi.web.kept import kept_page
from luoshi.web.looking_glass import VIEWS, Looking, ask_looking, looked_at, shown_of
from luoshi.web.row_links import keys_of, links_behind
from luoshi.web.sheets import NUMBERS, WIDE, shown_sheets


@page("see_registers")
def figure(request: Any, list_id: int, name: str) -> HttpResponse:
    """By the name of its indicator. `see`: "" for the figure with its rows, else one of the views of 细看."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    looking, problems = ask_looking(request, first="")
    return kept_page(request, "figure/figure.html", gather_figure, record, name, looking, names_of(request.who), problems)


def gather_figure(record: Any, name: str, looking: Looking, names: frozenset[str] | None, problems: tuple[str, ...]) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names."""
    told = tell_list(record, looking.as_of, looking.known)
    if told is None or name not in told.pack.indicators or not may_see_figure(names, told, name):
        raise Http404
    line, closed = figures_of(record, told, (name,), looking.known)[0], is_closed_figure(names, told, name)
    link = partial(links_behind, names, told, name, f"?on={looking.as_of}", record.pk)
    found, sources = line.figure, sources_of(line.spec)
    shown = shown_of(looking, problems) | {
        "views": (("", _("算法和行")), *VIEWS.items()),
        "line": line, "figure": found, "closed": closed, "class_word": f"{line.spec.figure_class} {CLASS_WORDS[line.spec.figure_class]}",
        "columns": columns_of(told.pack, name),
        "cards": [card for card in cards_of(told.pack) if card.name in sources], "on": f"?on={looking.as_of}", "numbers": NUMBERS, "wide": WIDE,
        "has_weights": isinstance(line.spec, Composite), "headline": figure_words(found) if found else "—"}
    if found is None:
        return shown
    if looking.see:
        return shown | looked_at(record, told.pack, name, looking, None if closed else link)
    facts = [fact for fact in figure_facts(found) if fact[1]]
    return shown | {"facts": facts, "shadows": [(shadow.indicator, shadow.title, figure_words(shadow)) for shadow in found.shadows],
                    "questions": [finding.message for finding in found.because.questions],
                    "sheets": shown_sheets(found, tuple(figure_sheets(found)), (), link(keys_of(found)), closed)}


urlpatterns = [path("lists/<int:list_id>/figures/<str:name>/", figure, name="figure")]
