"""Pages whose main part stays in memory. In: which page, of which list, for which day, rows and words. Out: the page.

`gather` is a function of the module that is given the list and what the view names, and nothing else; both are the key. It meets neither the
request nor the person, and the template is drawn without them: no name, token or nonce can come in. What a person may see (the names
under which rows are theirs, the reports shown) has to be named by the view, or the page cannot show it; where the view names the person,
the page is that person's alone. The frame around it — navigation, name, sign-out — is drawn for each request.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from secrets import token_hex
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from luoshi.store.kept import Kept
from luoshi.store.queries.acts import last_act
from luoshi.store.queries.story import state_of

Thing = TypeVar("Thing")

CUT = token_hex(16)
"""Stands between the pieces of a drawn page; no data can contain it."""

READS = 4000
"""How many answers of `since_last_act` stay."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """「页面各块」 What the blocks of frame.html hold on one page."""

    title: SafeString
    head: SafeString
    main: SafeString
    foot: SafeString
    scripts: SafeString
    status: int

    def weigh(self) -> int:
        """Bytes, as far as it matters: four for a character at most."""
        return sum(len(getattr(self, each.name)) * 2 for each in fields(self)[:-1])


_pages: Kept[Pieces] = Kept(settings.KEPT_PAGES, Pieces.weigh)
_looked_up: Kept[Any] = Kept(READS if settings.KEPT_PAGES else 0)


def kept_page(request: HttpRequest, template: str, gather: Callable[..., dict[str, Any]], record: Any, *named: Hashable,
              until_act: bool = False) -> HttpResponse:
    """gather(record, *named) returns the template's context; "status" in it is the answer's. until_act: drawn anew once anybody has acted, on
    whichever list."""
    key = (template, get_language(), *state_of(record), last_act() if until_act else None, *named)
    pieces = _pages.get(key, lambda: _draw(template, record, gather(record, *named)))
    return render(request, "frame.html", {"list": record, "pieces": pieces}, status=pieces.status)


def since_last_act(read: Callable[..., Thing], *named: Hashable) -> Thing:
    """read(*named), asked anew once anybody has acted. named: everything it depends on but what acts change; who asks, too, where it matters."""
    return _looked_up.get((read.__module__, read.__qualname__, last_act(), *named), lambda: read(*named))  # type: ignore[no-any-return]


def _draw(template: str, record: Any, context: dict[str, Any]) -> Pieces:
    drawn = render_to_string(template, {**context, "list": record, "drawn_in": "kept/pieces.html", "cut": CUT})
    title, head, main, foot, scripts = (mark_safe(piece) for piece in drawn.split(CUT))     # what the template engine wrote is safe already
    return Pieces(title, head, main, foot, scripts, context.get("status", 200))
