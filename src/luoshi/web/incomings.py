"""来件：外面来的咨询、投诉、申请，谁在办、哪天到期？ What came in from outside; a new one gets its number, its owner and its day at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.incomings import incomings_of, kinds_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reports import units_filing
from luoshi.store.queries.slips import organ_choices
from luoshi.web.guard import page

CHANNELS = (("window", _("窗口")), ("web", _("网上")), ("mail", _("来信、邮件")), ("phone", _("电话")))


class IncomingForm(forms.Form):
    """What came, from whom, and who deals with it."""

    incoming = forms.ChoiceField(label=_("来件类别"), help_text=_("类别定时限。"), error_messages={"required": _("没有选来件类别。")})
    title = forms.CharField(label=_("事由"), max_length=200, help_text=_("照来件的语言写，外文来件可以写外文。"),
                            error_messages={"required": _("没有写事由。用一句话写清是什么事。")})
    text = forms.CharField(label=_("内容"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    applicant = forms.CharField(label=_("来件人"), max_length=100, error_messages={"required": _("没有写来件人。")})
    country = forms.CharField(label=_("国别、地区"), required=False, max_length=60)
    channel = forms.ChoiceField(label=_("怎么来的"), choices=CHANNELS)
    organ = forms.TypedChoiceField(label=_("由谁办"), coerce=int, empty_value=None, error_messages={"required": _("没有选由谁办。")})

    def __init__(self, record: Any, raised_by: tuple[tuple[int, str], ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incoming"].choices = [("", _now("请选")), *((kind.incoming, words_of(kind)) for kind in kinds_of(record))]  # type: ignore[attr-defined]
        self.fields["organ"].choices = [("", _now("请选单位")), *organ_choices()]  # type: ignore[attr-defined]
        if raised_by:
            one = len(raised_by) == 1
            self.fields["raised_by"] = forms.TypedChoiceField(label=_("哪个单位收的件"), coerce=int, choices=raised_by, initial=raised_by[0][0],
                                                              widget=forms.HiddenInput if one else forms.Select)


def words_of(kind: Any) -> str:
    """In the language of the page: whoever serves people from abroad reads it to them."""
    return str(kind.english if get_language() == "en" else kind.title)


@page("see_cases")
def incomings(request: Any, list_id: int) -> HttpResponse:
    """A unit's people see what they deal with or took in; the office all. ?state=all also what is answered."""
    record, day = the_list(request.who, list_id), today()
    found, everything = incomings_of(request.who, record, day), request.GET.get("state") == "all"
    shown = [(one, words_of(one.kind) if one.kind else "") for one in found if everything or not one.is_closed]
    return render(request, "incomings/incomings.html", {
        "list": record, "shown": shown, "everything": everything, "closed": sum(one.is_closed for one in found), "today": day,
        "late": sum(one.is_late for one in found), "may_open": request.who.may("raise_case")})


@page("raise_case")
def new_incoming(request: Any, list_id: int) -> HttpResponse:
    """The office takes it in for nobody in particular, a unit for itself."""
    record, day = the_list(request.who, list_id), today()
    mine = units_filing(request.who)
    units = () if request.who.may("supervise") else tuple((pk, name) for pk, name in organ_choices() if pk in mine)
    form = IncomingForm(record, units, request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        data = {name: typed[name] for name in ("incoming", "applicant", "country", "channel")} | {"language": get_language() or ""}
        try:
            made = open_case(request.who, now(), day, list_id, CaseText(
                "incoming", typed["title"], typed["text"], organ_id=typed["organ"], raised_by_id=typed.get("raised_by"), data=data))
        except StepRefused as refused:
            for name, words in refused.problems.items():
                form.add_error(name if name in form.fields else None, words)
        else:
            messages.success(request, _now("已收件，编号%(number)s。") % {"number": made.number})
            return redirect("incoming", list_id=list_id, incoming_id=made.pk)
    return render(request, "incomings/new.html", {"list": record, "form": form}, status=422 if request.method == "POST" else 200)


urlpatterns = [path("lists/<int:list_id>/incomings/", incomings, name="incomings"),
               path("lists/<int:list_id>/incomings/new/", new_incoming, name="new_incoming")]
