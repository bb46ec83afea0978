"""报送安排：哪一项几时报，要不要改？ The cycle of every promise, other due days with their reasons, from which day reports are asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.set_cycle import CycleRefused, drop_exception, except_period, set_cycle, set_start
from luoshi.actions.stale import Stale
from luoshi.store.clock import now, today
from luoshi.store.queries.cycles import CycleLine, added_by, cycle_lines, exceptions_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of, presets_of
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.windows import windows_of_list
from luoshi.web.case_act import day_field
from luoshi.web.guard import page


class ExceptionForm(forms.Form):
    """Another due day for one period."""

    period = forms.CharField(label=_("哪一期"), max_length=8, help_text=_("按月写成2019-10，按季2019-Q4，半年2019-H2，全年2019。"),
                             error_messages={"required": _("没有写哪一期。")})
    due_on = day_field(_("改到哪天截止"))
    reason = forms.CharField(label=_("为什么改"), max_length=200, help_text=_("填报的人会看到，例如“国庆假期顺延”。"), error_messages={
        "required": _("没有写为什么改。填报的人会看到，例如“国庆假期顺延”。")})

    def __init__(self, lines: tuple[CycleLine, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _now("整张清单")), *((line.item.promise.id, f"{line.item.number} {line.item.title}") for line in lines)]
        self.fields["promise"] = forms.ChoiceField(label=_("哪一项"), required=False, choices=choices)
        self.order_fields(["period", "promise"])


class StartForm(forms.Form):
    """From when on reports are asked for."""

    starts_on = day_field(_("从哪天起要报"), _("截止日早于这一天的各期不算欠报。空着就从建清单那天算。"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


@page("supervise")
def cycles(request: Any, list_id: int) -> HttpResponse:
    """GET the page; ?item=…&cycle=… shows what a change would add before it is made; POST (`do`) makes it."""
    record = the_list(request.who, list_id)
    told = tell_list(record, today())
    if told is None:
        return redirect("imports", list_id=list_id)
    windows = windows_of_list(record)
    lines = cycle_lines(record, told, windows)
    shown: dict[str, Any] = {"except": ExceptionForm(lines), "start": _start(record)}
    status = 200
    if request.method == "POST":
        try:
            answer = _posted(request, list_id, lines, shown)
        except Stale as stale:
            answer, status = None, 409
            _show_beside(request, record, shown, str(stale))
            windows = windows_of_list(record)
            lines = cycle_lines(record, told, windows)
        else:
            status = 422
        if answer is not None:
            return answer
    return render(request, "cycles/cycles.html", {
        "list": record, "lines": lines, "presets": presets_of(record).cycles, "list_cycle": windows.list_cycle, "starts_on": windows.starts_on,
        "exceptions": [(kept, _title(lines, kept.promise_id)) for kept in exceptions_of(record)],
        "except_form": shown["except"], "start_form": shown["start"], **_asked(request, record, told, lines)}, status=status)


def _start(record: Any) -> StartForm:
    office = office_of(record)
    return StartForm(initial={"starts_on": office.starts_on, "revision": office.revision})


def _show_beside(request: Any, record: Any, shown: dict[str, Any], words: str) -> None:
    """What was typed stays in its form, made from what is kept now; the page shows that."""
    messages.error(request, words)
    if request.POST.get("do") == "start":
        data = request.POST.copy()
        data["revision"] = office_of(record).revision
        shown["start"] = StartForm(data)


def _title(lines: tuple[CycleLine, ...], promise_id: str) -> str:
    return next((f"{line.item.number} {line.item.title}" for line in lines if line.item.promise.id == promise_id), "")


def _asked(request: Any, record: Any, told: Any, lines: tuple[CycleLine, ...]) -> dict[str, Any]:
    """The line that is about to change, with what the change adds."""
    asked = request.POST.get("item") or request.GET.get("item")
    line = next((each for each in lines if each.item.promise.id == asked), None)
    presets = presets_of(record).cycles
    chosen = presets.get(request.POST.get("cycle") or request.GET.get("cycle", ""))
    if line is None:
        return {}
    added = added_by(record, told, line, chosen) if chosen else ()
    return {"line": line, "chosen": chosen, "added": added, "over": any(each.is_over and each.after > each.before for each in added),
            "refuses": office_of(record).over_ceiling == "refuse"}


def _posted(request: Any, list_id: int, lines: tuple[CycleLine, ...], shown: dict[str, Any]) -> HttpResponse | None:
    """The answer where it was done; None where a form has problems."""
    do, who, at = request.POST.get("do", ""), request.who, now()
    try:
        if do == "cycle":
            promise_id = request.POST.get("item", "")
            if not _title(lines, promise_id):
                raise Http404
            set_cycle(who, at, list_id, promise_id, request.POST.get("cycle", ""), request.POST.get("seen"), request.POST.get("over") == "1")
        elif do == "drop":
            kept = request.POST.get("exception", "")
            if not any(str(each.pk) == kept for each in exceptions_of(the_list(who, list_id))):
                raise Http404
            drop_exception(who, at, list_id, int(kept))
        elif do == "start":
            start = shown["start"] = StartForm(request.POST)
            if not start.is_valid():
                return None
            set_start(who, at, list_id, start.cleaned_data["starts_on"], start.cleaned_data["revision"] or 0)
        else:
            form = shown["except"] = ExceptionForm(lines, request.POST)
            if not form.is_valid():
                return None
            except_period(who, at, list_id, form.cleaned_data["promise"], form.cleaned_data["period"].strip(), form.cleaned_data["due_on"],
                          form.cleaned_data["reason"])
    except CycleRefused as refused:
        if do == "cycle":     # the presets that the page offers: only a page that is out of date sends another
            messages.error(request, str(refused))
            return redirect("cycles", list_id=list_id)
        for name, words in refused.problems.items():
            shown["except"].add_error(name, words)
        return None
    messages.success(request, _now("报送安排已改。已经提交的填报，按时、逾期的标记不变。"))
    return redirect("cycles", list_id=list_id)


urlpatterns = [path("lists/<int:list_id>/cycles/", cycles, name="cycles")]
