"""督办单：哪些还没有办结，要不要再发一份？ Slips by state and unit, what the ladder proposes, a new one from a light, a note, a meeting …"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.open_case import open_case
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.follow_ups import follow_up_for, follow_ups_of
from luoshi.store.queries.ladders import proposal_for, proposals_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of, presets_of
from luoshi.store.queries.slips import SlipLine, slips_of
from luoshi.store.queries.story import tell_list
from luoshi.supervision.course import SLIP
from luoshi.web.case_act import burden_of_form, only_looks
from luoshi.web.guard import page
from luoshi.web.slip_form import SlipForm, first_of, text_of, text_of_follow_up, text_of_proposal

GROUPS: dict[str, tuple[str, ...]] = {"open": ("draft", "issued", "received", "paused", "replied", "verified"), "late": (),
                                      "closed": ("closed", "withdrawn")}
"""How the list is filtered; late: past its last day, whatever its state."""


@page("see_cases")
def slips(request: Any, list_id: int) -> HttpResponse:
    """?state= one of GROUPS or a state; ?unit= a unit's id. Units see their own."""
    record, day = the_list(request.who, list_id), today()
    found = slips_of(request.who, record, day)
    state, unit = request.GET.get("state", "open"), request.GET.get("unit", "")
    supervises = request.who.may("supervise")
    proposals = proposals_of(record, day) if supervises else ()
    follow_ups = follow_ups_of(record, day) if supervises else ()
    return render(request, "slips/slips.html", {
        "list": record, "slips": [line for line in found if _is_shown(line, state, unit)], "all": found, "state": state, "unit": unit,
        "counts": _counts(found), "units": sorted({(line.case.organ.pk, line.case.organ.name) for line in found if line.case.organ}),
        "open_count": sum(line.case.state in GROUPS["open"] for line in found), "late_count": sum(_is_late(line) for line in found),
        "supervises": supervises, "proposals": proposals, "follow_ups": follow_ups,
        "ladder": presets_of(record).ladders.get(office_of(record).ladder) if supervises else None})


def _is_late(line: SlipLine) -> bool:
    return line.clock.stand is not None and line.clock.stand.state == "overdue"


def _is_shown(line: SlipLine, state: str, unit: str) -> bool:
    right_unit = not unit or str(line.case.organ_id) == unit
    return right_unit and (_is_late(line) if state == "late" else line.case.state in GROUPS.get(state, (state,)))


def _counts(found: tuple[SlipLine, ...]) -> list[tuple[str, str, int]]:
    """State, in words, how many; only those that there are."""
    counted = Counter(line.case.state for line in found)
    return [(state, words, counted[state]) for state, words in SLIP.states.items() if counted[state]]


@page("supervise")
def new(request: Any, list_id: int) -> HttpResponse:
    """?promise= fills in what the ladder proposes for a line of the board; ?source= where it comes from; ?case= the matter it follows."""
    record, day = the_list(request.who, list_id), today()
    form = SlipForm(record, request.POST or None, initial=first_of(request, record, day))
    looks = only_looks(request, form)
    if not looks and request.method == "POST" and form.is_valid():
        try:
            made = open_case(request.who, now(), day, list_id, text_of(form.cleaned_data))
        except StepRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("已存为草稿，还没有发出。请看一遍，再点“发出”。"))
            return redirect("slip", list_id=list_id, slip_id=made.pk)
    return render(request, "slips/new.html", {"list": record, "form": form, "office": office_of(record),
                                              "added": burden_of_form(form, record, "slip")},
                  status=422 if request.method == "POST" and not looks else 200)


@require_POST
@page("supervise")
def propose(request: Any, list_id: int, promise_id: str) -> HttpResponse:
    """One click: the ladder's proposal becomes a draft. Past what the office allowed, nothing is drafted."""
    record, day = the_list(request.who, list_id), today()
    proposed = proposal_for(record, day, promise_id) if tell_list(record, day) else None
    if proposed is None:
        raise Http404
    if proposed.proposal.beyond:
        messages.warning(request, _("这一步超过了督查规则里允许系统拟稿的台阶，只作提示。要发的话，请用“新拟一份”。"))
        return redirect("slips", list_id=list_id)
    made = open_case(request.who, now(), day, list_id, text_of_proposal(record, proposed, day))
    messages.success(request, _("已按系统建议拟好草稿，还没有发出。请看一遍，再点“发出”。"))
    return redirect("slip", list_id=list_id, slip_id=made.pk)


@require_POST
@page("supervise")
def follow_up(request: Any, list_id: int, slip_id: int) -> HttpResponse:
    """The same for a slip that hangs on no line of the board: the ladder's next step, as a draft that names the slip it follows."""
    record, day = the_list(request.who, list_id), today()
    found = follow_up_for(record, day, slip_id)
    if found.proposal.beyond:
        messages.warning(request, _("这一步超过了督查规则里允许系统拟稿的台阶，只作提示。要发的话，请用“新拟一份”。"))
        return redirect("slips", list_id=list_id)
    made = open_case(request.who, now(), day, list_id, text_of_follow_up(record, found, day))
    messages.success(request, _("已按系统建议拟好草稿，还没有发出。请看一遍，再点“发出”。"))
    return redirect("slip", list_id=list_id, slip_id=made.pk)


urlpatterns = [path("lists/<int:list_id>/slips/", slips, name="slips"), path("lists/<int:list_id>/slips/new/", new, name="new_slip"),
               path("lists/<int:list_id>/slips/<int:slip_id>/follow-up/", follow_up, name="follow_up_slip"),
               path("lists/<int:list_id>/slips/proposed/<str:promise_id>/", propose, name="propose_slip")]
