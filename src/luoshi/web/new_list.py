"""新建清单：我要落实哪一份清单？ Title, year, and the pack that describes it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.actions.make_list import make_list
from luoshi.pack.find import shipped_packs
from luoshi.pack.load import load_pack
from luoshi.store.clock import now, today
from luoshi.web.guard import page


@cache
def pack_choices() -> tuple[tuple[str, str], ...]:
    """Shipped packs with their titles, the general one first."""
    titled = ((name, load_pack(name)[0].file.title) for name in shipped_packs())
    return tuple(sorted(titled, key=lambda pair: pair[0] != "base"))


class NewListForm(forms.Form):
    """A list before its first document."""

    title = forms.CharField(label=_("清单名称"), max_length=200, help_text=_("照文件标题写，例如“某市2026年重点工作任务清单”"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100, help_text=_("没有写日期的指标，按这一年年底到期"))
    pack = forms.ChoiceField(label=_("数据包"), choices=pack_choices,
                             help_text=_("数据包写明有哪些台账、指标怎样算。别的城市选通用包：绑定写好以前，每个指标都显示无数据"))


@page("make_list")
def new_list(request: Any) -> HttpResponse:
    """The new list leads straight to the upload."""
    form = NewListForm(request.POST or None, initial={"year": today().year, "pack": "base"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = make_list(request.who, now(), data["title"].strip(), data["year"], data["pack"])
        return redirect("imports", list_id=made.pk) if request.who.may("import_document") else redirect("lists")
    return render(request, "new_list/new_list.html", {"form": form}, status=422 if request.method == "POST" else 200)


urlpatterns = [path("lists/new/", new_list, name="new_list")]
