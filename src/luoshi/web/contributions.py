"""配合：请谁配合什么、几时要，谁在等我答复？ Requests of leading units to supporting ones; a new one with its date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.contributions import MayAsk, contributions_of, may_ask
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of
from luoshi.store.queries.slips import organ_choices
from luoshi.store.queries.story import tell_list
from luoshi.web.case_act import burden_of_form, only_looks, over_field, say_refused
from luoshi.web.guard import page


class AskForm(forms.Form):
    """One matter, one unit, one day."""

    title = forms.CharField(label=_("请配合做什么"), max_length=200, help_text=_("一件事，写得能看出办没办好，例如“确认临港片区可开发面积”。"),
                            error_messages={"required": _("没有写请配合做什么。")})
    text = forms.CharField(label=_("具体要求"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label=_("几时要"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=_("写确切的一天。"),
                             error_messages={"invalid": _("没有这一天。日期写成 2019-09-30 这样。"), "required": _("没有写几时要。请写确切的一天。")})

    def __init__(self, asking: MayAsk, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = len(asking.leads) == 1
        self.fields["lead"] = forms.TypedChoiceField(label=_("哪个单位提出"), coerce=int, choices=asking.leads, initial=asking.leads[0][0],
                                                     widget=forms.HiddenInput if one else forms.Select)
        known = {pk for pk, _name in (*asking.supports, *asking.leads)}
        others = [(pk, name) for pk, name in organ_choices() if pk not in known]
        choices = [("", _now("请选单位")), (_now("清单里的配合单位"), asking.supports), (_now("其他单位"), others)]
        self.fields["organ"] = forms.TypedChoiceField(label=_("请哪个单位配合"), coerce=int, choices=choices,
                                                      error_messages={"required": _("没有选单位。")})
        if "over" in self.data:
            self.fields["over"] = over_field()
        self.order_fields(["lead", "organ"])


@page("see_cases")
def contributions(request: Any, list_id: int) -> HttpResponse:
    """Asked of me, asked by me; the office sees all. ?state=all also what is over."""
    record = the_list(request.who, list_id)
    told = tell_list(record, today())
    found = contributions_of(request.who, record, told)
    everything = request.GET.get("state") == "all"
    shown = [each for each in found if everything or not each.is_closed]
    return render(request, "contributions/contributions.html", {
        "list": record, "shown": shown, "closed": sum(each.is_closed for each in found), "everything": everything, "today": today(),
        "waiting": sum(each.waits_for_me for each in shown), "told": told,
        "may_ask": may_ask(request.who, record, told.items) if told and request.who.may("raise_case") else ()})


@page("raise_case")
def ask_contribution(request: Any, list_id: int, promise_id: str) -> HttpResponse:
    """For one line that the person's unit leads; another's is not there."""
    record, day = the_list(request.who, list_id), today()
    told = tell_list(record, day)
    asking = next(iter(may_ask(request.who, record, [i for i in told.items if i.promise.id == promise_id])), None) if told else None
    if asking is None:
        raise Http404
    form = AskForm(asking, request.POST or None)
    looks = only_looks(request, form)
    if not looks and request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = open_case(request.who, now(), day, list_id, CaseText(
                "contribution", typed["title"], typed["text"], organ_id=typed["organ"], raised_by_id=typed["lead"], promise_id=promise_id,
                task_no=asking.item.task.no or "", due_on=typed["due_on"], data={"what": typed["title"]},
                over=typed.get("over", False)))
        except StepRefused as refused:
            say_refused(form, refused)
        else:
            messages.success(request, _now("已请对方配合，对方会在“我的事”里看到。"))
            return redirect("contribution", list_id=list_id, contribution_id=made.pk)
    status = 422 if request.method == "POST" and not looks else 200
    return render(request, "contributions/ask.html", {"list": record, "form": form, "asking": asking, "office": office_of(record),
                                                      "added": burden_of_form(form, record, "contribution")}, status=status)


urlpatterns = [path("lists/<int:list_id>/contributions/", contributions, name="contributions"),
               path("lists/<int:list_id>/contributions/new/<str:promise_id>/", ask_contribution, name="ask_contribution")]
