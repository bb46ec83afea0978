"""一轮评审：谁签了、谁回避了、结果是什么？ One round: who has signed, its lock by the office, and after that what was decided and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.call_judge import call_judge
from luoshi.actions.lock_round import lock_round
from luoshi.actions.round_rows import rows_of_round
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.register.verdict import Decision
from luoshi.store.clock import now, today, told_at
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.rounds import RoundAtHand, decided, is_late, judges_at_hand, the_round
from luoshi.web.guard import page


@dataclass(frozen=True, slots=True)
class SubjectShown:
    """「对象一行」 One subject: the sheet of each judge in the order of judges, and what was decided once the round is locked."""

    subject: Any
    sheets: tuple[Any, ...]
    decision: Decision | None


@page("see_rounds")
def round(request: Any, list_id: int, round_id: int) -> HttpResponse:
    """Points of an open round are shown to nobody but their judge."""
    record = the_list(request.who, list_id)
    held = the_round(request.who, record, round_id)
    problems: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            return _posted(request, record, held)
        except StepRefused as refused:
            problems, status = refused.problems, 422
        except Stale as stale:
            problems, status = {"all": str(stale)}, 409
        held = the_round(request.who, record, round_id)
    return render(request, "round/round.html", _context(request, record, held) | {"problems": problems}, status=status)


def _posted(request: Any, record: Any, held: RoundAtHand) -> HttpResponse:
    if request.POST.get("do") == "lock":
        rows = lock_round(request.who, now(), today(), held.record.pk, request.POST.get("sure") == "on")
        words = _("已锁定，%(n)d张评分表写进了台账。") if rows else _("已锁定。一张都没有签定，这一轮作废，没有写进台账。")
        messages.success(request, words % {"n": rows} if rows else words)
    else:
        person = request.POST.get("person", "")
        made = call_judge(request.who, now(), held.record.pk, int(person) if person.isdecimal() and len(person) < 9 else 0,
                          request.POST.get("unit", "")[:200])
        messages.success(request, _("已加请%(code)s。") % {"code": made.code})
    return redirect("round", list_id=record.pk, round_id=held.record.pk)


def _context(request: Any, record: Any, held: RoundAtHand) -> dict[str, Any]:
    who = request.who
    may_hold = who.may("hold_round")
    judges = {sheet.judge_id: sheet.judge for sheet in held.sheets}
    waiting = sum(1 for sheet in held.sheets if sheet.signed_at is None and not sheet.barred)
    spare = [one for one in judges_at_hand(record, held.rubric) if one.person.pk not in {j.person_id for j in judges.values()}] \
        if may_hold and not held.is_locked else []
    return {"list": record, "held": held, "round": held.record, "rubric": held.rubric, "judges": list(judges.values()), "waiting": waiting,
            "signed": sum(1 for sheet in held.sheets if sheet.signed_at and not sheet.barred), "barred": sum(1 for s in held.sheets if s.barred),
            "subjects": list(_subjects(held)), "may_hold": may_hold, "sees_judges": who.may("see_judges"), "spare": spare,
            "late": is_late(held.record, today()), "criteria": [(_title(held, one.field), one.points) for one in held.rubric.criteria]}


def _subjects(held: RoundAtHand) -> Iterable[SubjectShown]:
    on = told_at(held.record.locked_at).date() if held.record.locked_at else None
    by_name = {one.subject: one for one in decided(held, rows_of_round(held, on), on)} if on else {}
    of: dict[int, list[Any]] = {}
    for sheet in held.sheets:
        of.setdefault(sheet.subject_id, []).append(sheet)
    for sheets in of.values():
        yield SubjectShown(sheets[0].subject, tuple(sheets), by_name.get(sheets[0].subject.name))


def _title(held: RoundAtHand, name: str) -> str:
    return next(field.title for field in held.spec.fields if field.name == name)


urlpatterns = [path("lists/<int:list_id>/rounds/<int:round_id>/", round, name="round")]
