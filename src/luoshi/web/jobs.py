"""定时任务：该做的都做了吗，备份多久以前的？ Each job's last run, what it said, what is late; the outbox; running one now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.ask_job import ask_job, switch_job
from luoshi.actions.back_up_nightly import newest_backup
from luoshi.actions.schedules import SCHEDULES, the_job
from luoshi.actions.send_notices import send_again
from luoshi.store.clock import now
from luoshi.store.queries.jobs import lag_at, outbox_of, schedules_of
from luoshi.web.guard import page


@dataclass(frozen=True, slots=True)
class JobShown:
    """「任务行」 state: how the last run ended, in words; tone: a class of lights."""

    name: str
    title: str
    row: Any
    state: str
    tone: str


@page("see_jobs")
def jobs(request: Any) -> HttpResponse:
    """All of it on one page; nothing here runs anything."""
    at = now()
    rows = {row.job: row for row in schedules_of(request.who)}
    shown = [_shown(job.name, job.title, rows.get(job.name), at) for job in SCHEDULES]
    backup, lag = newest_backup(), lag_at(at)
    return render(request, "jobs/jobs.html", {
        "jobs": shown, "lag": lag, "late_minutes": int(lag.lateness.total_seconds() // 60) if lag.lateness is not None else None,
        "backup": backup, "backup_hours": int((at - backup.at).total_seconds() // 3600) if backup else None, "outbox": outbox_of(request.who, at),
        "may_run": request.who.may("run_jobs")})


@page("run_jobs")
@require_POST
def run(request: Any, name: str) -> HttpResponse:
    """Into the queue: the worker takes it within seconds."""
    job = the_job(name)
    if job is None:
        raise Http404
    ask_job(request.who, now(), name)
    messages.success(request, _("“%(title)s”已排队，几秒后开始。刷新本页看结果。") % {"title": _(job.title)})
    return redirect("jobs")


@page("run_jobs")
@require_POST
def switch(request: Any, name: str) -> HttpResponse:
    """on=1 or on=0."""
    job = the_job(name)
    if job is None:
        raise Http404
    switch_job(request.who, now(), name, request.POST.get("on") == "1")
    return redirect("jobs")


@page("run_jobs")
@require_POST
def resend(request: Any, notice_id: int) -> HttpResponse:
    """What was given up, once more."""
    send_again(request.who, now(), notice_id)
    messages.success(request, _("已放回发件箱，下一轮再发。"))
    return redirect("jobs")


def _shown(name: str, title: str, row: Any, at: datetime) -> JobShown:
    if row is None or row.started_at is None:
        return JobShown(name, title, row, _("还没有做过"), "none")
    if not row.is_on:
        return JobShown(name, title, row, _("已停"), "none")
    if row.ended_at is None or row.started_at > row.ended_at:
        return JobShown(name, title, row, _("正在做"), "none")
    if row.failures:
        return JobShown(name, title, row, _("连续失败%(count)d次") % {"count": row.failures}, "red")
    return JobShown(name, title, row, _("做完了"), "ok")


urlpatterns = [path("jobs/", jobs, name="jobs"), path("jobs/<slug:name>/run/", run, name="run_job"),
               path("jobs/<slug:name>/switch/", switch, name="switch_job"),
               path("jobs/outbox/<int:notice_id>/again/", resend, name="send_again")]
