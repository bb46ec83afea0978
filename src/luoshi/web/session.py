"""From the password to the session: half signed in until the code is right. In: a request, a person. Out: a session that began."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login

from luoshi.actions.note_sign_in import note_sign_in
from luoshi.store.clock import now
from luoshi.store.session_life import BEGAN, SEEN
from luoshi.store.who import who_is

HALF = "half"
PATIENCE = 600
"""Seconds between the password and the code."""


def begin_session(request: Any, person: Any, way: str) -> None:
    """Everything was right: a new key, the times, a line in the list of places."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    at = now()
    request.session[BEGAN] = request.session[SEEN] = int(at.timestamp())
    request.session.save()
    note_sign_in(who_is(person), at, way, request.session.session_key, request.headers.get("User-Agent", ""), request.META.get("REMOTE_ADDR", ""))


def ask_for_code(request: Any, person_id: int, way: str) -> None:
    """The password was right; who it is waits in the session of somebody unknown, for a few minutes."""
    request.session.cycle_key()
    request.session[HALF] = [person_id, way, int(now().timestamp())]


def half_signed_in(request: Any) -> tuple[int, str] | None:
    """Whose code is waited for, and the way they came."""
    half = request.session.get(HALF)
    return (half[0], half[1]) if half and now().timestamp() - half[2] < PATIENCE else None
