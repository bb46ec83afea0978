"""指标调整：谁要改什么，走到哪一步？ Requests to change a target, with what was asked first; a new one, or a recovery plan beside the plan line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.ask_change import ChangeText, ask_change
from luoshi.actions.evidence_kind import EXTENSIONS, MAX_BYTES, EvidenceRefused, refuse_size
from luoshi.actions.step_refused import StepRefused
from luoshi.plan.target import Target
from luoshi.status.stand import Item, unit_of
from luoshi.store.clock import now, today
from luoshi.store.queries.changes import changes_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import tell_list
from luoshi.supervision.course import TARGET_CHANGE
from luoshi.web.case_act import AT_ONCE, day_field
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload
from luoshi.web.report import FilesInput, NumberField


class ChangeForm(forms.Form):
    """What shall be different and why; fields of months to come for a recovery plan."""

    reason = forms.CharField(label=_("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=_("为什么原来的要求办不到，已经做了什么；另行发文的写文号。"),
                             error_messages={"required": _("没有写理由。督查室要据此审核，请写为什么原来的要求办不到。")})

    def __init__(self, item: Item, units: list[tuple[int, str]], month: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(units) > 1:
            self.fields["organ"] = forms.TypedChoiceField(label=_("申请单位"), coerce=int, choices=units)
        self.months = [m for m in range(month, 13)] if isinstance(item.promise, Target) else []
        if isinstance(item.promise, Target):
            unit = unit_of(item.promise)
            self.fields["value_to"] = _number(_now("改为（%(unit)s）") % {"unit": unit}, _("不改数值就空着。"))
        self.fields["due_to"] = day_field(_("期限改为"), _("不改期限就空着。"), required=False)
        if self.months:
            self.fields["recovery"] = forms.CharField(label=_("追赶办法"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                                                      help_text=_("亮红灯以后怎么追：做什么、谁来做。原来的计划线和灯不变，追赶计划另外评。"))
            for m in self.months:
                self.fields[f"m{m}"] = _number(_now("%(month)s月底追到") % {"month": m}, "")
        self.fields["papers"] = forms.Field(label=_("佐证文件"), required=False, widget=FilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
                                            help_text=_("照片、PDF、Word、Excel，单份10 MB以内，一次不超过25 MB。"))

    def text_of(self, promise_id: str, organ_id: int) -> ChangeText:
        """As the action takes it."""
        typed = self.cleaned_data
        curve: dict[int, Decimal] = {m: typed[f"m{m}"] for m in self.months if typed.get(f"m{m}") is not None}
        return ChangeText(promise_id, typed.get("organ") or organ_id, typed["reason"], typed.get("value_to"), typed.get("due_to"),
                          typed.get("recovery", ""), curve)


def _number(label: Any, hint: Any) -> forms.DecimalField:
    return NumberField(label=label, required=False, max_digits=24, decimal_places=6, help_text=hint,
                       widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                       error_messages={"invalid": _("这不是一个数。只写数字，例如 41 或 1,234.5，不写单位。")})


@page("see_cases")
def changes(request: Any, list_id: int) -> HttpResponse:
    """The newest first."""
    record = the_list(request.who, list_id)
    cases = changes_of(request.who, record)
    waiting = sum(case.state in ("asked", "reviewed") for case in cases)
    return render(request, "changes/changes.html", {
        "list": record, "cases": [(case, TARGET_CHANGE.states[case.state]) for case in cases], "waiting": waiting,
        "until": office_of(record).change_until, "today": today(), "may_raise": request.who.may("raise_case")})


@page("raise_case")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def new_change(request: Any, list_id: int, promise_id: str) -> HttpResponse:
    """For the unit that leads; the office may ask for it in its name."""
    record, day = the_list(request.who, list_id), today()
    told = tell_list(record, day)
    item = next((item for item in told.items if item.promise.id == promise_id), None) if told else None
    leads = units_of_items(record, (item,))[promise_id].leads if item else {}
    units = [(pk, name) for pk, name in leads.items() if request.who.may("raise_case", pk)]
    if item is None or not units:
        raise Http404
    form, status = ChangeForm(item, units, day.month, request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 422
        made = _asked(request, record, form, promise_id, units[0][0]) if form.is_valid() else None
        if made is not None:
            messages.success(request, _now("已提出，督查室审核以后报市领导决定；决定以前按原来的要求评。"))
            return redirect("change", list_id=list_id, change_id=made.pk)
    return render(request, "changes/new.html", {"list": record, "item": item, "form": form, "until": office_of(record).change_until, "today": day,
                                                "again": bool(request.FILES)}, status=status)


def _asked(request: Any, record: Any, form: ChangeForm, promise_id: str, organ_id: int) -> Any:
    files = form.cleaned_data.get("papers") or ()
    try:
        if getattr(request, "too_large", ""):
            raise EvidenceRefused(_now("“%(name)s”超过10 MB，没有收。请压缩或分开上传。") % {"name": request.too_large})
        for file in files:
            refuse_size(file.name, file.size)
        return ask_change(request.who, now(), today(), record.pk, form.text_of(promise_id, organ_id), tuple((f.name, f.read()) for f in files))
    except EvidenceRefused as refused:
        form.add_error("papers", str(refused))
    except StepRefused as refused:
        for name, words in refused.problems.items():
            form.add_error(name if name in form.fields else None, words)
    return None


_AT = "lists/<int:list_id>/changes/"
urlpatterns = [path(_AT, changes, name="changes"), path(f"{_AT}new/<str:promise_id>/", new_change, name="new_change")]
