"""一次会议：议什么，定了什么，上次定的办得怎样？ The agenda to be put in order, the decisions that become slips, and the minutes as files."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.hold_meeting import hold_meeting
from luoshi.actions.issue_bulletin import fonts_folder
from luoshi.actions.plan_meeting import KINDS as AGENDA_KINDS
from luoshi.actions.plan_meeting import propose_again, settle_agenda
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.publish.minutes import MinutedDecision, Minutes, minutes_document
from luoshi.publish.official_docx import official_docx
from luoshi.publish.official_typst import official_pdf
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.meetings import MeetingPage, matters_on, stand_of, the_meeting
from luoshi.store.queries.slips import organ_choices
from luoshi.web.beside import typed_again
from luoshi.web.bulletin import KINDS
from luoshi.web.guard import page
from luoshi.web.meeting_form import HeldForm, agenda_in


@page("see_cases")
def meeting(request: Any, list_id: int, meeting_id: int) -> HttpResponse:
    """Planned: the agenda and the form of what was decided. Held: what was decided, and how each stands."""
    record = the_list(request.who, list_id)
    return _page(request, record, the_meeting(request.who, record, meeting_id))


@require_POST
@page("supervise")
def agenda(request: Any, list_id: int, meeting_id: int) -> HttpResponse:
    """do: keep (order, strike, add) or again (made anew from how things stand)."""
    record = the_list(request.who, list_id)
    shown = the_meeting(request.who, record, meeting_id)
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
    try:
        if request.POST.get("do") == "again":
            propose_again(request.who, now(), today(), meeting_id, revision)
        else:
            settle_agenda(request.who, now(), meeting_id, agenda_in(shown.meeting.agenda, request.POST), revision)
    except (Stale, StepRefused) as refused:
        return _page(request, record, the_meeting(request.who, record, meeting_id), None, 409 if isinstance(refused, Stale) else 422, str(refused))
    messages.success(request, _("议题已改。"))
    return redirect("meeting", list_id=list_id, meeting_id=meeting_id)


@require_POST
@page("supervise")
def hold(request: Any, list_id: int, meeting_id: int) -> HttpResponse:
    """The decisions become slips, all or none."""
    record = the_list(request.who, list_id)
    shown = the_meeting(request.who, record, meeting_id)
    form, status = _form(shown, request.POST), 422
    if form.is_valid():
        try:
            hold_meeting(request.who, now(), today(), meeting_id, form.held(), form.cleaned_data["revision"])
        except Stale as stale:
            shown = the_meeting(request.who, record, meeting_id)
            form, status = _form(shown, typed_again(form, shown.meeting.revision)), 409
            form.add_error(None, str(stale))
        except StepRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("已记下。议定的%(count)s件都发成了督办单，编了号。") % {"count": len(form.decided)})
            return redirect("meeting", list_id=list_id, meeting_id=meeting_id)
    return _page(request, record, the_meeting(request.who, record, meeting_id), form, status)


def _form(shown: MeetingPage, data: Any = None) -> HeldForm:
    matters = [(case.pk, case.title) for case in matters_on(shown.meeting)]
    first = {"on": min(shown.meeting.on, today()), "place": shown.meeting.place, "revision": shown.meeting.revision}
    return HeldForm(list(organ_choices()), matters, data, initial=first)


def _page(request: Any, record: Any, shown: MeetingPage, form: HeldForm | None = None, status: int = 200, problem: str = "") -> HttpResponse:
    may = request.who.may("supervise") and shown.meeting.state == "planned"
    return render(request, "meeting/meeting.html", {
        "list": record, "meeting": shown.meeting, "decisions": [(each, stand_of(each, today())) for each in shown.decisions],
        "agenda": [(n, line, AGENDA_KINDS[line["kind"]], *line["ref"].partition(":")[::2]) for n, line in enumerate(shown.meeting.agenda, 1)],
        "may": may, "form": form or (_form(shown) if may else None), "problem": problem, "labels": shown.meeting.attendance.items(),
        "today": today(), "own": request.POST.get("own", "") if status != 200 else ""}, status=status)


@page("see_cases")
def minutes(request: Any, list_id: int, meeting_id: int, kind: str) -> Any:
    """Of a meeting that was held."""
    record = the_list(request.who, list_id)
    shown = the_meeting(request.who, record, meeting_id)
    if kind not in KINDS or shown.meeting.state != "held":
        raise Http404
    document = minutes_document(_minutes(record, shown))
    content = official_docx(document) if kind == "docx" else official_pdf(document, fonts_folder())
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=f"{shown.meeting.title}纪要.{kind}", content_type=KINDS[kind])


def _minutes(record: Any, shown: MeetingPage) -> Minutes:
    held = shown.meeting
    decided = tuple(MinutedDecision(each.text, each.organ.name, each.due_on, each.case.number if each.case else "未编号")
                    for each in shown.decisions)
    office = "示例市政府督查室" if record.example else "市政府督查室"
    said = tuple(line for line in held.minutes.splitlines() if line.strip())
    return Minutes("会议纪要", f"〔{held.on.year}〕第{held.pk}次", held.title, held.on, held.place, said,
                   tuple(line["title"] for line in held.agenda if not line["struck"]), decided, dict(held.attendance), office, sample=record.example)


_AT = "lists/<int:list_id>/meetings/<int:meeting_id>/"
urlpatterns = [path(_AT, meeting, name="meeting"), path(f"{_AT}agenda/", agenda, name="meeting_agenda"),
               path(f"{_AT}hold/", hold, name="hold_meeting"),
               path(f"{_AT}minutes.<str:kind>", minutes, name="meeting_minutes")]
