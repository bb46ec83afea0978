"""督查规则：这份清单按什么周期、阶梯、时限督？ The office's choices for a list; each preset with its source and what is still to be checked."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.choose_office import OfficeChoice, choose_office
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.pack.supervision_spec import ACTS, SIGNALS
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import calendar_of_list, office_of, presets_of
from luoshi.supervision.numbering import SchemeRefused, number_of
from luoshi.web.beside import differing, typed_again
from luoshi.web.guard import page
from luoshi.web.report import NumberField


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                           error_messages={"invalid": _("时间写成 21:00 这样。"), "required": _("没有写时间。写成 21:00 这样。")})


class OfficeForm(forms.Form):
    """Presets by name."""

    organ = forms.CharField(label=_("发单机关"), max_length=30, required=False,
                            help_text=_("印在督办单最上面的红字，照全称写，如 某某市人民政府督查室。"))
    slip_scheme = forms.CharField(label=_("督办单编号"), max_length=60)
    cycle = forms.ChoiceField(label=_("报送周期"))
    grace = forms.IntegerField(label=_("宽限天数"), min_value=0, max_value=31, help_text=_("截止日以后几天之内还算按时。"))
    reminder = forms.ChoiceField(label=_("提醒"))
    ladder = forms.ChoiceField(label=_("升级阶梯"), help_text=_("系统照它提建议、拟草稿，不会自己发。各阶梯的台阶和出处列在下面。"))
    allowed_rung = forms.ChoiceField(label=_("系统最高可以拟到哪一步"), required=False, help_text=_("再往上只提示，由您自己拟。"))
    ceiling = NumberField(label=_("每个单位每月最多填几项"), required=False, max_digits=8, decimal_places=2, help_text=_("不设就空着。"),
                          error_messages={"invalid": _("这不是一个数。只写数字，例如 30。")})
    over_ceiling = forms.ChoiceField(label=_("新的要求超过上限时"), choices=[("confirm", _("写明超过，确认后仍可以发")), ("refuse", _("不许再加"))],
                                     required=False,
                                     help_text=_("督办单、配合请求、改报送周期，存以前都写明给那个单位每月加几个字段。"))
    quiet_from = _hour(_("免打扰从"))
    quiet_to = _hour(_("免打扰到"))
    change_until = forms.DateField(label=_("指标调整最晚哪天提出"), required=False, help_text=_("过了这天不再受理；不设就空着。"),
                                   widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                                   error_messages={"invalid": _("没有这一天。日期写成 2019-10-31 这样。")})
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, record: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slip_scheme"].help_text = _now(
            "%(year)s和%(serial)s两处必有，如 %(example)s；补零写%(padded)s。每年从1起，发出时编，不重不漏。") % {
            "year": "｛年｝", "serial": "｛号｝", "example": "督〔｛年｝〕｛号｝号", "padded": "｛号:3｝"}
        presets = presets_of(record)
        for name, known in (("cycle", presets.cycles), ("reminder", presets.reminders), ("ladder", presets.ladders)):
            self.fields[name].choices = [(key, _named(preset)) for key, preset in known.items()]  # type: ignore[attr-defined]
        rungs = {(rung.rung, f"{ladder.title.split('：')[0]}：{rung.title}") for ladder in presets.ladders.values() for rung in ladder.rungs}
        chosen = presets.ladders.get(str(self["ladder"].value()))
        own = [(rung.rung, rung.title) for rung in chosen.rungs] if chosen else []
        others = sorted(pair for pair in rungs if pair[0] not in dict(own))
        self.fields["allowed_rung"].choices = [("", _("每一步都可以拟")), *own, *((k, w) for k, w in dict(others).items())]  # type: ignore[attr-defined]

    def clean_over_ceiling(self) -> str:
        """Where nothing is chosen, it is asked about."""
        return self.cleaned_data["over_ceiling"] or "confirm"

    def choice(self) -> OfficeChoice:
        """As the action takes it."""
        return OfficeChoice(**{field.name: self.cleaned_data[field.name] for field in fields(OfficeChoice)})


def _named(preset: Any) -> str:
    return f"{preset.title}{'（待核对）' if getattr(preset, 'unconfirmed', None) else ''}"


@page("supervise")
def office(request: Any, list_id: int) -> HttpResponse:
    """GET shows what is chosen, POST chooses."""
    record = the_list(request.who, list_id)
    held = office_of(record)
    form = OfficeForm(record, request.POST or None, initial=_chosen(held))
    now_chosen: tuple[Any, ...] = ()
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            choose_office(request.who, now(), list_id, form.choice(), form.cleaned_data["revision"] or 0)
        except Stale as stale:
            held = office_of(record)
            now_chosen, status = differing(form, _chosen(held)), 409
            form = OfficeForm(record, typed_again(form, held.revision))
            form.add_error(None, str(stale))
        except StepRefused as refused:
            for name, words in refused.problems.items():
                form.add_error(name if name in form.fields else None, words)
        else:
            messages.success(request, _now("督查规则已存。以后的建议、提醒和编号照它来；已经发出的不变。"))
            return redirect("office", list_id=list_id)
    presets, calendar, day = presets_of(record), calendar_of_list(record), today()
    return render(request, "office/office.html", {
        "list": record, "form": form, "held": held, "is_new": held.pk is None, "presets": presets, "signals": SIGNALS, "acts": ACTS,
        "ladders": [(ladder, key == held.ladder, [(rung, SIGNALS[rung.when], [ACTS[act] for act in rung.acts]) for rung in ladder.rungs])
                    for key, ladder in presets.ladders.items()],
        "next_number": _sample(held.slip_scheme, record.year), "years": sorted(calendar.years),
        "unpublished": calendar.unpublished(day, date(day.year + 1, 12, 31)), "now_chosen": now_chosen}, status=status)


def _chosen(held: Any) -> dict[str, Any]:
    return {field.name: getattr(held, field.name) for field in fields(OfficeChoice)} | {"revision": held.revision}


def _sample(scheme: str, year: int) -> str:
    """What the first number looks like."""
    try:
        return number_of(scheme, year, 1)
    except SchemeRefused:
        return ""


urlpatterns = [path("lists/<int:list_id>/office/", office, name="office")]
