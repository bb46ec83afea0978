"""日志：谁在什么时候做了什么，有没有被人动过？ The newest entries, filtered, with the proof of what is shown; and the check of the whole chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luoshi.actions.anchor_journal import fault_against, newest_anchor
from luoshi.actions.journal import head_now, verify_journal, verify_range
from luoshi.store.clock import fixed_day
from luoshi.store.queries.journal_search import JournalFilter, JournalPage, search_journal
from luoshi.store.queries.lists import lists_of
from luoshi.store.queries.units import unit_names
from luoshi.store.who import Who
from luoshi.web.guard import page
from luoshi.web.journal_detail import detail_rows
from luoshi.web.journal_words import ACTION_WORDS, action_words, thing_words

PROVEN = 2000
"""Entries that a page proves by itself; a wider range is for the button."""


class FilterForm(forms.Form):
    """What to look for; what makes no sense is left out, the rest counts."""

    action = forms.ChoiceField(label=gettext_lazy("做了什么"), required=False)
    q = forms.CharField(label=gettext_lazy("谁"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "search"}))
    unit = forms.TypedChoiceField(label=gettext_lazy("单位"), required=False, coerce=int, empty_value=None)
    list = forms.TypedChoiceField(label=gettext_lazy("清单"), required=False, coerce=int, empty_value=None)
    thing = forms.CharField(label=gettext_lazy("对什么"), required=False, max_length=60,
                            widget=forms.TextInput(attrs={"spellcheck": "false"}))
    since = forms.DateField(label=gettext_lazy("从哪天"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=gettext_lazy("到哪天"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, who: Who, data: Any) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "action": [("", _("全部")), *((name, action_words(name)) for name in sorted(ACTION_WORDS))],
            "unit": [("", _("全部")), *unit_names(who)], "list": [("", _("全部")), *((record.pk, record.title) for record in lists_of(who))]}
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def wanted(self) -> JournalFilter:
        """After `is_valid`."""
        data = self.cleaned_data
        return JournalFilter(data.get("action") or self.data.get("action", "")[:40], data.get("q", ""),
                             data.get("thing", ""), data.get("unit"), data.get("list"),
                             data.get("since"), data.get("until"))


@page("see_journal")
def journal(request: Any) -> HttpResponse:
    """?before= goes on to older ones."""
    return _show(request)


@page("see_journal")
@require_POST
def verify(request: Any) -> HttpResponse:
    """A POST, because it reads the whole journal: nobody starts it by following a link."""
    count, fault = verify_journal()
    if fault:
        verdict = _("日志不完整：%(fault)s。前%(count)d条完好。请保留现场，用最近的备份比对。") % {"fault": fault, "count": count}
    else:
        verdict = _("日志完好：共%(count)d条，首尾相接，与日志头和锚文件一致。") % {"count": count}
    return _show(request, {"verdict": verdict, "broken": fault is not None})


def _show(request: Any, more: dict[str, Any] | None = None) -> HttpResponse:
    form = FilterForm(request.who, request.GET)
    form.is_valid()
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    found = search_journal(request.who, form.wanted(), before)
    entries = [{"number": e.number, "at": datetime.fromisoformat(e.at), "person": e.person, "what": action_words(e.action), "list_id": e.list_id,
                "about": thing_words(e.about), "detail": detail_rows(e.detail)} for e in found.entries]
    asked_for = {name: value for name, value in request.GET.items() if name in form.fields and value}
    older = urlencode(asked_for | {"before": found.before}) if found.before else ""
    shown = {"entries": entries, "total": found.total, "stands_at": fixed_day(), "older": older, "form": form, "before": before,
             "proof": _proof(found)}
    return render(request, "journal/journal.html", shown | (more or {}))


def _proof(found: JournalPage) -> dict[str, Any]:
    """The chain over what is shown; where the head stands; what the anchor of the last day says."""
    head, anchor = head_now(), newest_anchor()
    proof: dict[str, Any] = {"head": head, "anchor": anchor, "anchor_fault": fault_against(anchor["count"], anchor["hash"]) if anchor else None}
    if found.entries:
        first, last = found.entries[-1].number, found.entries[0].number
        proof |= {"first": first, "last": last, "is_wide": last - first >= PROVEN,
                  "fault": verify_range(first, last) if last - first < PROVEN else None}
    return proof


urlpatterns = [path("journal/", journal, name="journal"), path("journal/verify/", verify, name="verify_journal")]
