"""一件配合：答应了没有、办好了没有、双方怎么评？ What was asked of a supporting unit, its way, the next step, both ratings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.evidence_kind import MAX_BYTES
from luoshi.store.clock import today
from luoshi.store.queries.contributions import the_contribution
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.story import tell_list
from luoshi.supervision.course import CONTRIBUTION, CourseStep
from luoshi.web.case_act import AT_ONCE, post_act, shown_acts
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload

RATED: dict[str, tuple[str, str, Any]] = {
    "confirm": ("rating_of_support", "note_of_support", _("给配合单位打分")), "finish": ("rating_of_lead", "note_of_lead", _("给牵头单位打分"))}
"""Where each side rates the other: the fields of the matter's data, and the question."""
STARS = (("", _("不评")), ("5", _("5分，很好")), ("4", _("4分")), ("3", _("3分")), ("2", _("2分")), ("1", _("1分，很差")))


def rating_fields(step: CourseStep, _case: Any) -> dict[str, forms.Field]:
    """A side rates when its own part is done."""
    if step.act not in RATED:
        return {}
    rating, note, words = RATED[step.act]
    return {rating: forms.ChoiceField(label=words, choices=STARS, required=False, help_text=_("对方和督查室看得到。")),
            note: forms.CharField(label=_("为什么这样评"), required=False, max_length=200)}


@page("see_cases")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def contribution(request: Any, list_id: int, contribution_id: int) -> HttpResponse:
    """Its two units and the office see it; POST takes a step (`do`)."""
    record = the_list(request.who, list_id)
    case, steps = the_contribution(request.who, record, contribution_id)
    form, status = None, 200
    if request.method == "POST":
        form, status = post_act(request, case, (), rating_fields)
        if status == 404:
            raise Http404
        if form is None:
            messages.success(request, _now("已办：%(act)s。") % {"act": _now(CONTRIBUTION.acts[request.POST["do"]])})
            return redirect("contribution", list_id=list_id, contribution_id=contribution_id)
        case, steps = the_contribution(request.who, record, contribution_id)
    acts = shown_acts(request.who, case, (), bound=form, more=rating_fields)
    told = tell_list(record, today())
    return render(request, "contribution/contribution.html", {
        "list": record, "case": case, "state": CONTRIBUTION.states[case.state], "acts": acts, "today": today(),
        "stray": form if form is not None and not any(each.form is form for each in acts) else None,
        "steps": [(step, CONTRIBUTION.acts.get(step.act, "提出")) for step in steps],
        "is_open": case.state not in CONTRIBUTION.closed,
        "item": next((i for i in told.items if i.promise.id == case.promise_id), None) if told else None,
        "again": bool(request.FILES) and status != 200}, status=status)


urlpatterns = [path("lists/<int:list_id>/contributions/<int:contribution_id>/", contribution, name="contribution")]
