"""单位：有哪些单位，谁归谁管，文件里还怎么写它？ Units as a tree, with aliases, validity, posts; external ones apart."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from luoshi.actions.make_unit import EXTERNAL, NameTaken, UnitRefused, UnitText, add_alias, change_unit, make_unit, remove_alias
from luoshi.store.clock import now, today
from luoshi.store.queries.units import the_unit, tree_of, unit_names, units_of
from luoshi.store.who import Who
from luoshi.web.guard import page

KINDS = ("部门", "区县", "开发区", "国有企业", "垂直管理单位", "其他", EXTERNAL)
UNITS = ("parent", "host", "counterpart")


def _date(label: Any, hint: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                           error_messages={"invalid": _("没有这一天。日期写成 2019-09-30 这样。")})


def _organ(label: Any, hint: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, help_text=hint)


class UnitForm(forms.Form):
    """Kind, where it stands, whom to call, validity."""

    kind = forms.ChoiceField(label=_("类型"), choices=[(kind, _(kind)) for kind in KINDS],
                             help_text=_("省里、外市和企业的协作方选“外部单位”：不在这里填报，难点里写得到它"))
    parent = _organ(_("上级（归口）"), _("归谁管；没有就空着"))
    host = _organ(_("挂靠（设在）"), _("办公室设在哪个单位里，例如 市金融办设在市财政局；没有就空着"))
    counterpart = _organ(_("本市对口单位"), _("只有外部单位才填：这边由谁和它对接"))
    contact = forms.CharField(label=_("联系方式"), max_length=200, required=False, help_text=_("处室、电话；登录的人看得到，不写手机号等个人信息"))
    valid_from = _date(_("启用"), _("不知道可以不填"))
    valid_to = _date(_("停用"), _("单位撤并时填；之前的方案和填报不受影响"))

    def __init__(self, who: Who, *args: Any, own: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("没有")), *((pk, name) for pk, name in unit_names(who) if pk != own)]
        for name in UNITS:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def text_of(self) -> UnitText:
        """As the action takes it."""
        typed = self.cleaned_data
        return UnitText(typed["kind"], typed["parent"], typed["host"], typed["counterpart"], typed["contact"].strip(), typed["valid_from"],
                        typed["valid_to"])

    def refuse(self, refused: UnitRefused) -> None:
        """What the action did not take, beside its field."""
        for name, words in refused.problems.items():
            self.add_error(name, words)


class NewUnitForm(UnitForm):
    """The name too; it cannot be changed afterwards."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("按文件里常用的写法，例如 市财政局。定了就不再改，别的写法记成别名"))
    field_order = ("name", "kind", *UNITS, "contact", "valid_from", "valid_to")

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
    """Units come by themselves with a confirmed plan; those outside the city stand apart."""
    every = units_of(request.who)
    tree, external = tree_of(every)
    return render(request, "units/units.html", {"units": every, "tree": tree, "external": external, "today": today(),
                                                "may_manage": request.who.may("manage_units")})


@page("manage_units")
def make(request: Any) -> HttpResponse:
    """A unit that no document has named yet."""
    form = NewUnitForm(request.who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_unit(request.who, now(), form.cleaned_data["name"], form.text_of())
        except NameTaken as taken:
            form.add_error("name", str(taken))
        except UnitRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _now("已新增单位“%(name)s”。") % {"name": made.name})
            return redirect("unit", organ_id=made.pk)
    return render(request, "units/make.html", {"form": form}, status=422 if request.method == "POST" else 200)


@page("see_people")
def unit(request: Any, organ_id: int) -> HttpResponse:
    """Show; a POST changes what is known of it."""
    the_unit(request.who, organ_id)
    if request.method != "POST":
        return _show(request, organ_id)
    request.who.must("manage_units")
    form = UnitForm(request.who, request.POST, own=organ_id)
    if form.is_valid():
        try:
            change_unit(request.who, now(), organ_id, form.text_of())
        except UnitRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _now("已保存。"))
            return redirect("unit", organ_id=organ_id)
    return _show(request, organ_id, {"form": form}, 422)


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
    initial = {"kind": asked.kind, "contact": asked.contact, "valid_from": asked.valid_from, "valid_to": asked.valid_to,
               **{name: getattr(asked, f"{name}_id") or "" for name in UNITS}}
    shown = {"unit": asked, "form": UnitForm(request.who, initial=initial, own=organ_id), "alias_form": AliasForm(),
             "may_manage": request.who.may("manage_units"), "may_people": request.who.may("manage_people")}
    return render(request, "units/unit.html", shown | (more or {}), status=status)


urlpatterns = [path("units/", units, name="units"), path("units/new/", make, name="make_unit"), path("units/<int:organ_id>/", unit, name="unit"),
               path("units/<int:organ_id>/aliases/", alias, name="add_alias"),
               path("units/<int:organ_id>/aliases/<int:alias_id>/remove/", unalias, name="remove_alias")]
