"""细看：这个数是哪里、哪家、哪个月来的，最近什么变了，当时知道的是多少？ Parts with their rows, what moved, and the figure as known on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.indicator.breakdown import By, CannotDivide, Part
from luoshi.indicator.evaluate import CannotMeasure
from luoshi.indicator.figure import Figure
from luoshi.indicator.moved import Movement
from luoshi.lexicon.written import number
from luoshi.provenance import Row
from luoshi.store.clock import today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.looking import correction_since, movement_of, part_of, parts_of
from luoshi.store.queries.registers import is_closed, names_of
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day
from luoshi.web.guard import page
from luoshi.web.kept import kept_page
from luoshi.web.row_links import links_of

VIEWS = {"district": _("按属地"), "supplier": _("按供数单位"), "month": _("按月"), "moved": _("什么变了"), "then": _("当时所知")}
FIRST = 200
Line = tuple[str | None, Row]
Link = Callable[[Iterable[str]], Mapping[str, str]]
"""Rows → addresses of those that may be opened; None in its place: the register is closed to this person."""


class MomentForm(forms.Form):
    """Which day, compared with which, and as known when."""

    on = forms.DateField(label=_("统计日"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    since = forms.DateField(label=_("和哪一天比"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    known = forms.DateField(label=_("按哪一天所知"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        """What cannot be looked at is said, and the page shows its first day."""
        cleaned = super().clean() or {}
        on = cleaned.get("on") or today()
        if cleaned.get("since") and cleaned["since"] >= on:
            self.add_error("since", _("要早于统计日。"))
        if cleaned.get("known") and cleaned["known"] > today():
            self.add_error("known", _("这一天还没有到，不知道那时会知道什么。"))
        return cleaned


@page("see_lists")
def parts(request: Any, list_id: int, target_id: str) -> HttpResponse:
    """`see`: one of VIEWS. `part`: the one whose rows are opened."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    as_of, see = ask_day(request)[1], request.GET.get("see", "district")
    asked = MomentForm(request.GET)
    good = asked.is_valid()
    since = (good and asked.cleaned_data["since"]) or as_of.replace(day=1) - timedelta(days=1)
    known = (good and asked.cleaned_data["known"]) or None
    problems = tuple(str(text) for texts in asked.errors.values() for text in texts)
    return kept_page(request, "parts/parts.html", gather_parts, record, target_id, see if see in VIEWS else "district", as_of, since, known,
                     request.GET.get("part", ""), names_of(request.who), problems)


def gather_parts(record: Any, target_id: str, see: str, as_of: date, since: date, known: date | None, part: str, names: frozenset[str] | None,
                 problems: tuple[str, ...]) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names."""
    told = tell_list(record, as_of, known)
    item = next((item for item in told.items if item.promise.id == target_id), None) if told else None
    if told is None or item is None:
        raise Http404
    form = MomentForm(initial={"on": as_of, "since": since, "known": known})
    shown: dict[str, Any] = {
        "item": item, "as_of": as_of, "since": since, "known": known, "see": see, "views": tuple(VIEWS.items()), "form": form, "problems": problems,
        "part": part, "query": f"on={as_of}&since={since}" + (f"&known={known}" if known else ""), "status": 422 if problems else 200,
        "closed": is_closed(names, told, item)}
    if item.figure is None:
        return shown

    def link(keys: Iterable[str]) -> Mapping[str, str]:
        return links_of(names, told, item, f"?on={as_of}", record.pk, keys)

    try:
        return shown | _looked(record, item.figure.indicator, see, as_of, since, known, part, None if shown["closed"] else link)
    except CannotMeasure as cannot:
        return shown | {"cannot": str(cannot)}


def _looked(record: Any, name: str, see: str, as_of: date, since: date, known: date | None, part: str, link: Link | None) -> dict[str, Any]:
    if see == "moved":
        return _moved(movement_of(record, name, since, as_of, known), link)
    if see == "then":
        then = known or since
        correction = correction_since(record, name, as_of, then)
        return {"then": then, "correction": correction} | (_moved(correction.rows, link) if correction else {})
    by: By = "month" if see == "month" else "supplier" if see == "supplier" else "district"
    found = parts_of(record, name, by, as_of, known)
    if isinstance(found, CannotDivide):
        return {"cannot": str(found)}
    opened = part_of(record, name, by, part, as_of, known) if part else None
    return {"parts": [_part_line(one) for one in found], "opened": opened, "opened_value": written(opened.figure) if opened else "",
            "groups": _rows_of(opened.figure, link) if opened and link else ()}


def _part_line(one: Part) -> tuple[str, str, int]:
    because = one.figure.because
    return one.name, written(one.figure), because.counted_total


def written(figure: Figure) -> str:
    """12.5亿元; — where it is not known."""
    return "—" if figure.value is None else f"{number(figure.value, figure.decimals)}{figure.unit}"


def _rows_of(figure: Figure, link: Link) -> tuple[tuple[str, int, list[Line]], ...]:
    because = figure.because
    links = link(row.key for row in (*because.excluded, *because.counted))
    return (("excluded", because.excluded_total, [(links.get(row.key), row) for row in because.excluded[:FIRST]]),
            ("counted", because.counted_total, [(links.get(row.key), row) for row in because.counted[:FIRST]]))


def _moved(movement: Movement, link: Link | None) -> dict[str, Any]:
    groups = (("entered", movement.entered), ("left", movement.left), ("changed", movement.changed))
    links = link(change.key for _kind, changes in groups for change in changes[:FIRST]) if link else {}
    lines = tuple((kind, len(changes), [(links.get(change.key), change) for change in changes[:FIRST]] if link else []) for kind, changes in groups)
    return {"movement": movement, "before": written(movement.before), "after": written(movement.after), "changes": lines,
            "step_unit": movement.after.unit}


urlpatterns = [path("lists/<int:list_id>/targets/<str:target_id>/parts/", parts, name="parts")]
