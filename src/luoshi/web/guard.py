"""Every page's door. In: a view and the right it needs. Out: the view behind sign-in, with `request.who`; refusals are journalled.

A thing of a list or unit that the person may not see answers 404, as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.actions.note_refusal import note_refusal
from luoshi.store.clock import now
from luoshi.store.session_life import is_over
from luoshi.store.who import NotAllowed, Who, who_is
from luoshi.web.typed import typed_words

View = Callable[..., HttpResponse]


class Asked(HttpRequest):
    """「请求」 A request of a signed-in person: `who` is set by the door."""

    who: Who


def _ended(request: Any) -> HttpResponse:
    """The session ended while a form was open: what was typed is shown, as it cannot be kept for somebody unknown."""
    return render(request, "sign_in/ended.html", {"typed": typed_words(request), "next": request.get_full_path()}, status=401)


def page(right: str | None = None, without_factor: bool = False) -> Callable[[View], View]:
    """Only for signed-in people who have the right somewhere; the view checks it for the unit at hand.

    without_factor: also for those who must set up a second factor first; every other page sends them there."""
    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated or is_over(request):
                return _ended(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
            request.who = who_is(request.user)
            if request.who.lacks_factor and not without_factor:
                return redirect("second_factor")
            try:
                if right:
                    request.who.must(right)
                return view(request, *args, **kwargs)
            except NotAllowed as refused:
                note_refusal(request.who, str(refused), request.path, now())
                return render(request, "refused.html", {"right": str(refused)}, status=403)
            except Http404:
                note_refusal(request.who, "not_found", request.path, now())
                raise
        guarded.right = right  # type: ignore[attr-defined]  # the role × page test reads it
        return guarded
    return wrap
