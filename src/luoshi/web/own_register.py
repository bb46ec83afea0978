"""自建台账：要登记的东西没有现成的台账，我自己列几栏行不行？ A small register of the office's own: made, changed, taken back, written out."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.define_register import CannotDefine, define_register
from luoshi.actions.drop_register import drop_register
from luoshi.actions.stale import Stale
from luoshi.pack.own_register import register_to_yaml
from luoshi.store.clock import now
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.own_registers import OwnRegister, the_own_register
from luoshi.store.queries.units import unit_names
from luoshi.web.guard import page
from luoshi.web.own_register_form import SPARE, TYPES, ColumnTyped, RegisterTyped, complain, form_of, own_complaints, read_form, tree_of


@page("make_register")
def new_register(request: Any, list_id: int) -> HttpResponse:
    """Saved, it is there with template, import, form and rows, like those of the pack."""
    record = the_list(request.who, list_id)
    if request.method != "POST":
        return _show(request, record, None, form_of(None))
    return _save(request, record, None)


@page("make_register")
def change_register(request: Any, list_id: int, name: str) -> HttpResponse:
    """Once rows are there, only what leaves them as they are; while there is none, it can be taken back."""
    record = the_list(request.who, list_id)
    own = the_own_register(record, name)
    if request.method != "POST":
        return _show(request, record, own, form_of(own.spec))
    return _drop(request, record, own) if request.POST.get("do") == "drop" else _save(request, record, own)


@page("make_register")
def register_yaml(request: Any, list_id: int, name: str) -> HttpResponse:
    """register.yaml, to be put into a pack."""
    own = the_own_register(the_list(request.who, list_id), name)
    answer = HttpResponse(register_to_yaml(own.spec), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename=\"register.yaml\"; filename*=UTF-8''{quote(own.spec.title, safe='')}-register.yaml"
    return answer


def _save(request: Any, record: Any, own: OwnRegister | None) -> HttpResponse:
    before = own.spec if own else None
    typed = read_form(request.POST, before)
    if request.POST.get("do") == "more":
        return _show(request, record, own, typed, spare=SPARE * 3)
    complain(typed, own_complaints(typed))
    if typed.problems or typed.head.errors:
        return _show(request, record, own, typed, 422)
    try:
        made = define_register(request.who, now(), record.pk, own.spec.register_name if own else "", tree_of(typed, before), _expected(request))
    except CannotDefine as cannot:
        complain(typed, cannot.complaints)
        return _show(request, record, own, typed, 422)
    except Stale as stale:
        typed.problems.append(str(stale))
        return _show(request, record, own, typed, 409)
    messages.success(request, _("栏目改好了。") if own else _("台账建好了。可以下载模板、导入，也可以一行一行登记。"))
    return redirect("register", list_id=record.pk, name=made.name)


def _drop(request: Any, record: Any, own: OwnRegister) -> HttpResponse:
    typed = form_of(own.spec)
    try:
        drop_register(request.who, now(), record.pk, own.spec.register_name, _expected(request))
    except (CannotDefine, Stale) as cannot:
        typed.problems.append(str(cannot))
        return _show(request, record, own, typed, 409 if isinstance(cannot, Stale) else 422)
    messages.success(request, _("已撤销“%(title)s”。") % {"title": own.spec.title})
    return redirect("registers", list_id=record.pk)


def _show(request: Any, record: Any, own: OwnRegister | None, typed: RegisterTyped, status: int = 200, spare: int = SPARE) -> HttpResponse:
    written = [one for one in typed.columns if not one.is_blank]
    columns = [*written, *(ColumnTyped() for _n in range(spare))] if written else typed.columns
    return render(request, "own_register/own_register.html", {
        "list": record, "own": own, "typed": typed, "columns": columns,
        "types": [(key, words) for key, words, _says in TYPES], "units": [name for _pk, name in unit_names(request.who)],
        "expected": request.POST.get("expected") or (own.number if own else 0)}, status=status)


def _expected(request: Any) -> int:
    text = request.POST.get("expected", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


AT = "lists/<int:list_id>/registers/"
urlpatterns = [path(f"{AT}new/", new_register, name="new_register"), path(f"{AT}<str:name>/columns/", change_register, name="change_register"),
               path(f"{AT}<str:name>/register.yaml", register_yaml, name="register_yaml")]
