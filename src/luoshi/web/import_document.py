"""导入：它读懂我的文件了吗？ The document with its marks beside the plan, its questions, what has been changed so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.answer_document import answer_document
from luoshi.actions.choose_table import ASKED as TABLE_ASKED
from luoshi.actions.choose_table import choose_table, compile_again
from luoshi.actions.stale import Stale
from luoshi.actions.start_reading import start_reading
from luoshi.actions.step_back import step_back
from luoshi.lexicon.written import place_words
from luoshi.plan.asking import OF_A_FIGURE
from luoshi.plan.edit import touched
from luoshi.plan.settle import SUPPLIED_LATER, NotAnAnswer, settles
from luoshi.provenance import Answer, Finding
from luoshi.publish.marked import MarkedDocument, mark_document
from luoshi.publish.plan_draft import show_plan
from luoshi.reading.read import read_document
from luoshi.reading.source import Unreadable
from luoshi.store.clock import now
from luoshi.store.queries.documents import the_document
from luoshi.store.queries.draft import DraftAtHand, draft_of
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page

STRAYS_SHOWN = 60
TITLE_YEAR = re.compile(r"(20\d\d)年")   # 2019年重点工作任务清单


@dataclass(frozen=True, slots=True)
class Asked:
    """「问题栏」 One question on the page. words: what was written where the answer wants words, None where it wants none."""

    number: int
    finding: Finding
    answers: tuple[Answer, ...]
    given: str
    words: str | None
    settled: bool
    place: str


@page("import_document")
def import_document(request: Any, list_id: int, document_id: int) -> HttpResponse:
    """Answers are kept as they are given; `do` says what else the form asks for."""
    document = the_document(request.who, list_id, document_id)
    if request.method != "POST":
        return _progress(request, document) if "progress" in request.GET else _page(request, list_id, document)
    try:
        return _posted(request, list_id, document)
    except (Stale, NotAnAnswer, Unreadable) as refused:
        return _page(request, list_id, the_document(request.who, list_id, document_id), str(refused), 409)


def _posted(request: Any, list_id: int, document: Any) -> HttpResponse:
    do, here = request.POST.get("do", "answer"), redirect("import_document", list_id=list_id, document_id=document.pk)
    if do == "read":
        start_reading(request.who, now(), document.pk)
        return here
    draft = draft_of(document)
    if draft is None:
        raise Stale(_("这份文件还没有读完，现在还没有问题可答。请刷新页面。"))
    if do in {"undo", "redo"}:
        step = step_back(request.who, now(), document.pk, request.POST.get("mark", ""), forward=do == "redo")
        messages.success(request, (_("已重做：%(words)s") if do == "redo" else _("已撤销：%(words)s")) % {"words": step.words})
        return here
    if do == "compile-again":
        compile_again(request.who, now(), document.pk)
        messages.success(request, _("已重新读了一遍，答案和修改都留着；用不上的列在页面上。"))
        return here
    return _answered(request, list_id, document, draft) or here


def _answered(request: Any, list_id: int, document: Any, draft: DraftAtHand) -> HttpResponse | None:
    answers = answers_in(request.POST, draft.questions)
    other = _other_table(draft.questions, answers)
    if other:
        choose_table(request.who, now(), document.pk, other)
        messages.info(request, _("已经改读另一张表，方案和问题都换成了这张表的。"))
        return None
    document = answer_document(request.who, now(), document.pk, answers, seen_in(request.POST))
    if request.headers.get("HX-Request"):
        return render(request, "import_document/saved.html", {"asked": asked_in(draft.questions, document.answers)})
    if request.POST.get("do") == "confirm":
        return redirect("confirm_plan", list_id=list_id, document_id=document.pk)
    messages.success(request, _("答案已保存。"))
    return None


def answers_in(form: Any, questions: tuple[Finding, ...]) -> dict[str, str]:
    """What a form says about these questions, "" where an answer is taken back. A key that is none of theirs stays: the action refuses it."""
    answers = {name.removeprefix("answer:"): form[name] for name in form if name.startswith("answer:")}
    for question in questions:
        words = form.get(f"words:{question.key}")
        if words is not None and question.answers:
            answers[question.key] = f"{question.answers[0].key}|{' '.join(words.split())}" if words.strip() else ""
    return answers


def seen_in(form: Any) -> dict[str, str]:
    """The answers that the form showed as given."""
    return {name.removeprefix("seen:"): form[name] for name in form if name.startswith("seen:")}


def _other_table(questions: tuple[Finding, ...], answers: dict[str, str]) -> str | None:
    """The table that the form asks for instead of the one that was read."""
    chosen = [answers[q.key] for q in questions if q.id == TABLE_ASKED and answers.get(q.key) not in {None, "", q.answers[0].key}]
    return chosen[0] if chosen else None


def asked_in(questions: tuple[Finding, ...], given: dict[str, str]) -> list[Asked]:
    """Numbered, with what was answered so far."""
    return [_one(number, question, given.get(question.key, "")) for number, question in enumerate(questions, 1)]


def _one(number: int, question: Finding, given: str) -> Asked:
    wants_words = bool(question.answers) and question.answers[0].key in SUPPLIED_LATER
    words = given.partition("|")[2] if wants_words else None
    place = place_words(question.source.place) if question.source else ""
    return Asked(number, question, question.answers, given, words, bool(given) and settles(given), place)


def _progress(request: Any, document: Any) -> HttpResponse:
    """The part of the page that asks again every second; once there is more to show it asks for the whole page."""
    if document.state in {"received", "reading"}:
        return render(request, "import_document/progress.html", {"document": document})
    return HttpResponse(headers={"HX-Refresh": "true"})


def _page(request: Any, list_id: int, document: Any, problem: str = "", status: int = 200) -> HttpResponse:
    record = the_list(request.who, list_id)
    shown = {"list": record, "document": document, "problem": problem, "number": record.plan.number if record.plan else 0}
    draft = draft_of(document)
    if draft is not None:
        shown |= {**_read(draft), "other_year": _other_year(draft, record.year)}
        shown["problem"] = problem or shown.pop("file_problem")
    return render(request, "import_document/import_document.html", shown, status=status)


def _other_year(draft: DraftAtHand, year: int) -> str:
    """The year in the document's title, where it is not the list's: deadlines were read with the list's year."""
    years = TITLE_YEAR.findall(draft.compiled.document.title)
    return years[-1] if years and str(year) not in years else ""


def _read(draft: DraftAtHand) -> dict[str, Any]:
    """What was read: questions, the document marked, the plan as answers and edits make it, remarks."""
    marked, file_problem = _marked(draft)
    asked = asked_in(draft.questions, draft.answers)
    remarks = [(f, place_words(f.source.place) if f.source else "")
               for f in draft.plan.findings if f.level != "question" and f.id != "text.outside-list"]
    first, later = ([a for a in asked if (a.finding.id in OF_A_FIGURE) is is_later] for is_later in (False, True))
    return {"plan": show_plan(draft.plan, draft.questions), "marked": marked, "file_problem": file_problem,
            "strays": marked.strays[:STRAYS_SHOWN] if marked else (), "remarks": remarks, "asked": asked, "first": first, "later": later,
            "open": sum(not a.settled for a in first), "open_later": sum(not a.settled for a in later),
            "next_open": next((a.number for a in asked if not a.settled), 0), "log": draft.log, "revised": draft.revised,
            "unfit_steps": draft.unfit_steps,
            "edited": {id for edit in draft.log.edits() for id in touched(edit)},
            "versions": list(draft.document.plans.values_list("number", flat=True))}


def _marked(draft: DraftAtHand) -> tuple[MarkedDocument | None, str]:
    """The file itself, read again; the plan is shown without it where it is gone (a restore without its files), and the page says so."""
    try:
        source = read_document(Path(settings.MEDIA_ROOT) / draft.document.file, draft.document.name)
    except Unreadable as gone:
        return None, str(gone)
    return mark_document(source, draft.plan, draft.questions), ""


urlpatterns = [path("lists/<int:list_id>/imports/<int:document_id>/", import_document, name="import_document")]
