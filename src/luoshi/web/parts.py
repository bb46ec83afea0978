"""细看：这个数是哪里、哪家、哪个月来的，最近什么变了，当时知道的是多少？ Parts with their rows, what moved, and the figure as known on a day."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import is_closed, names_of
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page
from luoshi.web.kept import kept_page
from luoshi.web.looking_glass import Looking, ask_looking, looked_at, shown_of
from luoshi.web.row_links import links_of


@page("see_lists")
def parts(request: Any, list_id: int, target_id: str) -> HttpResponse:
    """`see`: one of VIEWS. `part`: the one whose rows are opened."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    looking, problems = ask_looking(request)
    return kept_page(request, "parts/parts.html", gather_parts, record, target_id, looking, names_of(request.who), problems)


def gather_parts(record: Any, target_id: str, looking: Looking, names: frozenset[str] | None, problems: tuple[str, ...]) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names."""
    told = tell_list(record, looking.as_of, looking.known)
    item = next((item for item in told.items if item.promise.id == target_id), None) if told else None
    if told is None or item is None:
        raise Http404
    shown = shown_of(looking, problems) | {"item": item, "closed": is_closed(names, told, item)}
    if item.figure is None:
        return shown
    name = item.figure.indicator
    return shown | looked_at(record, told.pack, name, looking, None if shown["closed"] else partial(
        links_of, names, told, item, f"?on={looking.as_of}", record.pk))


urlpatterns = [path("lists/<int:list_id>/targets/<str:target_id>/parts/", parts, name="parts")]
