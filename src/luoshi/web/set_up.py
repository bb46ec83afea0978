"""启用：第一位管理员是谁？ The one-time set-up link."""

from __future__ import annotations

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from luoshi.actions.make_person import use_setup
from luoshi.store.clock import now
from luoshi.store.queries.people import is_set_up
from luoshi.store.who import NotAllowed


class SetUpForm(forms.Form):
    """The first administrator."""

    username = forms.RegexField(r"^[A-Za-z0-9_.-]{3,40}$", label=_("登录名"), help_text=_("3到40位字母、数字、点、横线"),
                                widget=forms.TextInput(attrs={"autocomplete": "username"}))
    name = forms.CharField(label=_("姓名"), max_length=40)
    password = forms.CharField(label=_("密码"), max_length=200, strip=False, help_text=_("至少10位，不能全是数字，不能太常见"),
                               widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(label=_("再输一遍"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean(self) -> None:
        """The password rules of the settings, with the names just typed; both passwords are the same."""
        names = {name: self.cleaned_data.get(name, "") for name in ("username", "name")}
        if "password" in self.cleaned_data:
            try:
                validate_password(self.cleaned_data["password"], get_user_model()(**names))
            except ValidationError as refused:
                self.add_error("password", refused)
        if self.cleaned_data.get("password") and self.cleaned_data.get("password") != self.cleaned_data.get("again"):
            raise ValidationError({"again": _("两次输入的密码不一样，请重输。")})


@sensitive_post_parameters("password", "again")
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """The link works once; afterwards it answers 404 like any address that is not there."""
    if is_set_up():
        raise Http404
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            use_setup(token, now(), data["username"], data["name"], data["password"])
        except NotAllowed:
            raise Http404 from None
        return redirect("sign_in")
    return render(request, "set_up/set_up.html", {"form": form}, status=422 if request.method == "POST" else 200)


urlpatterns = [path("set-up/<str:token>/", set_up, name="set_up")]
