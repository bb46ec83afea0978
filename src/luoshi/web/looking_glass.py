"""A figure looked at closely, on whichever page: by place, unit, month or column, what moved, what was known then. In: a figure, what was asked.

Out: what templates/parts/looked.html shows. The pages of a target and of a figure that no target asks for share it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.indicator.breakdown import CannotDivide, Part, columns_of
from luoshi.indicator.evaluate import CannotMeasure
from luoshi.indicator.figure import Figure
from luoshi.indicator.moved import Movement
from luoshi.pack.pack import Pack
from luoshi.provenance import Row
from luoshi.publish.explain import figure_words
from luoshi.store.clock import today
from luoshi.store.queries.looking import correction_since, movement_of, part_of, parts_of
from luoshi.web.day import ask_day

VIEWS = {"district": _("按属地"), "supplier": _("按供数单位"), "month": _("按月"), "column": _("按一列"), "moved": _("什么变了"),
         "then": _("当时所知")}
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


class KnownForm(MomentForm):
    """Which day, and as known when: for pages that compare nothing."""

    since = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Looking:
    """「细看什么」 see: one of VIEWS, or "" for the figure as it is; by: the column; part: the one whose rows are opened."""

    see: str
    as_of: date
    since: date
    known: date | None
    by: str = ""
    part: str = ""

    @property
    def query(self) -> str:
        """What every link of the page carries on, apart from `see` and `part`."""
        return f"on={self.as_of}&since={self.since}" + (f"&known={self.known}" if self.known else "") + (f"&by={self.by}" if self.by else "")


def ask_looking(request: Any, first: str = "district") -> tuple[Looking, tuple[str, ...]]:
    """What the address asks for, and what is wrong with it. first: the view where none is named."""
    as_of, see, asked = ask_day(request)[1], request.GET.get("see", first), MomentForm(request.GET)
    good = asked.is_valid()
    since = (good and asked.cleaned_data["since"]) or as_of.replace(day=1) - timedelta(days=1)
    known = (good and asked.cleaned_data["known"]) or None
    problems = tuple(str(text) for texts in asked.errors.values() for text in texts)
    by = request.GET.get("by", "") if see == "column" else ""
    return Looking(see if see in VIEWS else first, as_of, since, known, by, request.GET.get("part", "")), problems


def ask_known(request: Any, as_of: date) -> tuple[KnownForm, date | None]:
    """As known when; None for all that is known. A day that cannot be is said in the form."""
    form = KnownForm({"on": as_of.isoformat(), "known": request.GET.get("known", "")})
    return form, (form.is_valid() and form.cleaned_data["known"]) or None


def shown_of(looking: Looking, problems: tuple[str, ...]) -> dict[str, Any]:
    """What the page shows of the question itself."""
    form = MomentForm(initial={"on": looking.as_of, "since": looking.since, "known": looking.known})
    return {"looking": looking, "as_of": looking.as_of, "since": looking.since, "known": looking.known, "see": looking.see, "part": looking.part,
            "views": tuple(VIEWS.items()), "form": form, "problems": problems, "query": looking.query, "status": 422 if problems else 200}


def looked_at(record: Any, pack: Pack, name: str, looking: Looking, link: Link | None) -> dict[str, Any]:
    """The answer, or why there is none (`cannot`). link None: rows stay closed."""
    columns = tuple((field.name, field.title) for field in columns_of(pack, name))
    shown: dict[str, Any] = {"columns": columns}
    if looking.see == "column" and looking.by not in dict(columns):
        return shown | {"choose": True}
    try:
        return shown | _looked(record, name, looking, link)
    except CannotMeasure as cannot:
        return shown | {"cannot": str(cannot)}


def _looked(record: Any, name: str, looking: Looking, link: Link | None) -> dict[str, Any]:
    as_of, known = looking.as_of, looking.known
    if looking.see == "moved":
        return _moved(movement_of(record, name, looking.since, as_of, known), link)
    if looking.see == "then":
        then = known or looking.since
        correction = correction_since(record, name, as_of, then)
        return {"then": then, "correction": correction} | (_moved(correction.rows, link) if correction else {})
    by = looking.by if looking.see == "column" else looking.see
    found = parts_of(record, name, by, as_of, known)
    if isinstance(found, CannotDivide):
        return {"cannot": str(found)}
    opened = part_of(record, name, by, looking.part, as_of, known) if looking.part else None
    return {"parts": [_part_line(one) for one in found], "opened": opened, "opened_value": figure_words(opened.figure) if opened else "",
            "groups": rows_of_figure(opened.figure, link) if opened and link else ()}


def _part_line(one: Part) -> tuple[str, str, int]:
    return one.name, figure_words(one.figure), one.figure.because.counted_total


def rows_of_figure(figure: Figure, link: Link) -> tuple[tuple[str, int, list[Line]], ...]:
    """Those that did not count before those that did."""
    because = figure.because
    links = link(row.key for row in (*because.excluded, *because.counted))
    return (("excluded", because.excluded_total, [(links.get(row.key), row) for row in because.excluded[:FIRST]]),
            ("counted", because.counted_total, [(links.get(row.key), row) for row in because.counted[:FIRST]]))


def _moved(movement: Movement, link: Link | None) -> dict[str, Any]:
    groups = (("entered", movement.entered), ("left", movement.left), ("changed", movement.changed))
    links = link(change.key for _kind, changes in groups for change in changes[:FIRST]) if link else {}
    lines = tuple((kind, len(changes), [(links.get(change.key), change) for change in changes[:FIRST]] if link else []) for kind, changes in groups)
    return {"movement": movement, "before": figure_words(movement.before), "after": figure_words(movement.after), "changes": lines,
            "step_unit": movement.after.unit}
