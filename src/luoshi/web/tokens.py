"""令牌：哪个程序能读我的数据，读到什么时候？ Tokens of the API: made, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.actions.make_token import make_token, revoke_token
from luoshi.store.clock import now
from luoshi.store.queries.people import the_token, tokens_of
from luoshi.store.queries.writable import writable
from luoshi.store.scopes import SCOPE_WORDS
from luoshi.store.who import Who
from luoshi.web.guard import page

DAYS = (30, 90, 365)


class TokenForm(forms.Form):
    """Every token ends: one that nobody remembers then does no harm."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("哪个系统用它，例如“数据大屏”"))
    scope = forms.ChoiceField(label=_("能做什么"))
    days = forms.TypedChoiceField(label=_("有效期"), coerce=int, choices=[(days, _("%(days)d天") % {"days": days}) for days in DAYS], initial=90)

    def __init__(self, who: Who, data: Any = None) -> None:
        super().__init__(data)
        self.fields["scope"].choices = [(scope, scope_words(scope, who)) for scope in (*SCOPE_WORDS, *writable(who))]  # type: ignore[attr-defined]


def scope_words(scope: str, who: Who) -> str:
    """In the language of the page; a register by its title."""
    title = writable(who).get(scope)
    return _now("写入台账：%(title)s") % {"title": title} if title else _now(SCOPE_WORDS.get(scope, scope))


@never_cache
@page("make_token")
def tokens(request: Any) -> HttpResponse:
    """The token is in the answer to the POST only."""
    form = TokenForm(request.who, request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, now()
        made = make_token(request.who, at, data["name"], data["scope"], at + timedelta(days=data["days"]))
        form = TokenForm(request.who)
    at = now()
    shown = [(token, scope_words(token.scope, request.who), token.expires_at is None or token.expires_at > at)
             for token in tokens_of(request.who)]
    return render(request, "tokens/tokens.html", {"form": form, "made": made, "tokens": shown}, status=422 if form.errors else 200)


@page("make_token")
@require_POST
def revoke(request: Any, token_id: int) -> HttpResponse:
    """From this moment it reads nothing."""
    asked = the_token(request.who, token_id)
    revoke_token(request.who, now(), token_id)
    messages.success(request, _now("令牌“%(name)s”已停用。") % {"name": asked.name})
    return redirect("tokens")


urlpatterns = [path("tokens/", tokens, name="tokens"), path("tokens/<int:token_id>/revoke/", revoke, name="revoke_token")]
