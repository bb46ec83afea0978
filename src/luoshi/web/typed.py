"""What somebody typed into a form that cannot be kept. In: a request. Out: the words, without what is secret or was hidden in the form."""

from __future__ import annotations

from typing import Any

UNSAID = frozenset({"csrfmiddlewaretoken", "do", "seal", "revision", "expected", "next", "drop"})
SECRET = frozenset({"password", "again", "old", "new", "old_password", "new_password"})
MOST_BYTES = 5_000_000
"""A longer body belongs to files and is not read for the sake of its words."""


def typed_words(request: Any) -> tuple[str, ...]:
    """Empty for a form that asks for a password."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if request.method != "POST" or not length.isdecimal() or int(length) > MOST_BYTES or SECRET & request.POST.keys():
        return ()
    return tuple(value.strip() for name in request.POST if name not in UNSAID for value in request.POST.getlist(name) if value.strip())
