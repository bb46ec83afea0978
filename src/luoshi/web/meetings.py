"""会议：开过哪几次，下一次议什么？ Meetings planned and held; a new one, its agenda made from the last decisions and from how things stand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.plan_meeting import MeetingText, plan_meeting
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.meetings import meetings_of
from luoshi.web.case_act import day_field
from luoshi.web.guard import page


class PlanForm(forms.Form):
    """What is it, when and where."""

    title = forms.CharField(label=_("会议名称"), max_length=90, error_messages={"required": _("没有写会议名称。例如：十大任务推进会。")})
    on = day_field(_("哪天开"))
    place = forms.CharField(label=_("地点"), max_length=100, required=False)


@page("see_cases")
def meetings(request: Any, list_id: int) -> HttpResponse:
    """Those who see all matters see meetings; units get what was decided for them as slips."""
    record = the_list(request.who, list_id)
    form, status = PlanForm(request.POST or None, initial={"on": today()}), 200
    if request.method == "POST":
        request.who.must("supervise")
        status = 422
        if form.is_valid():
            try:
                made = plan_meeting(request.who, now(), today(), list_id, MeetingText(**form.cleaned_data))
            except StepRefused as refused:
                for name, words in refused.problems.items():
                    form.add_error(name if name in form.fields else None, words)
            else:
                messages.success(request, _now("议题已按今天的情况拟好：%(count)s项。请看过、排好，再开会。") % {"count": len(made.agenda)})
                return redirect("meeting", list_id=list_id, meeting_id=made.pk)
    return render(request, "meetings/meetings.html", {
        "list": record, "meetings": meetings_of(request.who, record), "form": form if request.who.may("supervise") else None,
        "sees": request.who.sees_all("see_cases")}, status=status)


urlpatterns = [path("lists/<int:list_id>/meetings/", meetings, name="meetings")]
