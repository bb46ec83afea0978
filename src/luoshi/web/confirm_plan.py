"""确认方案：确认下去，生效的是什么，还有什么没定？ What is about to be put in force, what is left open, and the confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.carry_plan import ReasonWanted
from luoshi.actions.confirm_plan import NothingRead, confirm_plan
from luoshi.actions.stale import Stale
from luoshi.lexicon.written import place_words
from luoshi.plan.plan import Plan
from luoshi.plan.settle import settles
from luoshi.store.clock import now
from luoshi.store.queries.draft import DraftAtHand, the_draft
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page


@page("confirm_plan")
def confirm(request: Any, list_id: int, document_id: int) -> HttpResponse:
    """Where something is open, only with the word that it may stay open."""
    draft = the_draft(request.who, list_id, document_id)
    if draft is None or (draft.document.state == "confirmed" and request.method != "POST"):
        return redirect("import_document", list_id=list_id, document_id=document_id)
    if request.method != "POST":
        return redirect("reissue", list_id=list_id, document_id=document_id) if _replaces(request, list_id, draft) else _page(request, list_id, draft)
    if _open(draft) and not request.POST.get("sure"):
        return _page(request, list_id, draft, _("还有没定的，方案还没有确认。要照样确认，请勾选下面那一句；或先回去答完。"), 422)
    try:
        version = confirm_plan(request.who, now(), document_id, draft.answers, _number(request.POST.get("expected")), request.POST.get("mark"))
    except ReasonWanted as wanted:
        messages.warning(request, str(wanted))
        return redirect("reissue", list_id=list_id, document_id=document_id)
    except Stale as stale:
        return _page(request, list_id, draft, str(stale), 409)
    except NothingRead as nothing:
        return _page(request, list_id, draft, str(nothing), 422)
    messages.success(request, _("已确认为第%(number)s版方案，从现在起按它计算和亮灯：%(summary)s。") % {
        "number": version.number, "summary": _("、").join(f"{count}{words}" for count, words in _counts(draft.plan))})
    return redirect("board", list_id=list_id)


def _replaces(request: Any, list_id: int, draft: DraftAtHand) -> bool:
    """A version in force is compared with first: that page has the confirmation too."""
    return the_list(request.who, list_id).plan is not None and bool(draft.plan.tasks)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


def _open(draft: DraftAtHand) -> bool:
    return bool(_unsettled(draft) or draft.revised.unanswered or draft.revised.unfit)


def _unsettled(draft: DraftAtHand) -> list[tuple[int, str]]:
    return [(number, q.message) for number, q in enumerate(draft.questions, 1) if not settles_any(draft.answers.get(q.key, ""))]


def settles_any(answer: str) -> bool:
    """Whether the question is answered, and nothing left open by the answer."""
    return bool(answer) and settles(answer)


def _counts(plan: Plan) -> list[tuple[int, str]]:
    duties = [duty for _, holder in plan.holders() for duty in holder.duties]
    return [(len(plan.tasks), _("项任务")), (sum(len(t.measures) for t in plan.tasks), _("条举措")), (sum(1 for _t in plan.targets()), _("个指标")),
            (sum(1 for _m in plan.milestones()), _("个节点")), (len(duties), _("项责任")), (len({d.unit for d in duties}), _("个单位"))]


def _page(request: Any, list_id: int, draft: DraftAtHand, problem: str = "", status: int = 200) -> HttpResponse:
    record = the_list(request.who, list_id)
    remarks = [(f, place_words(f.source.place) if f.source else "") for f in draft.plan.findings if f.level in {"error", "warning"}]
    return render(request, "confirm_plan/confirm_plan.html", {
        "list": record, "document": draft.document, "draft": draft, "counts": _counts(draft.plan), "unsettled": _unsettled(draft),
        "remarks": remarks, "is_open": _open(draft), "number": record.plan.number if record.plan else 0, "problem": problem}, status=status)


urlpatterns = [path("lists/<int:list_id>/imports/<int:document_id>/confirm/", confirm, name="confirm_plan")]
