"""审核：哪些等我签发、接收？ The queue of heads (sign) and of the office (accept); each can be returned with a reason; where the others stand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.actions.accept_report import accept_report
from luoshi.actions.reopen_report import reopen_report
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.return_report import return_report
from luoshi.actions.sign_report import sign_report
from luoshi.actions.stale import Stale
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reviews import queue_for, waiting_report
from luoshi.store.queries.story import tell_list
from luoshi.web.guard import page


@page("see_reports")
def reviews(request: Any, list_id: int) -> HttpResponse:
    """Everybody who sees reports sees where they stand; buttons are for those whose turn it is."""
    return _page(request, list_id)


@require_POST
@page("see_reports")
def decide_report(request: Any, list_id: int, report_id: int) -> HttpResponse:
    """do: sign, accept, return or reopen. A report of another unit is not there."""
    record = the_list(request.who, list_id)
    report = waiting_report(request.who, record, report_id)
    if report is None:
        raise Http404
    try:
        said = _decide(request, report_id)
    except Stale as stale:
        return _page(request, list_id, 409, {"id": report_id, "words": [str(stale)], "reason": request.POST.get("reason", "")})
    except ReportRefused as refused:
        return _page(request, list_id, 422, {"id": report_id, "words": list(refused.problems.values()), "reason": request.POST.get("reason", "")})
    messages.success(request, said)
    return redirect("reviews", list_id=list_id)


def _decide(request: Any, report_id: int) -> str:
    seen, act = request.POST.get("revision", ""), request.POST.get("do")
    revision = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
    if act == "sign":
        sign_report(request.who, now(), today(), report_id, revision)
        return _("已签发，转督查室接收。")
    if act == "accept":
        accept_report(request.who, now(), today(), report_id, revision)
        return _("已接收并封存，总览上的数已更新。")
    if act == "return":
        return_report(request.who, now(), report_id, revision, request.POST.get("reason", ""))
        return _("已退回，填报单位会在“我的事”里看到原因。")
    if act == "reopen":
        reopen_report(request.who, now(), report_id, revision, request.POST.get("reason", ""))
        return _("已退回重报：原来接收的内容留着可看，这个数暂不计入；已印发的通报不变。")
    raise Http404


def _page(request: Any, list_id: int, status: int = 200, problem: dict[str, Any] | None = None) -> HttpResponse:
    record = the_list(request.who, list_id)
    queue = queue_for(request.who, record, tell_list(record, today()))
    here = {w.report.pk for w in (*queue.to_sign, *queue.to_accept)}
    return render(request, "reviews/reviews.html", {"list": record, "queue": queue, "problem": problem, "signs": request.who.may("sign_report"),
                                                    "accepts": request.who.may("accept_report"),
                                                    "gone": problem is not None and problem["id"] not in here}, status=status)


urlpatterns = [path("lists/<int:list_id>/reviews/", reviews, name="reviews"),
               path("lists/<int:list_id>/reviews/<int:report_id>/", decide_report, name="decide_report")]
