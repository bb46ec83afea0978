"""导入：它读懂我的文件了吗？ The document with its marks beside the plan, its questions, and the confirmation."""

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
from luoshi.actions.choose_table import choose_table
from luoshi.actions.confirm_plan import NothingRead, confirm_plan
from luoshi.actions.stale import Stale
from luoshi.actions.start_reading import start_reading
from luoshi.lexicon.written import place_words
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.plan.settle import SUPPLIED_LATER, NotAnAnswer, settle_questions, settles
from luoshi.provenance import Answer, Finding
from luoshi.publish.marked import MarkedDocument, mark_document
from luoshi.publish.plan_draft import show_plan
from luoshi.reading.read import read_document
from luoshi.reading.source import Unreadable
from luoshi.store.clock import now
from luoshi.store.queries.documents import the_document
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page

OF_A_TARGET = ("target.scope", "target.stock-or-flow", "target.band")
"""What a single figure means: may be answered later, on the target's own page. Everything else shapes the plan."""
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
    except (Stale, NotAnAnswer) as stale:
        return _page(request, list_id, the_document(request.who, list_id, document_id), str(stale), 409)
    except NothingRead as nothing:
        return _page(request, list_id, document, str(nothing), 422)


def _posted(request: Any, list_id: int, document: Any) -> HttpResponse:
    do = request.POST.get("do", "answer")
    here = redirect("import_document", list_id=list_id, document_id=document.pk)
    if do == "read":
        start_reading(request.who, now(), document.pk)
        return here
    if document.plan is None:
        raise Stale(_("这份文件还没有读完，现在还没有问题可答。请刷新页面。"))
    questions = questions_of(plan_from_json(document.plan))
    answers = answers_in(request.POST, questions)
    other = _other_table(questions, answers)
    if other:
        choose_table(request.who, now(), document.pk, other)
        messages.info(request, _("已经改读另一张表，方案和问题都换成了这张表的。"))
        return here
    document = answer_document(request.who, now(), document.pk, answers)
    if do == "confirm":
        version = confirm_plan(request.who, now(), document.pk, document.answers, _number(request.POST.get("expected")))
        messages.success(request, _("已确认为第%(number)s版方案，从现在起按它计算和亮灯。") % {"number": version.number})
        return redirect("board", list_id=list_id)
    if request.headers.get("HX-Request"):
        return render(request, "import_document/saved.html", {"asked": _asked(questions, document.answers)})
    messages.success(request, _("答案已保存。"))
    return here


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


def questions_of(plan: Plan) -> tuple[Finding, ...]:
    """Every question as the page numbers them: first what shapes the plan, then what single figures mean."""
    questions = [f for f in plan.findings if f.level == "question"]
    return tuple(sorted(questions, key=lambda f: f.id in OF_A_TARGET))


def answers_in(form: Any, questions: tuple[Finding, ...]) -> dict[str, str]:
    """What a form says about these questions, "" where an answer is taken back. A key that is none of theirs stays: the action refuses it."""
    answers = {name.removeprefix("answer:"): form[name] for name in form if name.startswith("answer:")}
    for question in questions:
        words = form.get(f"words:{question.key}")
        if words is not None:
            answers[question.key] = f"{question.answers[0].key}|{' '.join(words.split())}" if words.strip() else ""
    return answers


def _other_table(questions: tuple[Finding, ...], answers: dict[str, str]) -> str | None:
    """The table that the form asks for instead of the one that was read."""
    chosen = [answers[q.key] for q in questions if q.id == TABLE_ASKED and answers.get(q.key) not in {None, "", q.answers[0].key}]
    return chosen[0] if chosen else None


def _asked(questions: tuple[Finding, ...], given: dict[str, str]) -> list[Asked]:
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
    if document.plan is not None and document.state in {"read", "confirmed"}:
        shown |= {**_read(document), "other_year": _other_year(document, record.year)}
        shown["problem"] = problem or shown.pop("file_problem")
    return render(request, "import_document/import_document.html", shown, status=status)


def _other_year(document: Any, year: int) -> str:
    """The year in the document's title, where it is not the list's: deadlines were read with the list's year."""
    years = TITLE_YEAR.findall(document.plan["document"]["title"])
    return years[-1] if years and str(year) not in years else ""


def _read(document: Any) -> dict[str, Any]:
    """What was read: questions, the document marked, the plan as the answers so far make it, remarks."""
    compiled = plan_from_json(document.plan)
    questions = questions_of(compiled)
    plan = settle_questions(compiled, document.answers)
    marked, file_problem = _marked(document, plan, questions)
    asked = _asked(questions, document.answers)
    remarks = [(f, place_words(f.source.place) if f.source else "") for f in plan.findings if f.level != "question" and f.id != "text.outside-list"]
    return {"plan": show_plan(plan, questions), "marked": marked, "file_problem": file_problem,
            "strays": marked.strays[:STRAYS_SHOWN] if marked else (), "remarks": remarks, "asked": asked,
            "first": [a for a in asked if a.finding.id not in OF_A_TARGET], "later": [a for a in asked if a.finding.id in OF_A_TARGET],
            "open": sum(not a.settled for a in asked if a.finding.id not in OF_A_TARGET),
            "open_later": sum(not a.settled for a in asked if a.finding.id in OF_A_TARGET),
            "versions": list(document.plans.values_list("number", flat=True))}


def _marked(document: Any, plan: Plan, questions: tuple[Finding, ...]) -> tuple[MarkedDocument | None, str]:
    """The file itself, read again; the plan is shown without it where it is gone (a restore without its files), and the page says so."""
    try:
        source = read_document(Path(settings.MEDIA_ROOT) / document.file, document.name)
    except Unreadable as gone:
        return None, str(gone)
    return mark_document(source, plan, questions), ""


urlpatterns = [path("lists/<int:list_id>/imports/<int:document_id>/", import_document, name="import_document")]
