"""并报：哪些项在几张清单里是同一件事，报一次就够？ Proposed by likeness; the office confirms; one report answers all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.join_promises import JoinRefused, join_promises, split_promise
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.same_matter import joined_of, likely_same, other_lists
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page


@page("supervise")
def same_matters(request: Any, list_id: int) -> HttpResponse:
    """?with= the other list; POST joins two (`here`, `there`) or takes one out (`split`)."""
    record, day = the_list(request.who, list_id), today()
    told = tell_list(record, day)
    if told is None:
        return redirect("imports", list_id=list_id)
    others = other_lists(request.who, record)
    asked = request.GET.get("with", "")
    other = next((each for each in others if str(each.pk) == asked), None) if asked else others[0] if others else None
    if asked and other is None:
        raise Http404
    other_told = tell_list(other, day) if other else None
    joined, items = joined_of(record), {item.promise.id: item for item in told.items}
    problem = ""
    if request.method == "POST":
        try:
            _do(request, record, told, other, other_told, joined)
            return redirect(request.get_full_path())
        except JoinRefused as refused:
            problem = str(refused)
    likely = likely_same(record, told, other, other_told) if other and other_told else ()
    taken = {place.promise_id for _matter, places in joined.values() for place in places if other and place.list_id == other.pk}
    return render(request, "same_matters/same_matters.html", {
        "list": record, "others": others, "other": other, "likely": likely, "problem": problem,
        "joined": [(items.get(promise_id), promise_id, places) for promise_id, (_matter, places) in joined.items()],
        "here": [item for item in told.items if item.promise.id not in joined],
        "there": [item for item in other_told.items if item.promise.id not in taken] if other_told else ()}, status=422 if problem else 200)


def _do(request: Any, record: Any, told: Any, other: Any, other_told: Any, joined: Any) -> None:
    split = request.POST.get("split", "")
    if split:
        if split not in joined:
            raise Http404
        split_promise(request.who, now(), record.pk, split)
        messages.success(request, _("已拆开，以后各报各的。已经报的不变。"))
        return
    if other is None or other_told is None:
        raise Http404
    join_promises(request.who, now(), (record, told, request.POST.get("here", "")), (other, other_told, request.POST.get("there", "")))
    messages.success(request, _("已并报：在一张清单里报了，另一张同时就有。"))


urlpatterns = [path("lists/<int:list_id>/same-matters/", same_matters, name="same_matters")]
