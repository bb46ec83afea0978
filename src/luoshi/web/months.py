"""月结：这个月的事了了没有，能不能结？ Who reported in time, what is still open and where it is done; settle the month, or open one again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.close_month import close_month, reopen_month
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.months import closings_of, hash_of_month, lines_for, month_sheet, next_month, the_closing
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.windows import windows_of_list
from luoshi.supervision.month import BLOCKS, OPEN_WORDS
from luoshi.web.guard import page

CARRIED_PAGES: dict[str, str] = {"slip": "slips", "blocker": "blockers", "change": "changes", "contribution": "contributions",
                                 "incoming": "incomings"}
SHOWN = 12
"""Open reports that are named one by one; the rest is counted."""


class CloseForm(forms.Form):
    """That what is open was seen; and what was seen."""

    sure = forms.BooleanField(label=_("上面没了的我看过，照样月结：没有报的记为未报"), required=False)
    month = forms.CharField(max_length=7, widget=forms.HiddenInput)
    seal = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    """Why a settled month is opened again."""

    reason = forms.CharField(label=_("重开的原因"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                             help_text=_("哪一份要补报或更正。原来月结的内容封存可看。"))


@page("see_reports")
def months(request: Any, list_id: int) -> HttpResponse:
    """Everybody who sees reports sees what was settled; the office the month at hand, POST settles it."""
    record, day = the_list(request.who, list_id), today()
    if request.method == "POST":
        request.who.must("supervise")
    form = CloseForm(request.POST) if request.method == "POST" else None
    status = 200
    if form is not None:
        answer, status = _closed(request, list_id, form)
        if answer is not None:
            return answer
        record = the_list(request.who, list_id)
    shown = _at_hand(record, day) if request.who.may("supervise") else {}
    if shown and form is None:
        form = CloseForm(initial={"month": shown["sheet"].month, "seal": shown["sheet"].seal})
    elif shown and form is not None:
        data = form.data.copy()  # type: ignore[attr-defined]
        data["month"], data["seal"] = shown["sheet"].month, shown["sheet"].seal
        form.data = data
    return render(request, "months/months.html", {"list": record, "today": day, "form": form, "closings": closings_of(request.who, record),
                                                  "has_plan": record.plan_id is not None, **shown}, status=status)


def _at_hand(record: Any, day: Any) -> dict[str, Any]:
    told = tell_list(record, day)
    month = next_month(record, told, windows_of_list(record)) if told else ""
    if told is None or not month:
        return {}
    sheet = month_sheet(record, told, month, day)
    opened = [(kind, OPEN_WORDS[kind], kind in BLOCKS, these[:SHOWN], len(these), len(these) - SHOWN) for kind, these in sheet.open]
    return {"sheet": sheet, "opened": opened, "carried": [(each, CARRIED_PAGES[each.kind]) for each in sheet.carried],
            "late": sum(line.late for line in sheet.lines), "missing": sum(len(these) for kind, these in sheet.open if kind in ("not_sent", "draft")),
            "accepted": sum(line.accepted for line in sheet.lines)}


def _closed(request: Any, list_id: int, form: CloseForm) -> tuple[HttpResponse | None, int]:
    if not form.is_valid():
        return None, 422
    typed = form.cleaned_data
    try:
        made = close_month(request.who, now(), today(), list_id, typed["month"], typed["seal"], typed["sure"])
    except Stale as stale:
        form.add_error(None, str(stale))
        return None, 409
    except StepRefused as refused:
        for name, words in refused.problems.items():
            form.add_error(name if name in form.fields else None, words)
        return None, 422
    messages.success(request, _now("已月结。这个月的填报和标记不再动；要补报或更正，先重开。"))
    return redirect("month", list_id=list_id, closing_id=made.pk), 302


@page("see_reports")
def month(request: Any, list_id: int, closing_id: int) -> HttpResponse:
    """What was frozen. POST opens the month again."""
    record = the_list(request.who, list_id)
    closing = the_closing(request.who, record, closing_id)
    form, status = ReopenForm(request.POST or None), 200
    if request.method == "POST":
        request.who.must("supervise")
        answer, status = _reopened(request, list_id, closing_id, form)
        if answer is not None:
            return answer
        record, closing = the_list(request.who, list_id), the_closing(request.who, record, closing_id)
    lines = lines_for(request.who, closing.content)
    return render(request, "months/month.html", {
        "list": record, "closing": closing, "lines": lines, "form": form, "status": status, "sees_all": request.who.sees_all("see_reports"),
        "is_whole": hash_of_month(closing.content) == closing.sha256,
        "may_reopen": request.who.may("supervise") and closing.opened_at is None and closing.month == record.settled_to,
        "late": sum(line.late for line in lines), "missing": sum(line.missing for line in lines), "owed": sum(line.owed for line in lines),
        "opened": [(OPEN_WORDS[kind], these) for kind, these in closing.content["open"]],
        "carried": [(each, CARRIED_PAGES[each["kind"]]) for each in closing.content["carried"]]}, status=status)


def _reopened(request: Any, list_id: int, closing_id: int, form: ReopenForm) -> tuple[HttpResponse | None, int]:
    if not form.is_valid():
        return None, 422
    try:
        reopen_month(request.who, now(), list_id, closing_id, form.cleaned_data.get("reason", ""))
    except Stale as stale:
        form.add_error(None, str(stale))
        return None, 409
    except StepRefused as refused:
        form.add_error("reason", str(refused))
        return None, 422
    messages.success(request, _now("已重开。补报、更正完了再月结一次；原来月结的内容还在。"))
    return redirect("months", list_id=list_id), 302


_AT = "lists/<int:list_id>/months/"
urlpatterns = [path(_AT, months, name="months"), path(f"{_AT}<int:closing_id>/", month, name="month")]
