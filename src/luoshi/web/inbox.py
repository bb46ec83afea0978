"""提醒：有什么事在催我？ The inbox of a person: unread first; opening one marks it and leads to where it is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.read_notices import read_notices
from luoshi.store.clock import now
from luoshi.store.queries.notices import inbox_of, the_notice
from luoshi.web.guard import page


@page()
def inbox(request: Any) -> HttpResponse:
    """A hundred at most; what is done is no longer reminded of, old lines stay to be looked up."""
    notices = inbox_of(request.who)
    return render(request, "inbox/inbox.html", {"notices": notices, "unread": sum(notice.read_at is None for notice in notices)})


@page()
@require_POST
def open_notice(request: Any, notice_id: int) -> HttpResponse:
    """Read, and on to the page that it is about: links are made by us, within this site."""
    notice = the_notice(request.who, notice_id)
    read_notices(request.who, now(), notice_id)
    return redirect(notice.link if notice.link.startswith("/") else "inbox")


@page()
@require_POST
def read_all(request: Any) -> HttpResponse:
    """Everything unread."""
    count = read_notices(request.who, now())
    messages.success(request, _("%(count)d条已标为已读。") % {"count": count})
    return redirect("inbox")


urlpatterns = [path("inbox/", inbox, name="inbox"), path("inbox/read/", read_all, name="read_notices"),
               path("inbox/<int:notice_id>/open/", open_notice, name="open_notice")]
