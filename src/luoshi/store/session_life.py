"""How long a session lives: after which silence it ends, and in any case. In: a request. Out: whether it is over.

The moment of the last request is written every few minutes only: a page that is read must not cost a write.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout

from luoshi.store.clock import now

BEGAN, SEEN = "began", "seen"
EVERY = 300


def is_over(request: Any) -> bool:
    """Ends a session that was silent or open for too long."""
    began, seen = request.session.get(BEGAN), request.session.get(SEEN)
    if began is None or seen is None:     # began before there were limits: the age of its cookie still ends it
        return False
    moment = int(now().timestamp())
    if moment - began > settings.PLACE.session or moment - seen > settings.PLACE.idle:
        logout(request)
        return True
    if moment - seen > min(EVERY, settings.PLACE.idle // 2):
        request.session[SEEN] = moment
    return False
