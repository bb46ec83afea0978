"""周一清单：今天给谁打电话、说什么？ What needs a person, by unit, each line with its reason and one click to the act; and what needs no call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.actions.note_call import LONGEST, note_call
from luoshi.actions.step_refused import StepRefused
from luoshi.status.exceptions import GROUPS, Call
from luoshi.store.clock import now, today
from luoshi.store.queries.exceptions import Contact, Monday, Noted, monday_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import office_of
from luoshi.web.case_links import case_link
from luoshi.web.guard import page


@dataclass(frozen=True, slots=True)
class ShownCall:
    """「清单一行」 A call with the page it is about, since when in words, and what can be done: (words, address)."""

    call: Call
    link: str
    since: str
    acts: tuple[tuple[str, str], ...]
    noted: Noted | None


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """「清单一家」 A unit with whom to call and its lines."""

    unit: str
    contact: Contact | None
    calls: tuple[ShownCall, ...]


@page("supervise")
def exceptions(request: Any, list_id: int) -> HttpResponse:
    """?group= one of GROUPS."""
    record, day = the_list(request.who, list_id), today()
    monday = monday_of(request.who, record, day)
    if monday is None:
        return redirect("imports", list_id=list_id)
    group = request.GET.get("group", "")
    kinds = GROUPS.get(group)
    units = [ShownUnit(unit.unit, monday.contacts.get(unit.unit), tuple(
        shown_call(record, monday, call, day) for call in unit.calls if kinds is None or call.kind in kinds)) for unit in monday.units]
    return render(request, "exceptions/exceptions.html", {
        "list": record, "monday": monday, "units": [unit for unit in units if unit.calls], "group": group if kinds else "", "today": day,
        "week": day.isocalendar().week, "all_calls": len(monday.calls), "all_units": len(monday.units), "grace": office_of(record).grace})


def shown_call(record: Any, monday: Monday, call: Call, day: date) -> ShownCall:
    """The line as the page shows it."""
    kind, _colon, key = call.subject.partition(":")
    contact = monday.contacts.get(call.unit)
    return ShownCall(call, _link(record, monday, kind, key), _since(monday, call, day), _acts(record, monday, call, kind, key, contact),
                     monday.notes.get(call.subject))


def _link(record: Any, monday: Monday, kind: str, key: str) -> str:
    if kind == "item":
        return reverse("target", args=(record.pk, monday.promises[key]))
    if kind == "case":
        return case_link(monday.kinds[int(key)], record.pk, int(key))
    if kind == "report":
        _pk, promise, organ, period = key.split(":")
        return reverse("report", args=(record.pk, promise, int(organ), period))
    return ""


def _since(monday: Monday, call: Call, day: date) -> str:
    """本周变差, 4个月, 9月27日, 等3天."""
    if call.kind == "behind":
        months = monday.months.get(call.subject.partition(":")[2], 1)
        return _("本周变差") if call.since == day else _("%(n)d个月") % {"n": months} if months > 1 else _("本月")
    if call.since is None:
        return ""
    if call.kind in ("to_verify", "to_decide", "extension"):
        return _("等%(n)d天") % {"n": (day - call.since).days} if call.since < day else _("今天")
    return _("%(month)d月%(day)d日") % {"month": call.since.month, "day": call.since.day}


def _acts(record: Any, monday: Monday, call: Call, kind: str, key: str, contact: Contact | None) -> tuple[tuple[str, str], ...]:
    """Two at most: what this kind of line is usually answered with."""
    note = (_("记一笔"), f"{reverse('note_call', args=(record.pk,))}?{urlencode({'subject': call.subject, 'unit': call.unit, 'title': call.title})}")
    new = reverse("new_slip", args=(record.pk,))
    if kind == "item":
        slip = (_("发督办单"), f"{new}?{urlencode({'promise': monday.promises[key]})}")
        return (note, (_("看口径"), reverse("target", args=(record.pk, monday.promises[key])))) if call.kind == "undecided" else (note, slip)
    if kind == "case":
        at = case_link(monday.kinds[int(key)], record.pk, int(key))
        return {"to_verify": ((_("核验"), f"{at}?act=verify"), (_("退回"), f"{at}?act=return")),
                "extension": ((_("同意"), f"{at}?act=extend"), (_("不同意"), f"{at}?act=refuse_extension")),
                "to_decide": (note, (_("去办"), at)), "next_date": (note, (_("定日期"), at))}.get(call.kind, (note, (_("催办"), at)))
    if kind == "report":
        return (_("退回"), f"{reverse('reviews', args=(record.pk,))}#r{key.split(':')[0]}"), note
    query = {"unit": contact.organ_id if contact else "", "title": f"{call.unit}：{call.title}"[:60], "source": "other"}
    return note, (_("发督办单"), f"{new}?{urlencode(query)}")


class NoteForm(forms.Form):
    """What was said."""

    text = forms.CharField(label=gettext_lazy("记一笔"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
                           help_text=gettext_lazy("谁答的、怎么说、什么时候再问。只记下来，不改变什么；督办单上的会记进办理经过。"),
                           error_messages={"required": gettext_lazy("没有写。请写一两句：谁答的、怎么说、什么时候再问。")})
    subject = forms.CharField(max_length=200, widget=forms.HiddenInput)
    unit = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)


@page("supervise")
def note(request: Any, list_id: int) -> HttpResponse:
    """GET with subject, unit and title from the list; POST notes."""
    record = the_list(request.who, list_id)
    names = ("subject", "unit", "title")
    form = NoteForm(request.POST or None, initial={name: request.GET.get(name, "")[:200] for name in names})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            note_call(request.who, now(), today(), list_id, typed["subject"], typed["unit"], typed["text"])
        except StepRefused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, _("已记下。"))
            return redirect("exceptions", list_id=list_id)
    return render(request, "exceptions/note.html", {"list": record, "form": form}, status=422 if request.method == "POST" else 200)


_AT = "lists/<int:list_id>/monday/"
urlpatterns = [path(_AT, exceptions, name="exceptions"), path(f"{_AT}note/", note, name="note_call")]
