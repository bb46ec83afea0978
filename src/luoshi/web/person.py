"""人员：这个人在什么岗位，还让不让登录？ One person: posts, a new password, closing and opening the account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.actions.change_password import reset_password
from luoshi.actions.close_account import close_account, open_account
from luoshi.actions.keep_administrator import LastAdministrator
from luoshi.actions.link_identity import IdentityTaken, link_identity, unlink_identity
from luoshi.store.clock import now
from luoshi.store.queries.people import the_person
from luoshi.store.queries.sign_in import has_factor, identities_of
from luoshi.web.guard import page


class IdentityForm(forms.Form):
    """Who the person is elsewhere."""

    provider = forms.ChoiceField(label=_lazy("身份系统"))
    subject = forms.CharField(label=_lazy("标识"), max_length=200, help_text=_lazy("本人从那边登录被拒时，页面上显示的那一串；日志里也有"))

    def __init__(self, providers: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["provider"].choices = providers  # type: ignore[attr-defined]


@page("see_people")
def person(request: Any, person_id: int) -> HttpResponse:
    """What can be done to it depends on the right."""
    return _show(request, person_id)


@never_cache
@page("manage_people")
@require_POST
def reset(request: Any, person_id: int) -> HttpResponse:
    """The new password is in this answer only."""
    the_person(request.who, person_id)
    return _show(request, person_id, {"password": reset_password(request.who, now(), person_id)})


@page("manage_people")
@require_POST
def close(request: Any, person_id: int) -> HttpResponse:
    """One's own account stays: whoever closes it could not undo it."""
    asked = the_person(request.who, person_id)
    if asked.pk == request.who.person_id:
        return _show(request, person_id, {"problem": _("不能停用自己。请让另一位系统管理员来做。")}, 409)
    try:
        close_account(request.who, now(), person_id)
    except LastAdministrator as refused:
        return _show(request, person_id, {"problem": str(refused)}, 409)
    messages.success(request, _("已停用%(name)s：不能再登录，岗位已空出，令牌已失效。") % {"name": asked.name})
    return redirect("person", person_id=person_id)


@page("manage_people")
@require_POST
def reopen(request: Any, person_id: int) -> HttpResponse:
    """Posts are given anew."""
    asked = the_person(request.who, person_id)
    open_account(request.who, now(), person_id)
    messages.success(request, _("已恢复%(name)s的登录。岗位不会自动回来，请到“岗位”里重新安排。") % {"name": asked.name})
    return redirect("person", person_id=person_id)


@page("manage_people")
@require_POST
def link(request: Any, person_id: int) -> HttpResponse:
    """One identifier belongs to one person."""
    the_person(request.who, person_id)
    form = IdentityForm([(app["provider_id"], app["name"]) for way in settings.SOCIALACCOUNT_PROVIDERS.values() for app in way.get("APPS", ())],
                        request.POST)
    if not form.is_valid():
        return _show(request, person_id, {"identity_form": form}, 422)
    try:
        link_identity(request.who, now(), person_id, form.cleaned_data["provider"], form.cleaned_data["subject"])
    except IdentityTaken as refused:
        return _show(request, person_id, {"problem": str(refused), "identity_form": form}, 409)
    messages.success(request, _("已关联。"))
    return redirect("person", person_id=person_id)


@page("manage_people")
@require_POST
def unlink(request: Any, person_id: int, identity_id: int) -> HttpResponse:
    """From the next sign-in on."""
    the_person(request.who, person_id)
    unlink_identity(request.who, now(), person_id, identity_id)
    messages.success(request, _("已取消关联。"))
    return redirect("person", person_id=person_id)


def _show(request: Any, person_id: int, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    providers = [(app["provider_id"], app["name"]) for way in settings.SOCIALACCOUNT_PROVIDERS.values() for app in way.get("APPS", ())]
    own = {"providers": providers, "identities": identities_of(request.who, person_id), "identity_form": IdentityForm(providers),
           "has_factor": has_factor(person_id)} if request.who.may("manage_people") else {}
    shown = own | {"person": the_person(request.who, person_id), "may_manage": request.who.may("manage_people"),
             "is_self": person_id == request.who.person_id}
    return render(request, "person/person.html", shown | (more or {}), status=status)


urlpatterns = [path("people/<int:person_id>/", person, name="person"), path("people/<int:person_id>/reset-password/", reset, name="reset_password"),
               path("people/<int:person_id>/close/", close, name="close_account"), path("people/<int:person_id>/open/", reopen, name="open_account"),
               path("people/<int:person_id>/identities/", link, name="link_identity"),
               path("people/<int:person_id>/identities/<int:identity_id>/unlink/", unlink, name="unlink_identity")]
