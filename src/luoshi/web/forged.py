"""这一步为什么没有做？ The answer to a form whose check against forged requests failed; what was typed is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from luoshi.web.typed import typed_words


def forged(request: Any, reason: str = "") -> HttpResponse:
    """reason: Django's, for its log."""
    return render(request, "forged.html", {"typed": typed_words(request)}, status=403)
