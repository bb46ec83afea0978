"""难点堵点：卡在哪里，谁在解，几时再碰？ The ledger by state, level and category; a new one; a report's request that becomes one by a click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.case_data import BLOCKER_CATEGORIES, BLOCKER_LEVELS
from luoshi.actions.evidence_kind import MAX_BYTES, EvidenceRefused, refuse_size
from luoshi.actions.open_case import open_case
from luoshi.actions.raise_from_report import raise_from_report
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.blockers import BlockerLine, blockers_of, report_to_raise, sums_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.slips import organ_choices
from luoshi.store.queries.story import tell_list
from luoshi.supervision.course import BLOCKER
from luoshi.web.blocker_form import BlockerForm
from luoshi.web.case_act import AT_ONCE
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload


@page("see_cases")
def blockers(request: Any, list_id: int) -> HttpResponse:
    """Without a filter: those that are open, the longest waiting first."""
    record, day = the_list(request.who, list_id), today()
    every = blockers_of(request.who, record, day)
    asked = {name: request.GET.get(name, "") for name in ("state", "level", "category")}
    asked["state"] = asked["state"] if asked["state"] in {"all", "overdue", "next", *BLOCKER.states} else "open"
    lines = sorted((line for line in every if _fits(line, asked)), key=lambda line: (not line.is_open, -line.waited, line.case.pk))
    return render(request, "blockers/blockers.html", {
        "list": record, "lines": lines, "every": every, "sums": sums_of(every), "asked": asked, "today": day,
        "states": [(name, words, sum(line.case.state == name for line in every)) for name, words in BLOCKER.states.items()],
        "levels": BLOCKER_LEVELS.items(), "categories": BLOCKER_CATEGORIES.items(), "level_words": BLOCKER_LEVELS,
        "category_words": BLOCKER_CATEGORIES, "may_raise": request.who.may("raise_case")})


def _fits(line: BlockerLine, asked: dict[str, str]) -> bool:
    state, data = asked["state"], line.case.data
    fits = {"open": line.is_open, "all": True, "overdue": line.is_overdue, "next": line.needs_next}.get(state, line.case.state == state)
    return fits and asked["level"] in ("", data.get("level")) and asked["category"] in ("", data.get("category"))


@page("raise_case")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def new_blocker(request: Any, list_id: int) -> HttpResponse:
    """?promise=ID names the target."""
    record = the_list(request.who, list_id)
    form, status = _form(request, record), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _opened(request, record, form):
            messages.success(request, _("已提出，督查室会核实分派；解决以后由提出单位确认。"))
            return redirect("blockers", list_id=list_id)
    return render(request, "blockers/new.html", {"list": record, "form": form, "again": bool(request.FILES)}, status=status)


def _opened(request: Any, record: Any, form: BlockerForm) -> bool:
    files = form.cleaned_data.get("papers") or ()
    try:
        if getattr(request, "too_large", ""):
            raise EvidenceRefused(_("“%(name)s”超过10 MB，没有收。请压缩或分开上传。") % {"name": request.too_large})
        for file in files:
            refuse_size(file.name, file.size)
        open_case(request.who, now(), today(), record.pk, form.text_of(), tuple((file.name, file.read()) for file in files))
    except EvidenceRefused as refused:
        form.add_error("papers", str(refused))
        return False
    except StepRefused as refused:
        for name, words in refused.problems.items():
            form.add_error(name if name in form.fields else None, words)
        return False
    return True


def _form(request: Any, record: Any) -> BlockerForm:
    all_units = list(organ_choices())
    may_office = request.who.may("supervise")
    units = all_units if may_office else [(pk, name) for pk, name in all_units if request.who.may("raise_case", pk)]
    told = tell_list(record, today())
    promises = [(item.promise.id, f"{item.number} {item.title}") for item in told.items] if told else []
    first = {"promise_id": request.GET.get("promise", "")}
    return BlockerForm(units, may_office, promises, all_units, request.POST or None, request.FILES or None, initial=first)


@require_POST
@page("raise_case")
def raise_blocker(request: Any, list_id: int, report_id: int) -> HttpResponse:
    """From what a report asks of leaders. A second click leads to the one that is there."""
    record = the_list(request.who, list_id)
    report = report_to_raise(request.who, record, report_id)
    try:
        made = raise_from_report(request.who, now(), today(), report.pk)
    except StepRefused as refused:
        messages.warning(request, str(refused))
        return redirect("blockers", list_id=list_id)
    return redirect("blocker", list_id=list_id, blocker_id=made.pk)


_AT = "lists/<int:list_id>/blockers/"
urlpatterns = [path(_AT, blockers, name="blockers"), path(f"{_AT}new/", new_blocker, name="new_blocker"),
               path(f"{_AT}from-report/<int:report_id>/", raise_blocker, name="raise_blocker")]
