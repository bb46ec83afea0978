"""抽查：抽过哪几批，查得怎样，要不要再抽一批？ Batches with what was found; a new one, drawn by a seed from what is claimed as done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.draw_sample import MOST, SampleText, draw_sample
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.samples import samples_of
from luoshi.web.case_act import day_field
from luoshi.web.guard import page


class DrawForm(forms.Form):
    """How many, of which day, by which seed."""

    title = forms.CharField(label=_("名称"), max_length=100, error_messages={"required": _("没有写名称。例如：9月抽查。")})
    as_of = day_field(_("到哪一天"), _("抽这一天以前报为完成的。"))
    by_risk = forms.IntegerField(label=_("按风险抽几件"), min_value=0, max_value=MOST,
                                 help_text=_("集中补报、数字过整、突增、佐证重复或没有、曾经不实、从未抽查的，机会大些。"))
    random = forms.IntegerField(label=_("随机抽几件"), min_value=0, max_value=MOST, help_text=_("其余的机会均等。"))
    seed = forms.CharField(label=_("种子"), max_length=80, required=False,
                           help_text=_("可以写当众定的数，如摇号结果；空着，用此刻日志的哈希，谁也挑不了。种子公开，谁都能重抽核对。"))


@page("see_cases")
def samples(request: Any, list_id: int) -> HttpResponse:
    """Units see the batches in which something of theirs was drawn."""
    record = the_list(request.who, list_id)
    draws = request.who.may("supervise") and record.plan_id is not None
    first = {"title": _now("%(month)s月抽查") % {"month": today().month}, "as_of": today(), "by_risk": 4, "random": 4}
    form, status = DrawForm(request.POST or None, initial=first), 200
    if request.method == "POST":
        request.who.must("supervise")
        status = 422
        if form.is_valid():
            try:
                made = draw_sample(request.who, now(), today(), list_id, SampleText(**form.cleaned_data))
            except StepRefused as refused:
                for name, words in refused.problems.items():
                    form.add_error(name if name in form.fields else None, words)
            else:
                messages.success(request, _now("已抽出%(count)s件。种子和当时的完成事项都存着，谁都能重抽核对。") % {"count": made.items.count()})
                return redirect("sample", list_id=list_id, sample_id=made.pk)
    return render(request, "samples/samples.html", {"list": record, "samples": samples_of(request.who, record), "form": form if draws else None},
                  status=status)


urlpatterns = [path("lists/<int:list_id>/samples/", samples, name="samples")]
