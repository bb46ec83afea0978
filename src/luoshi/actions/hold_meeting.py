"""A meeting was held「开会」: its decisions become slips with unit and date, in one act. In: who, which meeting, what was decided, who was there.

Out: `MeetingRecord`, its agenda frozen. Each slip is issued and numbered at once: the meeting has decided. Raises NotAllowed, Stale, StepRefused;
then nothing is written, no slip goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.plan_meeting import must_be_planned
from luoshi.actions.raise_from_report import title_of
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.actions.writing import writing
from luoshi.store.models import DecisionRecord, ListRecord, MeetingRecord
from luoshi.store.queries.meetings import matters_on
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class Decided:
    """「议定」 What, who, by when; about_id: the matter of the agenda that it is about."""

    text: str
    organ_id: int
    due_on: date
    about_id: int | None = None
    support_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """「会议情况」 attendance: 主持, 出席, 请假, 列席 → names."""

    on: date
    minutes: str
    decisions: Sequence[Decided]
    place: str = ""
    attendance: dict[str, str] = field(default_factory=dict)


def hold_meeting(who: Who, at: datetime, today: date, meeting_id: int, held: Held, revision: int) -> MeetingRecord:
    """A meeting without a decision was held all the same."""
    seen = MeetingRecord.objects.get(pk=meeting_id)
    with writing(who, "meeting.hold", at, right="supervise", list_id=seen.list_id) as entry:
        ListRecord.objects.select_for_update().get(pk=seen.list_id)
        meeting = must_be_planned(meeting_id, revision)
        _check(held, today)
        meeting.state, meeting.on, meeting.minutes, meeting.revision = "held", held.on, held.minutes.strip(), meeting.revision + 1
        meeting.place = held.place.strip() or meeting.place
        meeting.attendance = {label: names.strip() for label, names in held.attendance.items() if names.strip()}
        meeting.save()
        about = {case.pk for case in matters_on(meeting)}
        slips = [_decide(who, at, today, meeting, decided, about) for decided in held.decisions]
        entry.about, entry.detail = f"meeting:{meeting.pk}", {"on": meeting.on, "decisions": [d.text for d in held.decisions], "slips": slips}
    return meeting


def _check(held: Held, today: date) -> None:
    problems = {}
    if held.on > today:
        problems["on"] = _("会议还没有开。请写开会那一天，最晚是今天。")
    if not held.minutes.strip():
        problems["minutes"] = _("没有写会议情况。纪要要有一段：议了什么。")
    for number, decided in enumerate(held.decisions, 1):
        if not decided.text.strip():
            problems[f"text{number}"] = _("第%(number)s件没有写议定什么。") % {"number": number}
        if decided.due_on < today:
            problems[f"due{number}"] = _("第%(number)s件的期限已经过去。请写今天以后的一天。") % {"number": number}
    if problems:
        raise StepRefused(problems)


def _decide(who: Who, at: datetime, today: date, meeting: MeetingRecord, decided: Decided, about: set[int]) -> str:
    """The number of the slip that the decision became."""
    origin = decided.about_id if decided.about_id in about else None
    case = open_case(who, at, today, meeting.list_id, CaseText(
        "slip", title_of(decided.text), decided.text, organ_id=decided.organ_id, support_ids=decided.support_ids, due_on=decided.due_on,
        origin_id=origin, data={"source": "meeting", "source_no": meeting.title, "requirement": decided.text.strip()}))
    issued = take_step(who, at, today, case.pk, "issue", Given(on=today, due_on=decided.due_on, organ_id=decided.organ_id), case.revision)
    DecisionRecord.objects.create(meeting=meeting, text=decided.text.strip(), organ_id=decided.organ_id, due_on=decided.due_on, about_id=origin,
                                  case=issued)
    return issued.number
