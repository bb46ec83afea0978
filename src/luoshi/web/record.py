"""一行：它是什么、怎么变过、算进了哪些数？ One row of a register: versions, evidence, children, and the figures that count it or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.actions.move_row import STAGE
from luoshi.indicator.row_words import twin_words
from luoshi.pack.as_register import find_rows_spec
from luoshi.pack.register_spec import FREE_FIELDS, RegisterSpec
from luoshi.provenance import Row
from luoshi.publish.register_rows import RegisterLine, RegisterVersion, cards_of, changed_cells, sources_of, thing_of
from luoshi.register.record import field_of
from luoshi.status.stand import Item
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.merging import merges_of
from luoshi.store.queries.registers import names_of, rows_of
from luoshi.store.queries.rows import RowVersion, named_evidence, versions_of
from luoshi.store.queries.story import Told, tell_list
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.register import the_register
from luoshi.web.row_step import acts_on


@dataclass(frozen=True, slots=True)
class CountedIn:
    """「计入情况」 A figure that looked at the row: whether it counts there, and why. instead: keys of rows that do not count because it does."""

    item: Item
    row: Row
    counts: bool
    instead: tuple[str, ...] = ()

    @property
    def to_check(self) -> bool:
        """Left out for something that somebody has to look into: the pack's words end so."""
        return not self.counts and self.row.reason.partition("：")[0].endswith("要核对")


@page("see_registers")
def record(request: Any, list_id: int, name: str, key: str) -> HttpResponse:
    """A row that another unit supplies is not there for this one."""
    held = the_list(request.who, list_id)
    _, as_of = ask_day(request)
    told = tell_list(held, as_of)
    if told is None:
        return redirect("imports", list_id=list_id)
    seen = the_register(told, names_of(request.who), name)
    line = next((line for line in seen.lines if line.key == key), None)
    if line is None:
        raise Http404
    spec = find_rows_spec(told.pack, name)
    stored = versions_of(held, spec, key) if spec else ()
    supplier = stored[0].fact.row.get(FREE_FIELDS["supplier"], "") if stored else ""
    may_write, levels = acts_on(request.who, spec, supplier) if spec and stored else (False, ())
    return render(request, "record/record.html", {
        "stored": stored, "may_write": may_write, "may_step": may_write or bool(levels), "course": _course(spec, stored) if spec else [],
        "evidence": named_evidence(held, line.now.evidence), "merges": merges_of(held, name, key),
        "list": held, "card": seen.card, "line": line, "as_of": as_of, "on": day_query(request, as_of),
        "versions": _versions(line), "children": _children(told, name, key), "figures": _figures(told, name, key),
        "single": len(line.versions) == 1, "beside": _beside(told, seen.lines, name, key),
        "in_title": [field.title for field in spec.fields if field.name in spec.key] if spec else [],
    })


def _beside(told: Told, lines: tuple[RegisterLine, ...], name: str, key: str) -> list[RegisterLine]:
    """Other publications of the same period, other stages of the same deliverable, with this row among them; nothing for a register."""
    if name in told.pack.registers:
        return []
    return [line for line in lines if thing_of(told.pack, name, line.key) == thing_of(told.pack, name, key)]


def _course(spec: RegisterSpec, stored: tuple[RowVersion, ...]) -> list[tuple[str, str, str]]:
    """(stage, day on which it was reached or "", gone | here | ahead): the stages as a line, in the order of the register."""
    days: dict[str, str] = {}
    for version in reversed(stored):
        days.setdefault(version.fact.row.get(STAGE, ""), version.fact.row.get(FREE_FIELDS["happened_on"], ""))
    now = stored[0].fact.row.get(STAGE, "") if stored else ""
    place = spec.stages.index(now) if now in spec.stages else -1
    return [(stage, days.get(stage, ""), "here" if n == place else "gone" if n < place else "ahead") for n, stage in enumerate(spec.stages)]


def _versions(line: RegisterLine) -> list[tuple[RegisterVersion, tuple[tuple[str, str, str], ...]]]:
    """Newest first, each with what it changed."""
    pairs = zip((None, *line.versions), line.versions, strict=False)
    return [(now, changed_cells(before, now) if before else ()) for before, now in pairs][::-1]


def _children(told: Told, name: str, key: str) -> list[tuple[Any, list[RegisterLine], tuple[str, ...]]]:
    """(register, its rows that belong to this one, columns) for every register that hangs below."""
    found = []
    for child, spec in told.pack.registers.items():
        if spec.parent and spec.parent.register_name == name:
            column = field_of(spec, spec.parent.field).title
            lines = [line for line in rows_of(told, child) if dict(line.now.cells).get(column) == key]
            card = next(card for card in cards_of(told.pack) if card.name == child)
            found.append((card, lines, tuple(title for title, _ in lines[0].now.cells if title != column) if lines else ()))
    return found


def _figures(told: Told, name: str, key: str) -> list[CountedIn]:
    """Every line of the board whose figure, or one shown beside it, looked at the row; the first reason for each line."""
    found, keys = [], {key}
    if name in told.pack.deliverables:      # counted by the deliverable, not by its stages
        keys = {one.name for one in told.pack.deliverables[name].items if one.title == thing_of(told.pack, name, key)}
    for item in told.items:
        if item.figure and name in sources_of(told.pack.indicators[item.figure.indicator]):
            because = item.figure.because
            sides = ((because.counted, True), (because.excluded, False))
            twins = tuple(row.key for row in because.excluded if f"{twin_words(key)}）" in row.reason)
            hits = [CountedIn(item, row, counts, twins if counts else ()) for rows, counts in sides for row in rows if row.key in keys]
            found += hits[:1]
    return found


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/<path:key>/", record, name="record")]
