"""密码：怎么换掉我的密码？ One's own password; other places are signed out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from luoshi.actions.change_password import change_password
from luoshi.store.clock import now
from luoshi.web.guard import page


def password_field(label: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    """A password as it was typed: blanks count."""
    return forms.CharField(label=label, max_length=200, strip=False, help_text=hint, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}))


class MyPasswordForm(forms.Form):
    """The old one, because a signed-in desk may be left alone; the new one twice."""

    old = password_field(_("现在的密码"), "current-password")
    password = password_field(_("新密码"), "new-password", _("至少10位，不能全是数字，不能太常见，不能和姓名、登录名太像"))
    again = password_field(_("再输一遍新密码"), "new-password")

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old(self) -> str:
        """Wrong ones are counted like those at sign-in: nobody guesses on at a desk left alone."""
        if authenticate(self.request, username=self.request.user.username, password=self.cleaned_data["old"]) is None:
            raise ValidationError(_("现在的密码不对，请重输。"))
        return str(self.cleaned_data["old"])

    def clean_password(self) -> str:
        """The password rules of the settings, with the person's names."""
        validate_password(self.cleaned_data["password"], self.request.user)
        return str(self.cleaned_data["password"])

    def clean(self) -> None:
        """Both are the same."""
        if self.cleaned_data.get("password") and self.cleaned_data["password"] != self.cleaned_data.get("again"):
            raise ValidationError({"again": _("两次输入的密码不一样，请重输。")})


@never_cache
@sensitive_post_parameters("old", "password", "again")
@page()
def my_password(request: Any) -> HttpResponse:
    """This session stays, with a new key; every other one ends."""
    form = MyPasswordForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, change_password(request.who, now(), form.cleaned_data["password"]))
        messages.success(request, _now("密码已换。其他地方的登录都已退出。"))
        return redirect("my_password")
    return render(request, "my_password/my_password.html", {"form": form}, status=422 if request.method == "POST" else 200)


urlpatterns = [path("my-password/", my_password, name="my_password")]
