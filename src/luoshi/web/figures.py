"""测算：这些台账还能算出哪些数？ Every figure that the list's registers give, by register, with the targets it stands behind; none is typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from luoshi.publish.register_rows import cards_of, sources_of
from luoshi.store.queries.figures import FigureLine, figures_of, may_see_figure
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.kept import kept_page


@page("see_registers")
def figures(request: Any, list_id: int) -> HttpResponse:
    """A unit's people see those of the registers that they see."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    _, as_of = ask_day(request)
    return kept_page(request, "figures/figures.html", gather_figures, record, as_of, day_query(request, as_of), names_of(request.who))


def gather_figures(record: Any, as_of: date, on: str, names: frozenset[str] | None) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names."""
    told = tell_list(record, as_of)
    if told is None:
        return {"as_of": as_of, "on": on, "groups": [], "without": 0}
    cards = {card.name: card for card in cards_of(told.pack)}
    wanted = [name for name in told.pack.indicators if may_see_figure(names, told, name)]
    groups: dict[str, list[FigureLine]] = {}
    for line in figures_of(record, told, wanted):
        groups.setdefault(sources_of(line.spec)[0], []).append(line)
    shown = [(cards[name], [line for line in lines if _has_facts(line)]) for name, lines in groups.items() if name in cards]
    empty = sorted(cards[name].title for name, lines in groups.items() if name in cards and not any(_has_facts(line) for line in lines))
    return {"as_of": as_of, "on": on, "groups": [(card, lines) for card, lines in shown if lines], "empty": empty}


def _has_facts(line: FigureLine) -> bool:
    return line.figure is None or line.figure.state != "no_facts" or bool(line.items)


urlpatterns = [path("lists/<int:list_id>/figures/", figures, name="figures")]
