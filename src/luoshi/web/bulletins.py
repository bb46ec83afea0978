"""通报：发过哪几期，要不要拟一份新的？ Drafts and issued bulletins of a list; a new draft from the data of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.actions.draft_bulletin import draft_bulletin
from luoshi.publish.bulletin import MARK, Office
from luoshi.publish.official_words import full_width
from luoshi.store.clock import now, today
from luoshi.store.queries.bulletins import bulletins_of
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page


class DraftForm(forms.Form):
    """The day, and who speaks to whom."""

    as_of = forms.DateField(label=_("统计日"), help_text=_("通报里的数截至这一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    organ = forms.CharField(label=_("发文单位"), max_length=30, help_text=_("照落款写"))
    code = forms.RegexField(r"^[\u4e00-\u9fff]{1,8}$", label=_("发文字号的代字"), help_text=_("1到8个汉字，如 嘉督；印发时接年份和顺序号"),
                            error_messages={"invalid": _("代字只写汉字，1到8个，如 嘉督。年份和顺序号由系统接上。")})
    mark = forms.CharField(label=_("发文机关标志"), max_length=20, help_text=_("印在最上面的红字"))
    addressees = forms.CharField(label=_("主送"), max_length=200, help_text=_("不写末尾的冒号"))
    copies_to = forms.CharField(label=_("抄送"), max_length=200, required=False, help_text=_("没有就空着；不写末尾的句号"))

    def clean_as_of(self) -> date:
        """A day that has not come has no data."""
        day: date = self.cleaned_data["as_of"]
        if day > today():
            raise ValidationError(_("统计日还没有到，没有那一天的数。请选今天或以前的一天。"))
        return day

    def office(self) -> Office:
        """With full-width marks and without closing ones."""
        words = {name: full_width(self.cleaned_data[name]).rstrip("：。，、") for name in ("organ", "code", "addressees", "copies_to", "mark")}
        return Office(**words)


@page("see_lists")
def bulletins(request: Any, list_id: int) -> HttpResponse:
    """Everybody sees what was issued; those who make bulletins see drafts and the form."""
    record = the_list(request.who, list_id)
    makes = request.who.may("make_bulletin")
    form = DraftForm(request.POST or None, initial=_usual(record.example))
    if request.method == "POST":
        request.who.must("make_bulletin")
        if record.plan_id and form.is_valid():
            made = draft_bulletin(request.who, now(), list_id, form.cleaned_data["as_of"], form.office())
            return redirect("bulletin", list_id=list_id, bulletin_id=made.pk)
    found = bulletins_of(request.who, list_id)
    shown = {state: [b for b in found if b.state == state] for state in ("draft", "issued")}
    return render(request, "bulletins/bulletins.html", {
        "list": record, "form": form, "makes": makes, "drafts": shown["draft"], "issued": shown["issued"],
    }, status=422 if request.method == "POST" else 200)


def _usual(example: bool) -> dict[str, object]:
    """What the form opens with."""
    sample = {"organ": "示例市政府督查室", "code": "示例督"} if example else {}
    return {"as_of": today(), "mark": MARK, "addressees": "各牵头单位", **sample}


urlpatterns = [path("lists/<int:list_id>/bulletins/", bulletins, name="bulletins")]
