"""评分表：我和它有没有关系？给几分，凭什么？ One judge's sheet on one subject: relation first, then points, then the signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.fill_sheet import Barred, SheetText, declare_relation, fill_sheet, open_sheet
from luoshi.actions.note_refusal import note_refusal
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.register.verdict import NO_RELATION
from luoshi.store.clock import now
from luoshi.store.queries.rounds import RoundAtHand, the_sheet
from luoshi.web.guard import page
from luoshi.web.typed import typed_words

CONFLICT = "score_sheet.conflict"
"""What the journal says of a sheet that a tied judge tried to open."""


class RelationForm(forms.Form):
    """Asked before anything else."""

    def __init__(self, held: RoundAtHand, data: Any = None) -> None:
        super().__init__(data)
        choices = next(field.choices for field in held.spec.fields if field.name == held.rubric.relation)
        self.fields["relation"] = forms.ChoiceField(
            label=_("和被评对象有没有利益关系"), choices=[(one, one) for one in choices], widget=forms.RadioSelect, required=False,
            help_text=_("同一单位、亲属、师生、合作、投资、顾问，过去三年内有过的也算。不是“无”的，由别人来评。"))


class ScoreForm(forms.Form):
    """One field for each criterion, with how many points it is worth."""

    def __init__(self, held: RoundAtHand, data: Any = None, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        titles, rubric = {field.name: field for field in held.spec.fields}, held.rubric
        for one in rubric.criteria:
            label = _now("%(title)s（满分%(points)d分）") % {"title": titles[one.field].title, "points": one.points}
            self.fields[one.field] = forms.CharField(label=label, required=False, max_length=12, help_text=titles[one.field].note or "",
                                                     widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        if rubric.opinion:
            asked = titles[rubric.opinion]
            self.fields["opinion"] = forms.ChoiceField(label=asked.title, required=False, choices=[("", "—"), *((c, c) for c in asked.choices)])
        self.fields["words"] = forms.CharField(label=_("评语"), required=False, max_length=2000, help_text=_("为什么这样评，凭什么材料"),
                                               widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}))

    def said(self, held: RoundAtHand) -> SheetText:
        """What was typed."""
        data = self.cleaned_data
        return SheetText({one.field: data.get(one.field, "") for one in held.rubric.criteria}, data.get("opinion", ""), data.get("words", ""))


@page("score_sheet")
def score_sheet(request: Any, sheet_id: int) -> HttpResponse:
    """Whoever is tied to the subject is refused by the server, whatever address they type; the journal notes it."""
    try:
        sheet, held = open_sheet(request.who, sheet_id)
        return _open(request, sheet, held)
    except Barred as barred:
        note_refusal(request.who, CONFLICT, request.path, now())
        sheet = the_sheet(request.who, sheet_id)
        return render(request, "score_sheet/barred.html", {"sheet": sheet, "round": sheet.subject.round, "reason": str(barred)}, status=403)


def _open(request: Any, sheet: Any, held: RoundAtHand) -> HttpResponse:
    relation, scores = RelationForm(held), ScoreForm(held, initial={**sheet.scores, "opinion": sheet.opinion, "words": sheet.words})
    if request.method != "POST":
        return _show(request, sheet, held, relation, scores)
    do, revision = request.POST.get("do"), _number(request.POST.get("revision"))
    form: forms.Form = RelationForm(held, request.POST) if do == "declare" else ScoreForm(held, request.POST)
    relation, scores = (form, scores) if isinstance(form, RelationForm) else (relation, form)  # type: ignore[assignment]
    if not form.is_valid():
        return _show(request, sheet, held, relation, scores, 422)
    try:
        if isinstance(form, RelationForm):
            made = declare_relation(request.who, now(), sheet.pk, form.cleaned_data["relation"], revision)
            messages.success(request, _now("已申报。") if made.relation == NO_RELATION else _now("已申报，这一份由别人来评。谢谢。"))
            return redirect("score_sheet", sheet_id=sheet.pk) if made.relation == NO_RELATION else redirect("my_sheets")
        assert isinstance(form, ScoreForm)
        fill_sheet(request.who, now(), sheet.pk, form.said(held), revision, do == "sign")
    except StepRefused as refused:
        for field, words in refused.problems.items():
            form.add_error(field if field in form.fields else None, words)
        return _show(request, sheet, held, relation, scores, 422)
    except Stale as stale:
        return _show(request, *open_sheet(request.who, sheet.pk), relation, scores, 409, str(stale))
    messages.success(request, _now("已签定。") if do == "sign" else _now("已存，还没有签定。"))
    return redirect("my_sheets") if do == "sign" else redirect("score_sheet", sheet_id=sheet.pk)


def _show(request: Any, sheet: Any, held: RoundAtHand, relation: forms.Form, scores: forms.Form, status: int = 200,
          stale: str = "") -> HttpResponse:
    closed = held.is_locked or sheet.signed_at is not None
    titles = {field.name: field.title for field in held.spec.fields}
    return render(request, "score_sheet/score_sheet.html", {
        "sheet": sheet, "round": held.record, "rubric": held.rubric, "relation": relation, "scores": scores, "closed": closed,
        "given": [(titles[one.field], one.points, sheet.scores.get(one.field, "—")) for one in held.rubric.criteria],
        "full": sum(one.points for one in held.rubric.criteria), "about": list(sheet.subject.cells.items()),
        "stale": stale, "typed": typed_words(request) if stale else (),
        "revision": request.POST.get("revision") or sheet.revision}, status=status)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


urlpatterns = [path("sheets/<int:sheet_id>/", score_sheet, name="score_sheet")]
