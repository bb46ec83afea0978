"""一件指标调整：原来怎么定，要改成什么，为什么，谁定的？ What was asked first beside what is asked for, the decision, the recovery plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.evidence_kind import MAX_BYTES
from luoshi.store.clock import today
from luoshi.store.queries.changes import ChangePage, the_change
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.story import tell_list
from luoshi.supervision.course import TARGET_CHANGE
from luoshi.web.case_act import AT_ONCE, ActForm, post_act, shown_acts
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload


@page("see_cases")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def change(request: Any, list_id: int, change_id: int) -> HttpResponse:
    """GET shows it; POST takes a step (`do`). The leader's approval makes the next version of the plan."""
    record = the_list(request.who, list_id)
    shown = the_change(request.who, record, change_id)
    if request.method != "POST":
        return _page(request, record, shown)
    form, status = post_act(request, shown.case, ())
    if status == 404:
        raise Http404
    if form is None:
        messages.success(request, _("已办：%(act)s。") % {"act": _(TARGET_CHANGE.acts[request.POST["do"]])})
        return redirect("change", list_id=list_id, change_id=change_id)
    return _page(request, record, the_change(request.who, record, change_id), form, status)


def _page(request: Any, record: Any, shown: ChangePage, bound: ActForm | None = None, status: int = 200) -> HttpResponse:
    told = tell_list(record, today())
    item = next((item for item in told.items if item.promise.id == shown.case.promise_id), None) if told else None
    acts = shown_acts(request.who, shown.case, (), {}, bound, frozenset(), request.GET.get("act", ""))
    stray = bound if bound is not None and not any(each.form is bound for each in acts) else None
    return render(request, "change/change.html", {
        "list": record, "shown": shown, "case": shown.case, "item": item, "acts": acts, "stray": stray,
        "steps": [(step, TARGET_CHANGE.acts.get(step.act, "提出")) for step in shown.steps],
        "decision": next((step for step in reversed(shown.steps) if step.act in ("approve", "refuse")), None),
        "again": bool(request.FILES) and status != 200}, status=status)


urlpatterns = [path("lists/<int:list_id>/changes/<int:change_id>/", change, name="change")]
