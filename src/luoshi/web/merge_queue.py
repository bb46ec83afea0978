"""同一企业：这一行说的是名录里的哪一家？ Rows whose enterprise is not clear, with candidates; a person decides, and can take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.merge_rows import merge_rows, unmerge_rows
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.merging import decided, queue_of
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page

ROWS = 20


@page("merge_rows")
def merge_queue(request: Any, list_id: int) -> HttpResponse:
    """`do`: decide (code empty: none of them) or undo."""
    record = the_list(request.who, list_id)
    told = tell_list(record, today())
    if told is None:
        return redirect("imports", list_id=list_id)
    problems, status = {}, 200
    if request.method == "POST":
        try:
            return _posted(request, record)
        except StepRefused as refused:
            problems, status = refused.problems, 422
        except Stale as stale:
            problems, status = {"all": str(stale)}, 409
    queue, done = queue_of(record, told), decided(record)
    rows = Paginator(queue.to_decide, ROWS).get_page(request.GET.get("page"))
    return render(request, "merge_queue/merge_queue.html", {
        "list": record, "queue": queue, "rows": rows, "done": done[:50], "problems": problems, "typed": request.POST,
        "missing": queue.missing[:50]}, status=status)


def _posted(request: Any, record: Any) -> HttpResponse:
    form = request.POST
    if form.get("do") == "undo":
        wanted = next((one for one in decided(record) if str(one.pk) == form.get("merge")), None)
        if wanted is None:
            raise Http404
        unmerge_rows(request.who, now(), today(), wanted.pk, form.get("reason", "")[:500])
        messages.success(request, _("已撤销对“%(name)s”的认定，它回到队列里。") % {"name": wanted.name})
        return redirect("merge_queue", list_id=record.pk)
    if form.get("code") is None:
        raise StepRefused({"code": _("请选一家，或选“都不是”。")})
    made = merge_rows(request.who, now(), today(), record.pk, form.get("source", ""), form.get("key", ""), form["code"], form.get("reason", "")[:500])
    messages.success(request, _("“%(name)s”已认定。认错了可以在下面撤销。") % {"name": made.name})
    return redirect("merge_queue", list_id=record.pk)


urlpatterns = [path("lists/<int:list_id>/merges/", merge_queue, name="merge_queue")]
