"""逐个作答：下一个问题是什么，怎么答？ One question, its sentence, the likely answers as buttons; skip, back, the same for all alike."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.answer_document import answer_document
from luoshi.actions.choose_table import ASKED as TABLE_ASKED
from luoshi.actions.choose_table import choose_table
from luoshi.actions.stale import Stale
from luoshi.plan.asking import same_answer, weights_of
from luoshi.plan.settle import NotAnAnswer
from luoshi.plan.task import Task
from luoshi.plan.walk import holder_of, nouns_of
from luoshi.publish.sentence_marks import SentencePart, mark_words
from luoshi.publish.step_words import Names
from luoshi.reading.source import Unreadable
from luoshi.store.clock import now
from luoshi.store.queries.draft import DraftAtHand, the_draft
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page
from luoshi.web.import_document import Asked, answers_in, asked_in, seen_in


@page("import_document")
def question(request: Any, list_id: int, document_id: int, number: int) -> HttpResponse:
    """A question that is there no longer (another table, a target dropped) leads back to the document."""
    draft = the_draft(request.who, list_id, document_id)
    if number < 1:
        raise Http404
    if draft is None or (draft.document.state == "confirmed" and request.method != "POST") or number > len(draft.questions):
        return redirect("import_document", list_id=list_id, document_id=document_id)
    if request.method != "POST":
        return _page(request, list_id, draft, number)
    try:
        return _answered(request, list_id, draft, number)
    except (Stale, NotAnAnswer, Unreadable) as refused:
        fresh = the_draft(request.who, list_id, document_id)
        assert fresh is not None
        return _page(request, list_id, fresh, min(number, len(fresh.questions)), str(refused), 409)


def _answered(request: Any, list_id: int, draft: DraftAtHand, number: int) -> HttpResponse:
    """Kept; then the next question that is open, after this one first."""
    asked = draft.questions[number - 1]
    answers = answers_in(request.POST, draft.questions)
    given = answers.get(asked.key, "")
    if asked.id == TABLE_ASKED and given not in {"", asked.answers[0].key}:
        choose_table(request.who, now(), draft.document.pk, given)
        messages.info(request, _("已经改读另一张表，方案和问题都换成了这张表的。"))
        return redirect("import_document", list_id=list_id, document_id=draft.document.pk)
    if given and request.POST.get("alike"):
        answers |= _alike(draft, number, given)
        messages.success(request, _("同样的答案用到了%(many)s个问题上。") % {"many": len(answers)})
    document = answer_document(request.who, now(), draft.document.pk, answers, seen_in(request.POST))
    open_ones = [a.number for a in asked_in(draft.questions, document.answers) if not a.settled]
    following = next((n for n in open_ones if n > number), open_ones[0] if open_ones else 0)
    if not following or following == number:
        messages.success(request, _("答案已保存。") if following else _("问题都答完了。核对一下方案，就可以确认。"))
        return redirect("import_document", list_id=list_id, document_id=document.pk)
    return redirect("import_question", list_id=list_id, document_id=document.pk, number=following)


def _alike(draft: DraftAtHand, number: int, answer: str) -> dict[str, str]:
    """For questions of the kind that nobody has answered yet."""
    others = tuple(q for q in draft.questions if not draft.answers.get(q.key))
    return same_answer(draft.questions[number - 1], answer, others)


def _page(request: Any, list_id: int, draft: DraftAtHand, number: int, problem: str = "", status: int = 200) -> HttpResponse:
    asked = asked_in(draft.questions, draft.answers)
    one = asked[number - 1]
    alike = max((len(_alike(draft, number, answer.key)) for answer in one.answers), default=0) if one.words is None else 0
    by = draft.log.last_answer(one.finding.key)
    return render(request, "import_question/import_question.html", {
        "list": the_list(request.who, list_id), "document": draft.document, "ask": one, "total": len(asked), "alike": alike, "problem": problem,
        "settled": sum(a.settled for a in asked), "before": number - 1, "next": number + 1 if number < len(asked) else 0, "by": by,
        "mine": request.POST.get(f"words:{one.finding.key}", one.words), "mine_words": _chosen(one, request.POST),
        **_about(draft, one)}, status=status)


def _chosen(one: Asked, form: Any) -> str:
    """What the form that was refused had chosen, in words."""
    chosen = form.get(f"answer:{one.finding.key}", "")
    return next((a.text for a in one.answers if a.key == chosen), "") or form.get(f"words:{one.finding.key}", "")


def _about(draft: DraftAtHand, one: Asked) -> dict[str, Any]:
    """What it is about, how much hangs on it, and the sentence with the words marked."""
    about = one.finding.about
    if not about or about not in nouns_of(draft.plan):
        return {"parts": (SentencePart(one.finding.source.quote, "1"),) if one.finding.source and one.finding.source.quote else ()}
    task, holder = holder_of(draft.plan, about)
    text = (holder.goal or holder.title) if isinstance(holder, Task) else holder.text
    quote = one.finding.source.quote if one.finding.source else ""
    return {"parts": mark_words(text, "".join(quote.split())), "about": Names(draft.plan).of(about), "noun_id": about,
            "task": task, "weight": weights_of(draft.plan).get(about, 0)}


urlpatterns = [path("lists/<int:list_id>/imports/<int:document_id>/questions/<int:number>/", question, name="import_question")]
