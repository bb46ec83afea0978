"""一本台账：有哪些行？ The rows of one register, filtered by words and verification, 50 on a page."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.pack.as_register import find_rows_spec
from luoshi.pack.own_register import PREFIX
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.publish.register_map import place_field
from luoshi.publish.register_rows import RegisterLine, cards_of
from luoshi.register.series import awaited
from luoshi.store.queries.entering import entering_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import SeenRegister, names_of, see_register
from luoshi.store.queries.story import Told, get_ready, tell_list
from luoshi.store.queries.verifying import verifying_of
from luoshi.store.who import Who
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.kept import kept_page

ROWS = 50
SIZES = (("", "50"), ("200", "200"))
COLUMNS = 4
"""How many of a register's own columns a row shows; the record page has them all."""
ASKED = ("q", "verification", "order", "size", "on", "page")
"""What an address may ask for."""
ORDERS = (("", _("登记先后")), ("title", _("名称")), ("-recorded", _("最近登记的在前")))


class RowsForm(forms.Form):
    """Which rows, and in which order."""

    q = forms.CharField(label=_("含有的字"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    verification = forms.ChoiceField(label=_("核验"), required=False)
    order = forms.ChoiceField(label=_("顺序"), required=False, choices=ORDERS)
    size = forms.ChoiceField(label=_("每页行数"), required=False, choices=SIZES)

    def __init__(self, data: Any, words: list[str]) -> None:
        super().__init__(data)
        asked = {(data or {}).get("verification", "")} & set(VERIFICATION_WORDS.values())     # a level that no row has any more: none, not all
        self.fields["verification"].choices = [("", _("全部")), *((word, word) for word in sorted({*words, *asked}))]  # type: ignore[attr-defined]


@page("see_registers")
def register(request: Any, list_id: int, name: str) -> HttpResponse:
    """A register of which the person may see no row is not there for them."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    _, as_of = ask_day(request)
    asked = tuple((key, value) for key in ASKED if (value := request.GET.get(key, "")))
    return kept_page(request, "register/register.html", gather_register, record, as_of, day_query(request, as_of), name, asked,
                     names_of(request.who), acts_in(request.who, record, name))


def acts_in(who: Who, record: Any, name: str) -> tuple[bool, bool, bool]:
    """Whether the person may bring rows into the register, verify any, and change its columns."""
    spec = find_rows_spec(get_ready(record).pack, name)
    may_change = name.startswith(PREFIX) and who.may("make_register")
    return (entering_of(who, spec) is not None, bool(verifying_of(who, spec).levels), may_change) if spec else (False, False, False)


def gather_register(record: Any, as_of: date, on: str, name: str, asked: tuple[tuple[str, str], ...],
                    names: frozenset[str] | None, acts: tuple[bool, bool, bool] = (False, False, False)) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names. asked: the filter, the order and the page."""
    told = tell_list(record, as_of)
    if told is None:
        raise Http404
    seen, wanted = the_register(told, names, name), dict(asked)
    form = RowsForm(wanted, sorted({line.now.verification for line in seen.lines}))
    found = filter_lines(seen.lines, form.cleaned_data) if form.is_valid() else seen.lines
    rows = Paginator(found, int(form.cleaned_data.get("size") or ROWS)).get_page(wanted.pop("page", None))
    spec = find_rows_spec(told.pack, name)
    in_title = {field.title for field in spec.fields if field.name in spec.key} if spec and name not in told.pack.registers else frozenset()
    columns = _columns(seen.lines, in_title)
    return {
        "seen": seen, "form": form, "rows": rows, "found": len(found), "columns": columns, "as_of": as_of, "on": on,
        "lines": [(line, [dict(line.now.cells).get(column, "") for column in columns]) for line in rows],
        "awaited": awaited(told.pack.series[name], told.facts.observations.get(name, ()), as_of) if name in told.pack.series else None,
        "may_enter": acts[0], "may_verify": acts[1], "may_change": acts[2],
        "has_map": name in told.pack.registers and place_field(told.pack.registers[name]) is not None,
        "asked": urlencode(wanted), "status": 200 if form.is_valid() else 422}


def the_register(told: Told, names: frozenset[str] | None, name: str) -> SeenRegister:
    """One register as those see it who see the rows of these names."""
    card = next((card for card in cards_of(told.pack) if card.name == name), None)
    seen = see_register(told, card, names) if card else None
    if seen is None or (seen.hidden and not seen.lines and not seen.supplies):
        raise Http404
    return seen


def filter_lines(lines: tuple[RegisterLine, ...], asked: dict[str, str]) -> tuple[RegisterLine, ...]:
    """What the filter asks for, in the order that it asks for."""
    words = asked["q"].split()
    found = [line for line in lines if not asked["verification"] or line.now.verification == asked["verification"]]
    found = [line for line in found if all(word in _text(line) for word in words)]
    if asked["order"] == "title":
        found.sort(key=lambda line: line.title)
    if asked["order"] == "-recorded":
        found.sort(key=lambda line: str(line.now.recorded or ""), reverse=True)
    return tuple(found)


def _text(line: RegisterLine) -> str:
    now = line.now
    return "\n".join((line.key, line.title, now.supplier, *now.evidence, *(text for _, text in now.cells)))


def _columns(lines: tuple[RegisterLine, ...], in_title: AbstractSet[str]) -> tuple[str, ...]:
    """The first columns that tell rows apart: neither what the title says already nor the same word everywhere."""
    values: dict[str, set[str]] = {}
    for line in lines:
        for column, text in line.now.cells:
            values.setdefault(column, set()).add("" if text == line.title else text)
    return tuple(column for column, texts in values.items() if len(texts) > 1 and column not in in_title)[:COLUMNS]


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/", register, name="register")]
