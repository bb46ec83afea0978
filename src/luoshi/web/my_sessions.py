"""登录处：我在哪些地方登录着，怎么退出？ One's own sessions, and ending the others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.note_sign_in import end_sign_ins, hash_of_session
from luoshi.store.clock import now
from luoshi.store.queries.sign_in import sign_ins_of
from luoshi.web.guard import page


@page()
def my_sessions(request: Any) -> HttpResponse:
    """The one at hand is marked."""
    here = hash_of_session(request.session.session_key or "")
    return render(request, "my_sessions/my_sessions.html", {"places": [(place, place.session_hash == here) for place in sign_ins_of(request.who)],
                                                            "idle": settings.PLACE.idle // 60, "longest": settings.PLACE.session // 3600})


@page()
@require_POST
def end(request: Any) -> HttpResponse:
    """All others, or the one that is named."""
    only = request.POST.get("place", "")
    count = end_sign_ins(request.who, now(), request.session.session_key or "", int(only) if only.isdecimal() and len(only) < 12 else None)
    messages.success(request, _("已退出%(count)d处。") % {"count": count})
    return redirect("my_sessions")


urlpatterns = [path("my-sessions/", my_sessions, name="my_sessions"), path("my-sessions/end/", end, name="end_sessions")]
