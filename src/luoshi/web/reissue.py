"""重新印发：和现行的一版比，哪里变了、哪里放松了，为什么？ Two versions side by side, reasons for what is easier, and the confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.carry_plan import LONGEST, ReasonWanted
from luoshi.actions.confirm_plan import NothingRead, confirm_plan
from luoshi.actions.stale import Stale
from luoshi.plan.settle import settles
from luoshi.publish.diff_rows import DiffRow, asked_rows, sections_of
from luoshi.publish.diff_words import opening, summary, unit_words
from luoshi.store.clock import now
from luoshi.store.queries.draft import DraftAtHand, the_draft
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reissue import Reissue, compare_with_version
from luoshi.web.guard import page


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """「理由栏」 One change that asks for a reason, what was written there, and whether it is missing."""

    row: DiffRow
    name: str
    given: str
    is_missing: bool


@page("confirm_plan")
def reissue(request: Any, list_id: int, document_id: int) -> HttpResponse:
    """Only for a list that has a version in force; a first version has nothing to be held against."""
    draft, record = the_draft(request.who, list_id, document_id), the_list(request.who, list_id)
    compared = compare_with_version(record, draft.plan) if draft and draft.plan.tasks else None
    if draft is None or compared is None or (draft.document.state == "confirmed" and request.method != "POST"):
        return redirect("import_document", list_id=list_id, document_id=document_id)
    if request.method != "POST":
        return _page(request, record, draft, compared, {})
    reasons = {name.removeprefix("reason:"): request.POST[name] for name in request.POST if name.startswith("reason:")}
    if _open(draft) and not request.POST.get("sure"):
        return _page(request, record, draft, compared, reasons, _("还有没定的，方案还没有确认。要照样确认，请勾选下面那一句；或先回去答完。"), 422)
    try:
        version = confirm_plan(request.who, now(), document_id, draft.answers, _number(request.POST.get("expected")), request.POST.get("mark"),
                               reasons)
    except Stale as stale:
        return _page(request, record, draft, compared, reasons, str(stale), 409)
    except ReasonWanted as wanted:
        return _page(request, record, draft, compared, reasons, str(wanted), 422, wanted.keys)
    except NothingRead as nothing:
        return _page(request, record, draft, compared, reasons, str(nothing), 422)
    messages.success(request, _("已确认为第%(number)s版方案，替换第%(before)s版；编号、填报和历史都接着用。")
                     % {"number": version.number, "before": compared.number})
    return redirect("board", list_id=list_id)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


def _open(draft: DraftAtHand) -> int:
    """How many questions are not settled, and edits that fit no more."""
    answers = draft.answers
    unsettled = sum(not (answers.get(q.key) and settles(answers[q.key])) for q in draft.questions)
    return unsettled + len(draft.revised.unanswered) + len(draft.revised.unfit)


def _page(request: Any, record: Any, draft: DraftAtHand, compared: Reissue, reasons: dict[str, str], problem: str = "", status: int = 200,
          missing: tuple[str, ...] = ()) -> HttpResponse:
    diff = compared.diff
    asked = [ReasonAsked(row, f"reason:{row.change.key}", reasons.get(row.change.key, ""), row.change.key in missing) for row in asked_rows(diff)]
    return render(request, "reissue/reissue.html", {
        "list": record, "document": draft.document, "draft": draft, "compared": compared, "opening": opening(diff), "summary": summary(diff),
        "asked": asked, "sections": [s for s in sections_of(diff) if s.rows], "units": [unit_words(change) for change in diff.units],
        "same": sum(change.hows == ("same",) for change in diff.changes), "open": _open(draft), "problem": problem, "limit": LONGEST}, status=status)


urlpatterns = [path("lists/<int:list_id>/imports/<int:document_id>/compare/", reissue, name="reissue")]
