"""人员：谁能登录，各在什么岗位？ The list of people, and a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from luoshi.actions.make_person import make_person
from luoshi.actions.new_password import new_password
from luoshi.store.clock import now
from luoshi.store.queries.people import is_taken, people_of
from luoshi.store.queries.units import the_unit, unit_names
from luoshi.store.roles import ROLE_WORDS, UNIT_ROLES
from luoshi.store.who import Who
from luoshi.web.guard import page

TAKEN = _("这个登录名已经有人用了，请换一个。")


class PersonForm(forms.Form):
    """A person with a first post; more posts are given on the page of posts."""

    username = forms.RegexField(r"^[A-Za-z0-9_.-]{3,40}$", label=_("登录名"), help_text=_("3到40位字母、数字、点、横线，例如 li.wei"),
                                error_messages={"invalid": _("登录名只能用字母、数字、点、横线、下划线，3到40位。")},
                                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}))
    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *((role, _(words)) for role, words in ROLE_WORDS.items())])
    organ = forms.TypedChoiceField(label=_("单位"), required=False, coerce=int, empty_value=None, help_text=_("联络员和单位负责人必选"))
    title = forms.CharField(label=_("岗位名称"), max_length=60, required=False, help_text=_("例如“办公室主任”；不填就用角色的名称"))

    def __init__(self, who: Who, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].choices = [("", _("不属于某个单位")), *unit_names(who)]  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        """One name, one person."""
        if is_taken(self.cleaned_data["username"]):
            raise ValidationError(TAKEN)
        return str(self.cleaned_data["username"])

    def clean(self) -> None:
        """Some roles make no sense without a unit."""
        if self.cleaned_data.get("role") in UNIT_ROLES and not self.cleaned_data.get("organ") and "organ" not in self.errors:
            self.add_error("organ", _("这个角色要在一个单位里。请选单位；单位不在其中，先到“单位”里新增。"))


@page("see_people")
def people(request: Any) -> HttpResponse:
    """?q= looks for a name, a sign-in name, a post, a unit."""
    words = request.GET.get("q", "").strip()[:40]
    return render(request, "people/people.html", {"people": people_of(request.who, words), "words": words,
                                                  "may_manage": request.who.may("manage_people")})


@never_cache
@page("manage_people")
def make(request: Any) -> HttpResponse:
    """The password is generated and shown once, in this answer only."""
    form = PersonForm(request.who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, password = form.cleaned_data, new_password()
        organ = the_unit(request.who, data["organ"]) if data["organ"] else None
        try:
            made = make_person(request.who, now(), data["username"], data["name"], password,
                               [(data["role"], data["title"] or ROLE_WORDS[data["role"]], organ)])
        except IntegrityError:
            form.add_error("username", TAKEN)
        else:
            return render(request, "people/made.html", {"person": made, "password": password})
    return render(request, "people/make.html", {"form": form}, status=422 if request.method == "POST" else 200)


urlpatterns = [path("people/", people, name="people"), path("people/new/", make, name="make_person")]
