"""二次验证：光有密码够不够？ One's own second factor: set it up by a QR code, recovery codes, take it away; who must have one."""

from __future__ import annotations

from typing import Any

import qrcode
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib import messages
from django.contrib.auth.signals import user_login_failed
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathFillImage

from luoshi.actions.second_factor import begin_factor, choose_factor_roles, confirm_factor, drop_factor, pass_factor, renew_codes, reset_factor
from luoshi.store.clock import now
from luoshi.store.one_time_code import address_of
from luoshi.store.queries.people import the_person
from luoshi.store.queries.sign_in import factor_of, factor_roles
from luoshi.store.roles import ROLE_WORDS
from luoshi.web.guard import page
from luoshi.web.sign_in import CodeForm, locked_out


class RolesForm(forms.Form):
    """Which roles must use it."""

    roles = forms.MultipleChoiceField(label=gettext_lazy("哪些角色必须用"), required=False, widget=forms.CheckboxSelectMultiple,
                                      choices=[(role, gettext_lazy(words)) for role, words in ROLE_WORDS.items()],
                                      help_text=gettext_lazy("选中的人下一次打开页面时，先设好二次验证才能做别的"))


@never_cache
@page(without_factor=True)
def second_factor(request: Any) -> HttpResponse:
    """How it stands; nothing is made by looking."""
    return _show(request)


@never_cache
@page(without_factor=True)
@require_POST
def begin(request: Any) -> HttpResponse:
    """A secret of one's own, which counts only after its first code."""
    begin_factor(request.who, now())
    return redirect("second_factor")


@never_cache
@sensitive_post_parameters("code")
@page(without_factor=True)
@require_POST
def confirm(request: Any) -> HttpResponse:
    """The recovery codes are in this answer only."""
    form = CodeForm(request.POST)
    codes = confirm_factor(request.who, now(), form.cleaned_data["code"]) if form.is_valid() else None
    if codes is None:
        form.add_error("code", _("动态码不对。请核对手机的时间，等换了新的再填。"))
        return _show(request, form, status=422)
    return _show(request, codes=codes)


@never_cache
@sensitive_post_parameters("code")
@page()
@require_POST
def change(request: Any) -> HttpResponse:
    """do=codes or do=drop, with a code: a desk left alone must not be enough. Wrong ones count like wrong passwords."""
    credentials = {"username": request.user.username}
    if not AxesProxyHandler.is_allowed(request, credentials):
        return locked_out(request)
    form = CodeForm(request.POST)
    if not (factor_of(request.who.person_id).since and form.is_valid() and pass_factor(request.who, now(), form.cleaned_data["code"])):
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        form.add_error("code", _("动态码不对，或已经用过。请等手机上换了新的再填。"))
        return _show(request, form, status=422)
    if request.POST.get("do") == "codes":
        return _show(request, codes=renew_codes(request.who, now()))
    drop_factor(request.who, now())
    messages.success(request, _("二次验证已取消。"))
    return redirect("second_factor")


@page("manage_people")
@require_POST
def roles(request: Any) -> HttpResponse:
    """Who must have it, as the administrator decides."""
    form = RolesForm(request.POST)
    if form.is_valid():
        choose_factor_roles(request.who, now(), frozenset(form.cleaned_data["roles"]))
        messages.success(request, _("已保存。"))
    return redirect("second_factor")


@page("manage_people")
@require_POST
def reset(request: Any, person_id: int) -> HttpResponse:
    """Somebody lost telephone and codes; never one's own this way."""
    person = the_person(request.who, person_id)
    if person.pk == request.who.person_id:
        messages.error(request, _("自己的二次验证请在“二次验证”里取消。"))
        return redirect("person", person_id=person_id)
    reset_factor(request.who, now(), person_id)
    messages.success(request, _("已取消%(name)s的二次验证。请本人尽快重新设置。") % {"name": person.name})
    return redirect("person", person_id=person_id)


def _show(request: Any, form: CodeForm | None = None, codes: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    stand = factor_of(request.who.person_id)
    drawn = mark_safe(drawing(address_of(stand.waiting, request.user.username))) if stand.waiting else ""  # drawn by us
    return render(request, "second_factor/second_factor.html", {
        "stand": stand, "drawn": drawn, "secret": " ".join(stand.waiting[n:n + 4] for n in range(0, len(stand.waiting), 4)), "codes": codes,
        "form": form or CodeForm(),
        "must": request.who.lacks_factor and not codes, "may_manage": request.who.may("manage_people"),
        "roles_form": RolesForm(initial={"roles": sorted(factor_roles())}) if request.who.may("manage_people") else None}, status=status)


def drawing(words: str) -> str:
    """A QR code as SVG, without script or style."""
    made: str = qrcode.make(words, image_factory=SvgPathFillImage, box_size=14).to_string(encoding="unicode")
    return made.replace("<svg ", '<svg class="qr" role="img" aria-hidden="true" ', 1)


urlpatterns = [path("second-factor/", second_factor, name="second_factor"), path("second-factor/begin/", begin, name="begin_factor"),
               path("second-factor/confirm/", confirm, name="confirm_factor"), path("second-factor/change/", change, name="change_factor"),
               path("second-factor/roles/", roles, name="factor_roles"),
               path("people/<int:person_id>/reset-factor/", reset, name="reset_factor")]
