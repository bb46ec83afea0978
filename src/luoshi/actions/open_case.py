"""Open a matter「立事项」: a slip, a blocker, an asked change of a target, a request to a supporting unit.

In: who, the list, what it is. Out: `CaseRecord` in the first state of its course, with its first step. Raises NotAllowed, StepRefused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.case_data import checked_data
from luoshi.actions.case_effects import check_next_day
from luoshi.actions.fit_ceiling import must_fit
from luoshi.actions.incoming_effects import keep_due, number_incoming
from luoshi.actions.keep_evidence import keep_evidence
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord, OrganRecord
from luoshi.store.who import Who
from luoshi.supervision.course import COURSES

RIGHT: dict[str, str] = {"slip": "supervise", "blocker": "raise_case", "change": "raise_case", "contribution": "raise_case",
                        "incoming": "raise_case"}


@dataclass(frozen=True, slots=True)
class CaseText:
    """「事项内容」 What a person wrote. raised_by: the unit that brings it; None only for the office. data: what only this kind has. over: the person
    saw that it is more than the unit's ceiling, and wants it all the same."""

    kind: str
    title: str
    text: str = ""
    organ_id: int | None = None
    raised_by_id: int | None = None
    support_ids: tuple[int, ...] = ()
    promise_id: str = ""
    task_no: str = ""
    due_on: date | None = None
    next_on: date | None = None
    weight: str = "ordinary"
    ladder: str = ""
    rung: str = ""
    clock: str = ""
    origin_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    over: bool = False


def open_case(who: Who, at: datetime, today: date, list_id: int, text: CaseText, files: tuple[tuple[str, bytes], ...] = ()) -> CaseRecord:
    """The day it was raised is today: a matter is not back-dated."""
    course = COURSES[text.kind]
    with writing(who, f"{text.kind}.open", at, right=RIGHT[text.kind], list_id=list_id, organ_id=text.raised_by_id) as entry:
        if text.raised_by_id is None:
            who.must("supervise")
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        check_case(text, today)
        if text.kind == "contribution":     # a slip asks for nothing before it goes out
            must_fit(held, today, text.kind, text.organ_id, text.over)
        made = CaseRecord.objects.create(
            list=held, kind=text.kind, year=held.year, title=text.title.strip(), text=text.text.strip(), promise_id=text.promise_id,
            task_no=text.task_no, organ_id=text.organ_id, raised_by_id=text.raised_by_id, weight=text.weight, state=next(iter(course.states)),
            ladder=text.ladder, rung=text.rung, clock=text.clock, raised_on=today, due_on=text.due_on, next_on=text.next_on,
            origin_id=text.origin_id, data=checked_data(text.kind, text.data), by_id=who.person_id, changed_at=at)
        check_next_day(made, today)
        if made.kind == "incoming":
            number_incoming(made)
        made.support.set(text.support_ids)
        step = CaseStepRecord.objects.create(case=made, act="open", from_state="", to_state=made.state, on=today, at=at, by_id=who.person_id,
                                             organ_id=text.raised_by_id, text=made.text, due_on=made.due_on)
        step.evidence.set([keep_evidence(who, at, list_id, name, content, RIGHT[text.kind], text.raised_by_id) for name, content in files])
        if made.kind == "incoming":
            keep_due(made, today)
        entry.about, entry.detail = f"case:{made.pk}", {"kind": text.kind, "title": made.title, "organ": text.organ_id, "promise": text.promise_id}
        entry.detail |= {"over_ceiling": True} if text.over else {}
    return made


def check_case(text: CaseText, today: date) -> None:
    """What must be right in every kind of matter, all of it at once."""
    problems = {}
    if not text.title.strip():
        problems["title"] = _("没有写事项。用一句话写清是什么事。")
    if text.due_on is not None and text.due_on < today:
        problems["due_on"] = _("期限已经过去。请写今天以后的日期。")
    if text.kind == "contribution" and (text.organ_id is None or text.organ_id == text.raised_by_id):
        problems["organ"] = _("请选要请哪个单位配合。")
    known = [pk for pk in (text.organ_id, text.raised_by_id, *text.support_ids) if pk is not None]
    if OrganRecord.objects.filter(pk__in=known).count() < len(set(known)):
        problems["organ"] = _("有一个单位已经不在了。请重新选。")
    if problems:
        raise StepRefused(problems)
