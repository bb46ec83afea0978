"""开通：怎么设我自己的密码？ A one-time link sets a password; nobody sends passwords about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.actions.invite_person import invite_person, use_invite
from luoshi.actions.make_person import hash_of
from luoshi.store.clock import now
from luoshi.store.queries.people import the_person
from luoshi.store.queries.sign_in import the_invited
from luoshi.store.who import NotAllowed
from luoshi.web.guard import page
from luoshi.web.my_password import password_field


class InviteForm(forms.Form):
    """The password, twice."""

    password = password_field(_("密码"), "new-password", _("至少10位，不能全是数字，不能太常见，不能和姓名、登录名太像"))
    again = password_field(_("再输一遍"), "new-password")

    def __init__(self, person: Any, data: Any = None) -> None:
        super().__init__(data)
        self.person = person

    def clean_password(self) -> str:
        """The password rules of the settings, with the person's names."""
        validate_password(self.cleaned_data["password"], self.person)
        return str(self.cleaned_data["password"])

    def clean(self) -> None:
        """Both are the same."""
        if self.cleaned_data.get("password") and self.cleaned_data["password"] != self.cleaned_data.get("again"):
            raise ValidationError({"again": _("两次输入的密码不一样，请重输。")})


@never_cache
@page("manage_people")
@require_POST
def invite(request: Any, person_id: int) -> HttpResponse:
    """The link is in this answer only."""
    person = the_person(request.who, person_id)
    if not person.is_active or person.pk == request.who.person_id:
        raise Http404
    link = request.build_absolute_uri(f"/invited/{invite_person(request.who, now(), person_id)}/")
    return render(request, "invite/made.html", {"links": [(person, link)]})


@never_cache
@sensitive_post_parameters("password", "again")
def invited(request: Any, token: str) -> HttpResponse:
    """A link that was used, ran out, or never was, is not there."""
    person = the_invited(hash_of(token), now())
    if person is None:
        raise Http404
    form = InviteForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            use_invite(token, now(), form.cleaned_data["password"])
        except NotAllowed:
            raise Http404 from None
        messages.success(request, _now("密码已设好，请登录。"))
        return redirect("sign_in")
    return render(request, "invite/invited.html", {"form": form, "person": person}, status=422 if request.method == "POST" else 200)


urlpatterns = [path("people/<int:person_id>/invite/", invite, name="invite"), path("invited/<str:token>/", invited, name="invited")]
