"""一件难点：卡了多久，走到哪一步，下一步谁办？ Steps as a line, what the ladders propose, likely same ones, and the next step of whose turn it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.evidence_kind import MAX_BYTES
from luoshi.store.clock import today
from luoshi.store.queries.blockers import BlockerPage, the_blocker
from luoshi.store.queries.lists import the_list
from luoshi.supervision.course import BLOCKER
from luoshi.web.blocker_form import fields_of_steps
from luoshi.web.case_act import AT_ONCE, ActForm, More, post_act, shown_acts
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload


@page("see_cases")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def blocker(request: Any, list_id: int, blocker_id: int) -> HttpResponse:
    """GET shows it, ?act=triage with that form open; POST takes a step (`do`)."""
    record = the_list(request.who, list_id)
    shown = the_blocker(request.who, record, blocker_id, today())
    if request.method != "POST":
        return _page(request, record, shown)
    form, status = post_act(request, shown.line.case, (), _more(shown))
    if status == 404:
        raise Http404
    if form is None:
        messages.success(request, _("已办：%(act)s。") % {"act": _(BLOCKER.acts[request.POST["do"]])})
        return redirect("blocker", list_id=list_id, blocker_id=blocker_id)
    return _page(request, record, the_blocker(request.who, record, blocker_id, today()), form, status)


def _more(shown: BlockerPage) -> More:
    """Likely same ones stand first among those into which it can be merged."""
    same = {case.pk for case in shown.same}
    return fields_of_steps([(case.pk, case.title) for case in (*shown.same, *(c for c in shown.others if c.pk not in same))])


def _page(request: Any, record: Any, shown: BlockerPage, bound: ActForm | None = None, status: int = 200) -> HttpResponse:
    case, first = shown.line.case, {}
    if request.GET.get("into", "").isdecimal():
        first = {"merge": {"merged_into": int(request.GET["into"][:9])}}
    acts = shown_acts(request.who, case, (), first, bound, frozenset(), request.GET.get("act", ""), _more(shown))
    stray = bound if bound is not None and not any(each.form is bound for each in acts) else None
    return render(request, "blocker/blocker.html", {
        "list": record, "shown": shown, "case": case, "line": shown.line, "acts": acts, "stray": stray, "today": today(),
        "steps": [(step, BLOCKER.acts.get(step.act, "提出")) for step in shown.steps],
        "asked": [each.act for each in acts],
        "again": bool(request.FILES) and status != 200}, status=status)


urlpatterns = [path("lists/<int:list_id>/blockers/<int:blocker_id>/", blocker, name="blocker")]
