"""What the API writes. In: JSON types. Out: a response; Chinese stays readable, and a cache in between asks again each time."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse


def answer(tree: Any, status: int = 200) -> HttpResponse:
    """JSON, UTF-8; bytes are an answer that was written before."""
    body = tree if isinstance(tree, bytes) else write_json(tree)
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8", headers={"Cache-Control": "private, no-cache"})


def write_json(tree: Any) -> bytes:
    """As the API writes it."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def refuse(status: int, sentence: str, wait: int | None = None) -> HttpResponse:
    """Why there is no answer."""
    response = answer({"detail": sentence}, status)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="luoshi"'
    if wait is not None:
        response["Retry-After"] = str(wait)
    return response
