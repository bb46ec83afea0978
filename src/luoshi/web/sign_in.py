"""登录：我是谁？ Sign-in, sign-out, and the language switch."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.actions.note_sign_in import note_sign_out
from luoshi.actions.second_factor import pass_factor
from luoshi.store.clock import now
from luoshi.store.queries.people import active_person
from luoshi.store.queries.sign_in import has_factor
from luoshi.store.who import who_is
from luoshi.web.session import HALF, ask_for_code, begin_session, half_signed_in


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(label=_("登录名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}))
    password = forms.CharField(label=_("密码"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """One wrong answer looks like another: a name that does not exist is not told apart."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = authenticate(request, **form.cleaned_data)
        if person is not None:
            return enter(request, person, "password", _next(request))
        form.add_error(None, _("登录名或密码不对。连续五次不对，这个登录名会停用15分钟。"))
    return render(request, "sign_in/sign_in.html", {"form": form, "ways": ways_in()}, status=401 if request.method == "POST" else 200)


def enter(request: HttpRequest, person: Any, way: str, next_: str) -> HttpResponse:
    """Whatever way somebody came: with a second factor the code is asked for first."""
    if has_factor(person.pk):
        ask_for_code(request, person.pk, way)
        return redirect(f"{reverse('second_code')}?{urlencode({'next': next_})}")
    begin_session(request, person, way)
    return HttpResponseRedirect(next_)


class CodeForm(forms.Form):
    """Six digits, or a recovery code."""

    code = forms.CharField(label=_("动态码"), max_length=20, help_text=_("手机验证器上的6位数字；手机不在，填一个恢复码"),
                           widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "inputmode": "text"}))

    def clean_code(self) -> str:
        """As people type it: with blanks, in capitals."""
        return "".join(self.cleaned_data["code"].split()).lower()


@never_cache
@sensitive_post_parameters("code")
def second_code(request: HttpRequest) -> HttpResponse:
    """A wrong code counts like a wrong password: five close the name for a while."""
    half = half_signed_in(request)
    person = active_person(half[0]) if half else None
    if half is None or person is None:
        return redirect("sign_in")
    if not AxesProxyHandler.is_allowed(request, {"username": person.username}):
        return locked_out(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if pass_factor(who_is(person), now(), form.cleaned_data["code"]):
            request.session.pop(HALF, None)
            begin_session(request, person, half[1])
            return HttpResponseRedirect(_next(request))
        user_login_failed.send(sender=__name__, credentials={"username": person.username}, request=request)
        form.add_error("code", _("动态码不对，或已经用过。请等手机上换了新的再填。连续五次不对，这个登录名会停用15分钟。"))
    return render(request, "sign_in/second_code.html", {"form": form}, status=401 if request.method == "POST" else 200)


def ways_in() -> list[tuple[str, str]]:
    """Buttons beside the password: address, words."""
    found = []
    for provider, chosen in settings.SOCIALACCOUNT_PROVIDERS.items():
        for app in chosen.get("APPS", ()):
            url = reverse("openid_connect_login", args=(app["provider_id"],)) if provider == "openid_connect" else reverse("dingtalk_login")
            found.append((url, app["name"]))
    return found


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Five wrong passwords: the name rests for 15 minutes (django-axes)."""
    return render(request, "sign_in/locked_out.html", status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign-out changes something, so it is a POST."""
    if request.session.session_key:
        note_sign_out(now(), request.session.session_key)
    logout(request)
    return redirect("sign_in")


def language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back."""
    to = request.GET.get("to", "")
    response = HttpResponseRedirect(_next(request))
    response.set_cookie("django_language", "en" if to == "en" else "zh-hans", max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


def _next(request: HttpRequest) -> str:
    """Only addresses of our own."""
    return inside(request, request.POST.get("next") or request.GET.get("next") or "/")


def inside(request: HttpRequest, target: str) -> str:
    """The address, where it is ours; the start otherwise."""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else "/"


urlpatterns = [path("sign-in/", sign_in, name="sign_in"), path("sign-in/code/", second_code, name="second_code"),
               path("sign-out/", sign_out, name="sign_out"), path("language/", language, name="language")]
