"""任务：这项任务到哪一步了？ One task: its goal, what is promised, who does what, what was reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan
from luoshi.plan.task import Task
from luoshi.publish.sentence_marks import mark_promises
from luoshi.status.trajectory import share_of_year
from luoshi.store.clock import today
from luoshi.store.queries.blockers import BlockerOfPromise, tally_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reports_of import TaskReport, reports_of
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.kept import kept_page, since_last_act


@page("see_lists")
def task(request: Any, list_id: int, no: str) -> HttpResponse:
    """A task is named by its number; one without, by its id."""
    record = the_list(request.who, list_id)
    _, as_of = ask_day(request)
    told = tell_list(record, as_of)
    if told is None:
        return redirect("imports", list_id=list_id)
    found = told.plan.tasks[_place_of(told.plan, no)]
    of_task = tuple(item.promise.id for item in told.items if item.task.id == found.id)
    reports = since_last_act(reports_of, request.who, list_id, of_task, as_of)
    tally = since_last_act(tally_of, request.who, record, today())
    troubles = None if tally is None else tuple(each for each in tally.of if each.promise_id in of_task)
    return kept_page(request, "task/task.html", gather_task, record, as_of, day_query(request, as_of), no, reports, troubles,
                     request.who.may("raise_case"))


def gather_task(record: Any, as_of: date, on: str, no: str, reports: tuple[TaskReport, ...] | None,
                troubles: tuple[BlockerOfPromise, ...] | None = None, may_raise: bool = False) -> dict[str, Any]:
    """What the page shows to those who see these reports and these troubles; None: to those who see none."""
    told = tell_list(record, as_of)
    if told is None:
        raise Http404
    at = _place_of(told.plan, no)
    found = told.plan.tasks[at]
    titles = {item.promise.id: item for item in told.items if item.task.id == found.id}
    return {
        "told": told, "task": found, "items": tuple(titles.values()), "as_of": as_of, "on": on,
        "time_share": share_of_year(as_of) if as_of.year == told.year else None,
        "goal": mark_promises(found.goal or "", (*found.targets, *found.milestones)), "measures": [_measure(m) for m in found.measures],
        "duties": _duties(found), "reports": [(report, titles[report.promise_id]) for report in reports or ()],
        "known": set(titles), "before": told.plan.tasks[at - 1] if at else None, "after": told.plan.tasks[at + 1:at + 2],
        "sees_reports": reports is not None, "may_raise": may_raise,
        "troubles": None if troubles is None else [(trouble, titles[trouble.promise_id]) for trouble in troubles]}


def _place_of(plan: Plan, no: str) -> int:
    for place, each in enumerate(plan.tasks):
        if no in (each.no, each.id):
            return place
    raise Http404


def _measure(measure: Measure) -> dict[str, Any]:
    return {"measure": measure, "parts": mark_promises(measure.text, (*measure.targets, *measure.milestones)), **_duties(measure)}


def _duties(holder: Task | Measure) -> dict[str, Any]:
    leads = tuple(dict.fromkeys(d.unit for d in holder.duties if d.role != "support"))
    return {"leads": leads, "supports": tuple(dict.fromkeys(d.unit for d in holder.duties if d.role == "support" and d.unit not in leads))}


urlpatterns = [path("lists/<int:list_id>/tasks/<str:no>/", task, name="task")]
