"""补一条：文件里写了、它没读出来的，怎么补？ A sentence of the document quoted, found, and made into a task, measure, target or milestone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.edit_document import edit_document
from luoshi.actions.stale import Stale
from luoshi.compiler.sentences import Said, read_sentences
from luoshi.compiler.spans import MilestoneSpan, TargetSpan
from luoshi.lexicon.written import place_words
from luoshi.plan.add_noun import NOUNS
from luoshi.plan.edit import Add, BadEdit
from luoshi.plan.plan import Plan
from luoshi.provenance import SourceRef
from luoshi.publish.step_words import KIND_WORDS, Names, short
from luoshi.reading.quoting import find_words
from luoshi.reading.read import read_document
from luoshi.reading.source import Unreadable
from luoshi.store.clock import now
from luoshi.store.queries.draft import DraftAtHand, the_draft
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page
from luoshi.web.noun_form import noun_form, refuse, values_in

LONGEST, PLACES = 2000, 20


class NotInDocument(Exception):
    """「原文没有」 The words do not stand in the document: nothing can be added that it does not ask for."""


@page("import_document")
def add_noun(request: Any, list_id: int, document_id: int) -> HttpResponse:
    """First the words and the kind, by GET; then, once they are found, the values, by POST."""
    draft = the_draft(request.who, list_id, document_id)
    if draft is None or draft.document.state == "confirmed":
        messages.error(request, _("这份文件还没有读完，或已经确认成方案，不能改草案。"))
        return redirect("import_document", list_id=list_id, document_id=document_id)
    asked = request.POST if request.method == "POST" else request.GET
    quote, kind = asked.get("quote", "")[:LONGEST + 1], asked.get("kind", "target")
    shown: dict[str, Any] = {"list": the_list(request.who, list_id), "document": draft.document, "quote": quote, "draft": draft,
                             "kind": kind if kind in NOUNS else "target",
                             "kinds": [(each, _(words)) for each, words in KIND_WORDS.items()]}
    if not quote and request.method != "POST":
        return _first(request, shown)
    try:
        found = _find(draft, quote)
    except (NotInDocument, Unreadable) as not_found:
        return _first(request, shown, str(not_found), 422)
    return _second(request, draft, shown, found)


def _first(request: Any, shown: dict[str, Any], problem: str = "", status: int = 200) -> HttpResponse:
    return render(request, "add_noun/quote.html", shown | {"problem": problem}, status=status)


def _find(draft: DraftAtHand, quote: str) -> tuple[SourceRef, ...]:
    """Every place of the words. Raises NotInDocument, Unreadable."""
    if not quote.strip():
        raise NotInDocument(_("请先从文件里选一句，或把它粘贴进来。"))
    if len(quote) > LONGEST:
        raise NotInDocument(_("太长了，最多2000个字。请只引要补的那一句。"))
    document = read_document(Path(settings.MEDIA_ROOT) / draft.document.file, draft.document.name)
    found = find_words(document, quote)
    if not found:
        raise NotInDocument(_("文件里没有这句话（空格、换行、全角半角不算）。请从原文里照抄，不要跨两个格子或两段；文件里没有写的不能补进方案。"))
    return found[:PLACES]


def _second(request: Any, draft: DraftAtHand, shown: dict[str, Any], found: tuple[SourceRef, ...]) -> HttpResponse:
    kind, source = shown["kind"], found[_number(request.POST.get("place"), len(found))]
    names, posted = Names(draft.plan), request.method == "POST"
    form = noun_form(NOUNS[kind], request.POST if posted else None, _proposal(kind, source.quote, draft.plan))
    holders = _holders(draft.plan, kind)
    to = request.POST.get("to", "") if posted else _nearest(draft.plan, source, holders)
    shown |= {"places": [(n, place_words(s.place), short(s.quote)) for n, s in enumerate(found)], "place": found.index(source),
              "form": form, "to": to, "holders": [(id, names.of(id)) for id in holders], "source": source, "where": place_words(source.place)}
    if not posted:
        return render(request, "add_noun/values.html", shown)
    try:
        document = edit_document(request.who, now(), draft.document.pk, Add(kind, to, source, values_in(form)), {})
    except Stale as stale:
        return render(request, "add_noun/values.html", shown | {"problem": str(stale)}, status=409)
    except BadEdit as bad:
        refuse(form, bad)
        return render(request, "add_noun/values.html", shown, status=422)
    messages.success(request, _("已改：%(words)s。可以撤销。") % {"words": document.log["steps"][-1]["words"]})
    where = redirect("import_document", list_id=document.list_id, document_id=document.pk)
    where["Location"] += f"#p-{to}" if to else "#plan"
    return where


def _number(text: str | None, below: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 and int(text) < below else 0


def _holders(plan: Plan, kind: str) -> list[str]:
    """What it could hang on."""
    if kind == "task":
        return []
    if kind == "measure":
        return [task.id for task in plan.tasks]
    return [holder.id for _task, holder in plan.holders()]


def _nearest(plan: Plan, source: SourceRef, holders: list[str]) -> str:
    """The one that was read in the same cell; else the first."""
    at = {holder.source.place: holder.id for _task, holder in plan.holders()}
    for task in plan.tasks:
        goal_cells = {t.source.place for t in task.targets} | {m.source.place for m in task.milestones}
        at = dict.fromkeys(goal_cells, task.id) | at
    found = at.get(source.place, "")
    task_id = next((task.id for task, holder in plan.holders() if holder.id == found), "")
    return next((id for id in (found, task_id) if id in holders), holders[0] if holders else "")


def _proposal(kind: str, quote: str, plan: Plan) -> dict[str, str]:
    """What the sentence readers make of the words; at least the words themselves."""
    words = "".join(quote.split())
    if kind in {"task", "measure"}:
        return {"title" if kind == "task" else "text": words}
    said = read_sentences(quote, plan.document.year)
    due = f"{plan.document.year}-12-31" if plan.document.year else ""
    return _of_target(said, due) if kind == "target" else _of_milestone(said, words, due)


def _of_target(said: Said, due: str) -> dict[str, str]:
    if not said.targets:
        return {"op": "=", "mode": "level", "modality": "committed", "judged": "at_least", "due": due}
    span = said.targets[0]
    return {"metric": span.name, "op": span.op, "value": f"{span.value.normalize():f}", "unit": span.unit, "mode": span.mode,
            "value2": f"{span.value2.normalize():f}" if span.value2 is not None else "", "modality": span.modality, "due": _due(span, due),
            "condition": span.condition or "", "judged": span.judged}


def _of_milestone(said: Said, words: str, due: str) -> dict[str, str]:
    if not said.milestones:
        return {"text": words, "modality": "committed", "due": due}
    span = said.milestones[0]
    return {"text": span.text, "modality": span.modality, "due": _due(span, due)}


def _due(span: TargetSpan | MilestoneSpan, otherwise: str) -> str:
    return (span.due.date or "") if span.due else otherwise


urlpatterns = [path("lists/<int:list_id>/imports/<int:document_id>/add/", add_noun, name="add_noun")]
