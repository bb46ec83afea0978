"""总览：哪一项要我过问？ The board of a list on a day: counts, the worst with their reason, every task, what changed, units by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from luoshi.publish.board import Board, make_board
from luoshi.publish.changes import find_changes
from luoshi.publish.months import month_ends, stand_by_unit
from luoshi.status.trajectory import share_of_year
from luoshi.store.clock import today
from luoshi.store.queries.blockers import BlockerTally, tally_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.story import Told, are_told, tell_days
from luoshi.web.day import ask_day, form_of, on_query
from luoshi.web.guard import page
from luoshi.web.kept import kept_page, since_last_act

WEEK, SHOWN = timedelta(days=7), 8


@page("see_lists")
def board(request: Any, list_id: int) -> HttpResponse:
    """?on=2019-08-31 shows another day; ?months=1 waits for units by month where they are not at hand."""
    record = the_list(request.who, list_id)
    _form, as_of = ask_day(request)
    told = tell_days(record, (as_of, as_of - WEEK))
    if not told:
        return redirect("imports", list_id=list_id)
    with_months = "months" in request.GET or are_told(record, month_ends(told[as_of].year, as_of))
    return kept_page(request, "board/board.html", gather_board, record, as_of, request.GET.get("on", ""), with_months,
                     since_last_act(tally_of, request.who, record, today()))


def gather_board(record: Any, as_of: date, on: str, with_months: bool, troubles: BlockerTally | None = None) -> dict[str, Any]:
    """What the board shows. on: the day as it was asked for; troubles: those that the person may see, as they stand today."""
    told, form = tell_days(record, (as_of, as_of - WEEK)), form_of(on or as_of.isoformat())
    now, before = told[as_of], told[as_of - WEEK]
    made = make_board(record.title, as_of, now.year, now.plan.tasks, now.items)
    changes = find_changes(before.items, now.items)
    by_month = tell_days(record, month_ends(now.year, as_of)) if with_months else None
    return {
        "told": now, "board": made, "form": form, "on": on_query(on, as_of), "week": (as_of - WEEK, as_of),
        "tally": _tally(made, before, now), "changes": changes[:SHOWN], "more": len(changes[SHOWN:]), "same": len(now.items) - len(changes),
        "units": len({unit for item in now.items for unit in item.leads}), "year": _year_line(made), "strip": _strip(by_month),
        "troubles": troubles, "stuck": troubles.by_promise if troubles else {},
        "findings": [f for f in now.findings if f.level in {"error", "warning", "question"}], "status": 422 if form.errors else 200}


def _tally(made: Board, before: Told, now: Told) -> list[tuple[str, int, int]]:
    """Every light: how many lines have it, and how many more than a week ago."""
    earlier = make_board(made.title, before.as_of, now.year, now.plan.tasks, before.items).counts
    return [(state, count, count - earlier[state]) for state, count in made.counts.items()]


def _year_line(made: Board) -> dict[str, Any] | None:
    """Where the day stands on the line of the year, in percent of its width; None outside the list's year."""
    if made.time_share is None:
        return None
    months = [(f"{(number - 0.5) / 12 * 100:.2f}%", number, number == made.as_of.month) for number in range(1, 13)]
    return {"here": f"{share_of_year(made.as_of) * 100:.2f}%", "months": months}


def _strip(by_month: Mapping[date, Told] | None) -> dict[str, Any] | None:
    if by_month is None:
        return None
    rows = stand_by_unit({day: told.items for day, told in by_month.items()})
    return {"rows": rows, "months": range(1, 13), "here": max((day.month for day in by_month), default=0), "rest": range(12 - len(by_month))}


urlpatterns = [path("lists/<int:list_id>/", board, name="board")]
