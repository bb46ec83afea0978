"""一件来件：编号多少、谁在办、哪天到期，钟在走还是停着？ One matter from outside: number, owner, day, its clocks, its way, the next step."""

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
from luoshi.store.queries.incomings import IncomingSeen, the_incoming
from luoshi.store.queries.lists import the_list
from luoshi.supervision.course import INCOMING, CourseStep
from luoshi.supervision.incoming import pauses_of
from luoshi.web.case_act import AT_ONCE, More, post_act, shown_acts
from luoshi.web.guard import page
from luoshi.web.incomings import CHANNELS, words_of
from luoshi.web.limited_upload import limited_upload


def part_field(seen: IncomingSeen) -> More:
    """Which part was finished: one of those that run."""
    running = [(part.preset.clock, part.preset.title) for part in seen.parts if part.is_running]

    def more(step: CourseStep, _case: Any) -> dict[str, forms.Field]:
        return {"clock": forms.ChoiceField(label=_("办完哪个环节"), choices=running)} if step.act == "finish_part" else {}

    return more


@page("see_cases")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def incoming(request: Any, list_id: int, incoming_id: int) -> HttpResponse:
    """Its owner, the unit that took it in and the office see it; POST takes a step (`do`)."""
    record, form, status = the_list(request.who, list_id), None, 200
    seen = the_incoming(request.who, record, incoming_id, today())
    if request.method == "POST":
        form, status = post_act(request, seen.case, pauses_of(seen.parts), part_field(seen))
        if status == 404:
            raise Http404
        if form is None:
            messages.success(request, _now("已办：%(act)s。") % {"act": _now(INCOMING.acts[request.POST["do"]])})
            return redirect("incoming", list_id=list_id, incoming_id=incoming_id)
        seen = the_incoming(request.who, record, incoming_id, today())
    hidden = frozenset() if any(part.is_running for part in seen.parts) else frozenset(("finish_part",))
    acts = shown_acts(request.who, seen.case, pauses_of(seen.parts), bound=form, hidden=hidden, more=part_field(seen))
    return render(request, "incoming/incoming.html", {
        "list": record, "seen": seen, "case": seen.case, "acts": acts, "today": today(),
        "kind": words_of(seen.kind) if seen.kind else "", "channel": dict(CHANNELS).get(seen.case.data.get("channel", ""), ""),
        "stray": form if form is not None and not any(each.form is form for each in acts) else None,
        "steps": [(step, INCOMING.acts.get(step.act, "收件")) for step in seen.steps], "again": bool(request.FILES) and status != 200}, status=status)


urlpatterns = [path("lists/<int:list_id>/incomings/<int:incoming_id>/", incoming, name="incoming")]
