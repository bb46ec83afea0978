"""从别的系统登录：别处认得我，这里认不认？ Sign-in by OIDC or DingTalk. allauth speaks the protocol; who it is, is decided here.

The issuer, or the organisation, must be the one that the operator wrote down; the identifier must have been linked by an administrator.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from luoshi.actions.link_identity import note_stranger
from luoshi.store.clock import now
from luoshi.store.queries.sign_in import person_of_identity
from luoshi.web.sign_in import enter, inside, locked_out


class OtherSystem(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Never makes an account, never links one: it only looks who was linked."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Nobody is made an account by signing in."""
        return False

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """The other system has vouched for somebody; allauth goes no further."""
        provider, subject = sociallogin.account.provider, sociallogin.account.uid
        person = person_of_identity(provider, subject)
        if person is None:
            note_stranger(now(), provider, subject, "not linked")
            raise ImmediateHttpResponse(_refuse(request, subject))
        if not AxesProxyHandler.is_allowed(request, {"username": person.username}):
            raise ImmediateHttpResponse(locked_out(request))
        raise ImmediateHttpResponse(enter(request, person, provider, inside(request, sociallogin.state.get("next") or "/")))

    def on_authentication_error(self, request: Any, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None) -> None:
        """Refused there, broken on the way, or of another organisation."""
        note_stranger(now(), getattr(provider.app, "provider_id", "") or provider.id, "", f"{error or ''} {type(exception).__name__}")
        raise ImmediateHttpResponse(_refuse(request, ""))


class OidcOfOffice(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """The issuer and the claims that the operator wrote down."""

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        """allauth compares the token with what the issuer's own page says; here with what we were told."""
        login = super().complete_login(request, app, token, **kwargs)
        said = login.account.extra_data.get("id_token") or {}
        claims = {**(login.account.extra_data.get("userinfo") or {}), **said}
        if said.get("iss") != app.settings["issuer"] or said.get("sub") != login.account.uid:
            raise PermissionDenied("issuer")
        if any(claims.get(name) != value for name, value in app.settings["claims"].items()):
            raise PermissionDenied("claims")
        return login


class DingTalkOfOffice(DingTalkOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Only people of the organisations that the operator wrote down: DingTalk says of which one with the token."""

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        """Before anything is asked about the person."""
        if kwargs["response"].get("corpId") not in app.settings["corp_ids"]:
            raise PermissionDenied("corpId")
        return super().complete_login(request, app, token, **kwargs)


@never_cache
@require_POST
def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A POST: nobody is sent there by a link from elsewhere."""
    return _there(OAuth2LoginView, OidcOfOffice(request, provider_id), request)


@never_cache
@require_GET
def oidc_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there."""
    return _there(OAuth2CallbackView, OidcOfOffice(request, provider_id), request)


@never_cache
@require_POST
def dingtalk_login(request: HttpRequest) -> HttpResponse:
    """To DingTalk."""
    return _there(OAuth2LoginView, DingTalkOfOffice(request), request)


@never_cache
@require_GET
def dingtalk_answer(request: HttpRequest) -> HttpResponse:
    """Back from DingTalk."""
    return _there(OAuth2CallbackView, DingTalkOfOffice(request), request)


def _there(view: Any, adapter: Any, request: HttpRequest) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer


def _refuse(request: HttpRequest, subject: str) -> HttpResponse:
    return render(request, "sign_in/stranger.html", {"subject": subject}, status=403)


urlpatterns = [path("sign-in/oidc/<slug:provider_id>/", oidc_login, name="openid_connect_login"),
               path("sign-in/oidc/<slug:provider_id>/answer/", oidc_answer, name="openid_connect_callback"),
               path("sign-in/dingtalk/", dingtalk_login, name="dingtalk_login"),
               path("sign-in/dingtalk/answer/", dingtalk_answer, name="dingtalk_callback")]
