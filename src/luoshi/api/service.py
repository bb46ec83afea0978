"""The API put together: routers, door, refusals. In: nothing. Out: `api`, and the addresses of /api/."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from luoshi import __version__
from luoshi.actions.note_refusal import note_refusal
from luoshi.api import figures, lists, registers, write_rows
from luoshi.api.answer import refuse
from luoshi.api.docs_page import docs, openapi, try_it
from luoshi.api.door import Refused, SessionDoor, TokenDoor
from luoshi.store.clock import now
from luoshi.store.who import NotAllowed

ABOUT = "接口：读清单、方案、指标、数及其依据、台账。用令牌（Authorization: Bearer …）或登录后的会话读；能看到的与本人在页面上能看到的一样。" \
        "台账的行可以由系统写入，用范围为 write:台账名 的令牌，按编号更新，重复写不会重复。"
api = NinjaAPI(title="落实接口", version=__version__, description=ABOUT, openapi_url=None, docs_url=None, urls_namespace="api",
               auth=[TokenDoor(), SessionDoor()])
for each in (lists.router, figures.router, registers.router, write_rows.router):
    api.add_router("", each)


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: Any) -> HttpResponse:
    """Neither a token nor a session."""
    return refuse(401, "没有令牌，也没有登录。请在请求头里写 Authorization: Bearer 令牌。")


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """The door says why."""
    return refuse(error.status, error.sentence, error.wait)


@api.exception_handler(NotAllowed)
def not_allowed(request: HttpRequest, error: Any) -> HttpResponse:
    """Noted in the journal, like a page that was refused."""
    note_refusal(request.auth, str(error), request.path, now())  # type: ignore[attr-defined]
    return refuse(403, "您的岗位不能看这项内容。需要的话，请系统管理员调整岗位。")


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    """What may not be seen looks like what is not there."""
    note_refusal(request.auth, "not_found", request.path, now())  # type: ignore[attr-defined]
    return refuse(404, str(error) or "没有这项内容，或者您看不到它。请核对地址里的编号。")


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    """Which parameter, and how to write it."""
    names = "、".join(dict.fromkeys(str(e["loc"][-1]) for e in error.errors))
    return refuse(422, f"参数 {names} 写得不对。日期写成 2019-09-30，页码和条数写整数；详见 /api/docs。")


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: Any) -> HttpResponse:
    """A body over the limit of the server."""
    return refuse(413, "一次写的太多，超过5 MB。请分几次写。")


def no_such_address(request: HttpRequest) -> HttpResponse:
    """An address under /api/ that nobody answers."""
    return refuse(404, "没有这个接口地址。全部地址见 /api/docs。")


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/docs", docs, name="api_docs"), path("api/try", try_it, name="api_try"), path("api/openapi.json", openapi, name="api_openapi"),
    path("api/v1/", no_such_address), path("api/v1/", api.urls), re_path(r"^api(?:/|$)", no_such_address)]
