"""单位：有哪些单位，文件里还怎么写它？ Units with aliases, validity, posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from luoshi.actions.make_unit import NameTaken, add_alias, change_unit, make_unit, remove_alias
from luoshi.store.clock import now, today
from luoshi.store.queries.units import the_unit, units_of
from luoshi.web.guard import page

KINDS = ("部门", "区县", "开发区", "国有企业", "垂直管理单位", "其他")


def _date(label: Any, hint: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class UnitForm(forms.Form):
    """Kind and validity."""

    kind = forms.ChoiceField(label=_("类型"), choices=[(kind, _(kind)) for kind in KINDS])
    valid_from = _date(_("启用"), _("不知道可以不填"))
    valid_to = _date(_("停用"), _("单位撤并时填；之前的方案和填报不受影响"))

    def clean(self) -> None:
        """A unit ends after it began."""
        begins, ends = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if begins and ends and ends < begins:
            raise ValidationError({"valid_to": _("停用日期早于启用日期，请核对。")})


class NewUnitForm(UnitForm):
    """The name too; it cannot be changed afterwards."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("按文件里常用的写法，例如 市财政局。定了就不再改，别的写法记成别名"))
    field_order = ("name", "kind", "valid_from", "valid_to")

    def clean_name(self) -> str:
        """As the compiler writes names: without blanks."""
        return "".join(self.cleaned_data["name"].split())


class AliasForm(forms.Form):
    """Another name."""

    alias = forms.CharField(label=_("增加别名"), max_length=80, help_text=_("文件里对它的另一种写法，例如 市发改委"))

    def clean_alias(self) -> str:
        """As the compiler writes names: without blanks."""
        return "".join(self.cleaned_data["alias"].split())


@page("see_people")
def units(request: Any) -> HttpResponse:
    """Units come by themselves with a confirmed plan."""
    return render(request, "units/units.html", {"units": units_of(request.who), "may_manage": request.who.may("manage_units"), "today": today()})


@page("manage_units")
def make(request: Any) -> HttpResponse:
    """A unit that no document has named yet."""
    form = NewUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = make_unit(request.who, now(), data["name"], data["kind"], data["valid_from"], data["valid_to"])
        except NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _now("已新增单位“%(name)s”。") % {"name": made.name})
            return redirect("unit", organ_id=made.pk)
    return render(request, "units/make.html", {"form": form}, status=422 if request.method == "POST" else 200)


@page("see_people")
def unit(request: Any, organ_id: int) -> HttpResponse:
    """Show; a POST changes kind and validity."""
    the_unit(request.who, organ_id)
    if request.method != "POST":
        return _show(request, organ_id)
    request.who.must("manage_units")
    form = UnitForm(request.POST)
    if not form.is_valid():
        return _show(request, organ_id, {"form": form}, 422)
    change_unit(request.who, now(), organ_id, **form.cleaned_data)
    messages.success(request, _now("已保存。"))
    return redirect("unit", organ_id=organ_id)


@page("manage_units")
@require_POST
def alias(request: Any, organ_id: int) -> HttpResponse:
    """Add an alias."""
    the_unit(request.who, organ_id)
    form = AliasForm(request.POST)
    if form.is_valid():
        try:
            add_alias(request.who, now(), organ_id, form.cleaned_data["alias"])
        except NameTaken as taken:
            form.add_error("alias", str(taken))
        else:
            messages.success(request, _now("已增加别名。以后的文件里写到它，就认作这个单位。"))
            return redirect("unit", organ_id=organ_id)
    return _show(request, organ_id, {"alias_form": form}, 422)


@page("manage_units")
@require_POST
def unalias(request: Any, organ_id: int, alias_id: int) -> HttpResponse:
    """Remove an alias."""
    the_unit(request.who, organ_id)
    remove_alias(request.who, now(), organ_id, alias_id)
    messages.success(request, _now("已去掉别名。"))
    return redirect("unit", organ_id=organ_id)


def _show(request: Any, organ_id: int, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    asked = the_unit(request.who, organ_id)
    initial = {"kind": asked.kind, "valid_from": asked.valid_from, "valid_to": asked.valid_to}
    shown = {"unit": asked, "form": UnitForm(initial=initial), "alias_form": AliasForm(), "may_manage": request.who.may("manage_units"),
             "may_people": request.who.may("manage_people")}
    return render(request, "units/unit.html", shown | (more or {}), status=status)


urlpatterns = [path("units/", units, name="units"), path("units/new/", make, name="make_unit"), path("units/<int:organ_id>/", unit, name="unit"),
               path("units/<int:organ_id>/aliases/", alias, name="add_alias"),
               path("units/<int:organ_id>/aliases/<int:alias_id>/remove/", unalias, name="remove_alias")]
