"""The door of the API. In: a request with `Authorization: Bearer …`, or of a signed-in person. Out: `request.auth`, a `Who`; or a refusal.

Every refusal is JSON: {"detail": "中文一句话"}. A token reads at most RATE times in a minute, counted in each worker process.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from luoshi.actions.make_person import hash_of
from luoshi.actions.note_token_use import note_token_use
from luoshi.store.clock import now
from luoshi.store.queries.bearer import Bearer, bearer_of
from luoshi.store.scopes import WRITE
from luoshi.store.session_life import is_over
from luoshi.store.who import Who, who_is

RATE = 300
SCOPE = "read"


class Refused(Exception):
    """「拒绝」 Why nothing was answered: status and a sentence."""

    def __init__(self, status: int, sentence: str, wait: int | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.wait = status, sentence, wait


class TokenDoor(HttpBearer):
    """「令牌入口」 A token of a person: what the person may see, the token may read."""

    openapi_bearer_format = "luoshi token"

    def authenticate(self, request: HttpRequest, token: str) -> Who:
        """Raises Refused: a wrong token never falls back to the session."""
        return _admit(token, SCOPE, "读接口").who


class WriteDoor(HttpBearer):
    """「写入令牌」 A token that writes into the one register that its scope names, and reads nothing."""

    openapi_bearer_format = "luoshi token"

    def authenticate(self, request: HttpRequest, token: str) -> Who:
        """Raises Refused. The token's name is kept for the origin of what it writes."""
        name = request.resolver_match.kwargs.get("name") if request.resolver_match else ""
        bearer = _admit(token, f"{WRITE}{name}", "写这本台账")
        request.token_name = bearer.name     # type: ignore[attr-defined]
        return bearer.who


class SessionDoor(APIKeyCookie):
    """「会话入口」 A signed-in person may read the same in the browser."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Who | None:
        """The session's person, if there is one."""
        person: Any = getattr(request, "user", None)
        who = who_is(person) if person is not None and person.is_authenticated and not is_over(request) else None
        return who if who is not None and not who.lacks_factor else None


def _admit(token: str, scope: str, what: str) -> Bearer:
    """Whose token it is, counted and its use noted. Raises Refused where it is none, is meant for something else, or asks too often."""
    at = now()
    bearer = bearer_of(hash_of(token.strip()), at)
    if bearer is None:
        raise Refused(401, "令牌不对、已过期或已停用。请向督查室或系统管理员要一个新的。")
    if bearer.scope != scope:
        raise Refused(403, f"这个令牌的范围是“{bearer.scope}”，不能{what}。请要一个范围为“{scope}”的令牌。")
    _count(bearer.token_id, int(at.timestamp()))
    if bearer.is_stale:
        note_token_use(bearer.token_id, at)
    return bearer


def _count(token_id: int, second: int) -> None:
    """A fixed window of one minute."""
    key = f"api-rate:{token_id}:{second // 60}"
    cache.add(key, 0, 120)
    if cache.incr(key) > RATE:
        wait = 60 - second % 60
        raise Refused(429, f"这个令牌一分钟内已读{RATE}次。请{wait}秒后再试，或放慢频率。", wait)
