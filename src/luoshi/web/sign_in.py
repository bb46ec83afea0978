"""登录：我是谁？ Sign-in, sign-out, and the language switch."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.actions.note_sign_in import note_sign_in
from luoshi.store.clock import now
from luoshi.store.who import who_is


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
            login(request, person)
            note_sign_in(who_is(person), now())
            return HttpResponseRedirect(_next(request))
        form.add_error(None, _("登录名或密码不对。连续五次不对，这个登录名会停用15分钟。"))
    return render(request, "sign_in/sign_in.html", {"form": form}, status=401 if request.method == "POST" else 200)


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Five wrong passwords: the name rests for 15 minutes (django-axes)."""
    return render(request, "sign_in/locked_out.html", status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign-out changes something, so it is a POST."""
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
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else "/"


urlpatterns = [path("sign-in/", sign_in, name="sign_in"), path("sign-out/", sign_out, name="sign_out"), path("language/", language, name="language")]
