"""日志：谁在什么时候做了什么，有没有被人动过？ The newest entries, and the check of the whole chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.journal import verify_journal
from luoshi.store.clock import fixed_day
from luoshi.store.queries.journal_search import search_journal
from luoshi.web.guard import page
from luoshi.web.journal_detail import detail_rows
from luoshi.web.journal_words import ACTION_WORDS, action_words, thing_words


@page("see_journal")
def journal(request: Any) -> HttpResponse:
    """?action= and ?q= narrow it; ?before= goes on to older ones."""
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
    action, words = request.GET.get("action", "")[:40], request.GET.get("q", "").strip()[:40]
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    found = search_journal(request.who, action, words, before)
    entries = [{"number": e.number, "at": datetime.fromisoformat(e.at), "person": e.person, "what": action_words(e.action), "list_id": e.list_id,
                "about": thing_words(e.about), "detail": detail_rows(e.detail)} for e in found.entries]
    older = urlencode({"action": action, "q": words, "before": found.before}) if found.before else ""
    choices = sorted({*found.actions} & {*ACTION_WORDS}) + sorted({*found.actions} - {*ACTION_WORDS})
    shown = {"entries": entries, "total": found.total, "stands_at": fixed_day(), "older": older, "action": action, "words": words, "before": before,
             "choices": [(each, action_words(each)) for each in choices]}
    return render(request, "journal/journal.html", shown | (more or {}))


urlpatterns = [path("journal/", journal, name="journal"), path("journal/verify/", verify, name="verify_journal")]
