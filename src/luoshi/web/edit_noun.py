"""改一条：这一条读得不对，怎么改？ One task, measure, target or milestone: its values, its units; split, merge, move, delete."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.edit_document import edit_document
from luoshi.actions.stale import Stale
from luoshi.lexicon.written import place_words
from luoshi.plan.duty import Role
from luoshi.plan.edit import Assign, BadEdit, Change, Drop, Edit, Merge, Move, NotThere, Split
from luoshi.plan.fields import NAMES, written_fields
from luoshi.plan.measure import Measure
from luoshi.plan.plan import Plan
from luoshi.plan.task import Task
from luoshi.plan.walk import Noun, fingerprint, holder_of, nouns_of
from luoshi.publish.plan_draft import reading_words
from luoshi.publish.step_words import ROLE_WORDS, Names, duties_words, value_words
from luoshi.store.clock import now
from luoshi.store.queries.draft import DraftAtHand, the_draft
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page
from luoshi.web.noun_form import noun_form, refuse, values_in

BLANK_ROWS = 2


@page("import_document")
def edit_noun(request: Any, list_id: int, document_id: int, noun_id: str) -> HttpResponse:
    """Each verb is a form of its own; what is refused keeps what was typed."""
    draft = the_draft(request.who, list_id, document_id)
    here = redirect("import_document", list_id=list_id, document_id=document_id)
    if draft is None or draft.document.state == "confirmed":
        messages.error(request, _("这份文件还没有读完，或已经确认成方案，不能改草案。"))
        return here
    if noun_id not in nouns_of(draft.plan):
        messages.error(request, _("方案里没有这一条：可能别人删了、并了或撤销了，也可能文件重新读过。下面是现在的方案。"))
        return here
    if request.method != "POST":
        return _page(request, list_id, draft, noun_id)
    try:
        return _edited(request, draft, noun_id) or here
    except Stale as stale:
        return _page(request, list_id, draft, noun_id, conflict=str(stale), status=409)
    except NotThere as gone:
        messages.error(request, str(gone))
        return here
    except BadEdit as bad:
        return _page(request, list_id, draft, noun_id, bad, status=422)


def _edited(request: Any, draft: DraftAtHand, noun_id: str) -> HttpResponse | None:
    edit = _edit_in(request.POST, draft.plan, noun_id)
    document = edit_document(request.who, now(), draft.document.pk, edit, {noun_id: request.POST.get("seen", "")})
    if document.log == draft.document.log:
        messages.info(request, _("没有改动，方案还是原来的样子。"))
    else:
        messages.success(request, _("已改：%(words)s。可以撤销。") % {"words": document.log["steps"][-1]["words"]})
    gone = isinstance(edit, Drop)
    where = redirect("import_document", list_id=document.list_id, document_id=document.pk)
    where["Location"] += "#plan" if gone else f"#p-{noun_id}"
    return where


def _edit_in(form: Any, plan: Plan, noun_id: str) -> Edit:
    noun, do = nouns_of(plan)[noun_id], form.get("do")
    if do == "assign":
        return Assign(_assigned(form, plan, noun), tuple(_duties_in(form)))
    if do == "split":
        return Split(noun_id, _split_at(form.get("text", ""), noun))
    if do == "merge":
        return Merge(noun_id, form.get("other", ""))
    if do == "move":
        return Move(noun_id, form.get("to", ""))
    if do == "drop":
        return Drop(noun_id, form.get("reason", ""))
    return Change(noun_id, tuple((field, form[field]) for field in written_fields(noun) if field in form))


def _duties_in(form: Any) -> Iterator[tuple[str, Role]]:
    for unit, role in zip(form.getlist("unit"), form.getlist("role"), strict=False):
        unit = "".join(unit.split())
        if unit and role in ROLE_WORDS:
            yield unit, role


def _assigned(form: Any, plan: Plan, noun: Noun) -> tuple[str, ...]:
    return (noun.id, *_same_units(plan, noun)) if form.get("all") else (noun.id,)


def _same_units(plan: Plan, noun: Noun) -> tuple[str, ...]:
    """The other measures of the task with the same units: one merged cell, usually."""
    if not isinstance(noun, Measure):
        return ()
    task, _holder = holder_of(plan, noun.id)
    mine = [(d.unit, d.role) for d in noun.duties]
    return tuple(m.id for m in task.measures if m.id != noun.id and [(d.unit, d.role) for d in m.duties] == mine)


def _split_at(text: str, noun: Noun) -> int:
    """Where a line break was put into the text."""
    whole = noun.text if isinstance(noun, Measure) else ""
    halves = [half.strip() for half in text.strip().splitlines() if half.strip()]
    if "".join("".join(halves).split()) != "".join(whole.split()):
        raise BadEdit(_("拆的时候文字要和原来一样，只加一个换行。要改字，请先拆开再改。"), "at")
    if len(halves) != 2:
        raise BadEdit(_("请在第二条开始的地方按一次回车，正好拆成两行。"), "at")
    wanted, at = len("".join(halves[0].split())), 0
    while wanted:
        wanted -= not whole[at].isspace()
        at += 1
    return at


def _page(request: Any, list_id: int, draft: DraftAtHand, noun_id: str, bad: BadEdit | None = None, conflict: str = "",
          status: int = 200) -> HttpResponse:
    fresh = the_draft(request.who, list_id, draft.document.pk) if conflict else draft
    assert fresh is not None
    noun = nouns_of(fresh.plan)[noun_id]
    do = request.POST.get("do", "") if request.method == "POST" else ""
    fields = written_fields(noun)
    form = noun_form(type(noun), request.POST if do == "change" else None, fields)
    if bad and do == "change":
        refuse(form, bad)
    names, task_holder = Names(fresh.plan), holder_of(fresh.plan, noun_id)
    return render(request, "edit_noun/edit_noun.html", {
        "list": the_list(request.who, list_id), "document": fresh.document, "noun": noun, "noun_id": noun_id, "name": names.of(noun_id), "form": form,
        "seen": fingerprint(noun), "problem": str(bad) if bad and (do != "change" or not bad.field) else "", "do": do, "conflict": conflict,
        "both": _both(form, fields) if conflict and do == "change" else (), "by": fresh.log.last_on(noun_id) if conflict else None,
        "place": place_words(noun.source.place), "quote": noun.source.quote, "read": reading_words(noun), "typed": request.POST,
        "held_by": names.of(task_holder[1].id) if task_holder[1].id != noun_id else "", "is_holder": isinstance(noun, Task | Measure),
        "is_measure": isinstance(noun, Measure), **_units(request.POST if do == "assign" else None, fresh.plan, noun),
        "others": _others(fresh.plan, noun, names), "places": _places(fresh.plan, noun, names)}, status=status)


def _both(form: forms.Form, now_written: dict[str, str]) -> list[tuple[str, str, str]]:
    """Where what was typed differs from what is there now: (field, now, mine)."""
    return [(_(NAMES[field]), value_words(field, now_written[field]), value_words(field, typed.strip()))
            for field, typed in values_in(form) if field in form.data and typed.strip() != now_written[field]]


def _units(form: Any, plan: Plan, noun: Noun) -> dict[str, Any]:
    if not isinstance(noun, Task | Measure):
        return {}
    kept = list(_duties_in(form)) if form is not None else [(d.unit, d.role) for d in noun.duties]
    return {"units": [*kept, *[("", "support")] * BLANK_ROWS], "roles": [(role, _(words)) for role, words in ROLE_WORDS.items()],
            "same": len(_same_units(plan, noun)), "units_now": duties_words(tuple((d.unit, d.role) for d in noun.duties))}


def _others(plan: Plan, noun: Noun, names: Names) -> list[tuple[str, str]]:
    """What it could be merged with."""
    if isinstance(noun, Task):
        return [(task.id, names.of(task.id)) for task in plan.tasks if task.id != noun.id]
    if isinstance(noun, Measure):
        return [(m.id, names.of(m.id)) for m in holder_of(plan, noun.id)[0].measures if m.id != noun.id]
    return []


def _places(plan: Plan, noun: Noun, names: Names) -> list[tuple[str, str]]:
    """Where it could be moved."""
    if isinstance(noun, Task):
        return []
    task, holder = holder_of(plan, noun.id)
    if isinstance(noun, Measure):
        return [(each.id, names.of(each.id)) for each in plan.tasks if each.id != task.id]
    return [(each.id, names.of(each.id)) for _task, each in plan.holders() if each.id != holder.id]


urlpatterns = [path("lists/<int:list_id>/imports/<int:document_id>/edit/<str:noun_id>/", edit_noun, name="edit_noun")]
