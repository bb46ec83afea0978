"""一份督办单：要办什么、几时办好、走到哪一步？ What is asked, its clock, what happened, and the next step of whoever's turn it is; print."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.edit_slip import edit_slip
from luoshi.actions.evidence_kind import MAX_BYTES
from luoshi.actions.issue_bulletin import fonts_folder
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.publish.slip_docx import slip_docx
from luoshi.publish.slip_typst import slip_pdf
from luoshi.store.clock import now, today
from luoshi.store.queries.burden import added_by_matter
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of
from luoshi.store.queries.slips import SlipPage, the_slip
from luoshi.supervision.course import SLIP
from luoshi.web.beside import differing, typed_again
from luoshi.web.bulletin import KINDS
from luoshi.web.case_act import AT_ONCE, ActForm, burden_of_form, only_looks, post_act, shown_acts
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload
from luoshi.web.slip_form import SlipForm, text_of
from luoshi.web.slip_view import slip_document


@page("see_cases")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def slip(request: Any, list_id: int, slip_id: int) -> HttpResponse:
    """GET shows it, ?act=extend with that form open; POST takes a step (`do`)."""
    record = the_list(request.who, list_id)
    shown = the_slip(request.who, record, slip_id, today())
    if request.method != "POST":
        return _page(request, record, shown)
    form, status = post_act(request, shown.case, shown.clock.preset.pauses)
    if status == 404:
        raise Http404
    if form is None:
        said = _("已办：%(act)s。") % {"act": _(SLIP.acts[request.POST["do"]])}
        messages.success(request, said)
        return redirect("slip", list_id=list_id, slip_id=slip_id)
    return _page(request, record, the_slip(request.who, record, slip_id, today()), form, status)


def _page(request: Any, record: Any, shown: SlipPage, bound: ActForm | None = None, status: int = 200) -> HttpResponse:
    asked = shown.clock.asked
    first = {"extend": {"due_on": asked.due_on}} if asked is not None else {}
    hidden = frozenset() if asked is not None else frozenset(("refuse_extension",))
    acts = shown_acts(request.who, shown.case, shown.clock.preset.pauses, first, bound, hidden, request.GET.get("act", ""))
    stray = bound if bound is not None and not any(each.form is bound for each in acts) else None
    may_edit = shown.case.state == "draft" and request.who.may("supervise")
    return render(request, "slip/slip.html", {
        "list": record, "shown": shown, "case": shown.case, "sheet": slip_document(record, shown), "acts": acts, "stray": stray,
        "steps": [(step, SLIP.acts.get(step.act, "拟稿" if step.act == "open" else step.act)) for step in shown.steps],
        "added": added_by_matter(record, today(), "slip", shown.case.organ_id) if may_edit and shown.case.organ_id else None,
        "office": office_of(record) if may_edit else None, "may_edit": may_edit, "again": bool(request.FILES) and status != 200}, status=status)


@page("supervise")
def edit(request: Any, list_id: int, slip_id: int) -> HttpResponse:
    """A draft only."""
    record, day = the_list(request.who, list_id), today()
    shown = the_slip(request.who, record, slip_id, day)
    form, status = SlipForm(record, request.POST or None, initial=_initial(shown)), 422 if request.method == "POST" else 200
    now_kept: tuple[Any, ...] = ()
    if only_looks(request, form):
        status = 200
    elif request.method == "POST" and form.is_valid():
        try:
            edit_slip(request.who, now(), day, slip_id, text_of(form.cleaned_data), form.cleaned_data["revision"] or 0)
        except StepRefused as refused:
            form.refuse(refused)
        except Stale as stale:
            shown = the_slip(request.who, record, slip_id, day)
            now_kept, status = differing(form, _initial(shown)), 409
            form = SlipForm(record, typed_again(form, shown.case.revision))
            form.add_error(None, str(stale))
        else:
            messages.success(request, _("草稿已改。"))
            return redirect("slip", list_id=list_id, slip_id=slip_id)
    return render(request, "slips/new.html", {"list": record, "form": form, "case": shown.case, "now_kept": now_kept, "office": office_of(record),
                                              "added": burden_of_form(form, record, "slip")}, status=status)


def _initial(shown: SlipPage) -> dict[str, Any]:
    case = shown.case
    return {**case.data, "title": case.title, "text": case.text, "organ": case.organ_id, "support": [o.pk for o in case.support.all()],
            "due_on": case.due_on, "weight": case.weight, "clock": case.clock, "promise_id": case.promise_id, "task_no": case.task_no,
            "ladder": case.ladder, "rung": case.rung, "revision": case.revision}


@page("see_cases")
def print_slip(request: Any, list_id: int, slip_id: int, kind: str) -> Any:
    """As it stands now: before it goes out without a number, later with what was answered and checked."""
    if kind not in KINDS:
        raise Http404
    record = the_list(request.who, list_id)
    shown = the_slip(request.who, record, slip_id, today())
    sheet = slip_document(record, shown)
    content = slip_docx(sheet, today()) if kind == "docx" else slip_pdf(sheet, today(), fonts_folder())
    name = f"{sheet.number or '督办单（草稿）'}　{sheet.subject}.{kind}"
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=KINDS[kind])


_AT = "lists/<int:list_id>/slips/<int:slip_id>/"
urlpatterns = [path(_AT, slip, name="slip"), path(f"{_AT}edit/", edit, name="edit_slip"),
               path(f"{_AT}file.<str:kind>", print_slip, name="print_slip")]
