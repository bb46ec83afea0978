"""开始评审：评谁、请谁评、几时评完？ The form of a new round: subjects one a line, judges with their units."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.open_round import RoundText, open_round
from luoshi.actions.step_refused import StepRefused
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.verdict import subject_fields
from luoshi.store.clock import now
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.rounds import JudgeAtHand, judges_at_hand, the_round
from luoshi.store.who import Who
from luoshi.web.guard import page


class RoundForm(forms.Form):
    """What is judged, and till when; the judges are boxes below it."""

    title = forms.CharField(label=_("名称"), required=False, max_length=100, help_text=_("例如“2019年科技金融企业评定”"))
    due_on = forms.DateField(label=_("评完日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    subjects = forms.CharField(label=_("评谁"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6, "lang": "zh-Hans"}))


@page("hold_round")
def new_round(request: Any, list_id: int, name: str) -> HttpResponse:
    """`again` in the address: a round whose subjects are judged once more."""
    record = the_list(request.who, list_id)
    spec = the_spec(record, name)
    if spec.rubric is None:
        raise Http404
    judges = judges_at_hand(record, spec.rubric)
    if request.method != "POST":
        return _show(request, record, spec, RoundForm(initial=_again(request.who, record, spec, request.GET.get("again", ""))), judges)
    form = RoundForm(request.POST)
    if form.is_valid():
        ticked = request.POST.getlist("judge")
        picked = {one.person.pk: request.POST.get(f"unit_{one.person.pk}", "") for one in judges if str(one.person.pk) in ticked}
        data = form.cleaned_data
        try:
            made = open_round(request.who, now(), record.pk, name, RoundText(data["title"], lines_of(data["subjects"]), picked, data["due_on"]))
        except StepRefused as refused:
            for field, words in refused.problems.items():
                form.add_error(field if field in form.fields else None, words)
            return _show(request, record, spec, form, judges, 422)
        messages.success(request, _now("评审开始了。评委登录后在“评分表”里看到自己的。"))
        return redirect("round", list_id=record.pk, round_id=made.pk)
    return _show(request, record, spec, form, judges, 422)


def lines_of(text: str) -> list[list[str]]:
    """One subject a line; columns as people type or paste them: 项目，单位，赛站."""
    return [[cell.strip() for cell in re.split(r"[，,\t]", line)] for line in text.splitlines() if line.strip()]    # 示例项目甲，示例公司甲


def _again(who: Who, record: Any, spec: RegisterSpec, again: str) -> dict[str, Any]:
    if not again.isdecimal() or len(again) > 8:
        return {}
    before = the_round(who, record, int(again)).record
    lines = ["，".join(one.cells.values()) for one in before.subjects.all()]
    return {"title": _now("%(title)s（再评）") % {"title": before.title}, "subjects": "\n".join(lines)}


def _show(request: Any, record: Any, spec: RegisterSpec, form: RoundForm, judges: tuple[JudgeAtHand, ...], status: int = 200) -> HttpResponse:
    assert spec.rubric is not None, "looked at before"
    titles = {field.name: field.title for field in spec.fields}
    form.fields["subjects"].help_text = _now("一行一个，可以从表里粘贴。每行依次写：%(columns)s") % {
        "columns": "，".join(titles[name] for name in subject_fields(spec.rubric))}
    picked = request.POST.getlist("judge")
    shown = [(one, request.POST.get(f"unit_{one.person.pk}", one.unit), str(one.person.pk) in picked) for one in judges]
    return render(request, "new_round/new_round.html", {
        "list": record, "spec": spec, "rubric": spec.rubric, "form": form, "judges": shown, "may_manage": request.who.may("manage_people"),
        "criteria": [(titles[one.field], one.points) for one in spec.rubric.criteria]}, status=status)


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/rounds/new/", new_round, name="new_round")]
