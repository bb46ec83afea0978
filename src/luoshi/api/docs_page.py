"""接口：别的系统怎样读我们的数？ The documentation, offline. In: a signed-in person. Out: a page, the OpenAPI file, a page for trying it.

The first page is complete without a script; the last is Swagger UI, which ships with django-ninja.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.api.answer import answer
from luoshi.api.door import RATE
from luoshi.store.who import who_is

View = Callable[[Any], HttpResponse]


def signed_in(view: View) -> View:
    """What the API can do is nobody's business outside the office."""
    @wraps(view)
    def guarded(request: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.who = who_is(request.user)
        return view(request)
    return guarded


@signed_in
def openapi(request: HttpRequest) -> HttpResponse:
    """The contract as OpenAPI 3.1."""
    return answer(_schema())


@signed_in
def docs(request: HttpRequest) -> HttpResponse:
    """Every address with what it takes."""
    addresses = [{"parts": path.strip("/").split("/"), "summary": operation["summary"], "about": operation.get("description", ""),
                  "parameters": [p for p in operation.get("parameters", []) if p["in"] == "query"]}
                 for path, methods in _schema()["paths"].items() for operation in methods.values()]
    origin = f"{request.scheme}://{request.get_host()}"
    return render(request, "api/docs.html", {"addresses": addresses, "rate": RATE, "origin": origin})


@signed_in
def try_it(request: HttpRequest) -> HttpResponse:
    """Swagger UI, under the same policy as every page."""
    return render(request, "api/try.html")


def _schema() -> dict[str, Any]:
    from luoshi.api.service import api  # it imports this file

    return dict(api.get_openapi_schema())
