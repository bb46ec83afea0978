"""Reads about meetings: those planned and held, one with its decisions, and what the next one has to talk about. Limited by Who.

The agenda of a new meeting opens with the decisions of the last one and how each stands; then blockers that need a leader, new reds, and
changes of targets that wait. Each line is a plain mapping, as it is kept: kind, ref, title, note, struck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404

from luoshi.lexicon.written import day as day_words
from luoshi.store.models import CaseRecord, DecisionRecord, ListRecord, MeetingRecord
from luoshi.store.queries.blockers import needs_next
from luoshi.store.queries.cases import cases_of
from luoshi.store.queries.story import tell_days
from luoshi.store.who import Who
from luoshi.supervision.course import COURSES

AgendaLine = dict[str, Any]
MONTH = timedelta(days=31)
"""How far back a red counts as new where no meeting was held before."""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """「会议全貌」 decisions: with the slips they became."""

    meeting: MeetingRecord
    decisions: tuple[DecisionRecord, ...]


def meetings_of(who: Who, record: ListRecord) -> QuerySet[MeetingRecord]:
    """For those who see all matters: what was decided for a unit reaches it as a slip. One query."""
    found = MeetingRecord.objects.filter(list=record).select_related("by").annotate(decided=Count("decisions"))
    return found if who.sees_all("see_cases") else found.none()


def the_meeting(who: Who, record: ListRecord, meeting_id: int) -> MeetingPage:
    """Two queries."""
    meeting = meetings_of(who, record).filter(pk=meeting_id).first()
    if meeting is None:
        raise Http404
    return MeetingPage(meeting, tuple(meeting.decisions.select_related("organ", "case", "about")))


def propose_agenda(who: Who, record: ListRecord, today: date) -> list[AgendaLine]:
    """What has to be talked about, in that order."""
    last = MeetingRecord.objects.filter(list=record, state="held").order_by("-on", "-id").first()
    return [*_decisions(last, today), *_blockers(who, record, today), *_new_reds(record, last.on if last else today - MONTH, today),
            *_changes(who, record)]


def _line(kind: str, ref: str, title: str, note: str) -> AgendaLine:
    return {"kind": kind, "ref": ref, "title": title[:200], "note": note[:300], "struck": False}


def _decisions(last: MeetingRecord | None, today: date) -> Iterator[AgendaLine]:
    """Every one, done or not: a meeting that does not hear what became of its decisions decides the same again."""
    for decision in last.decisions.select_related("organ", "case") if last else ():
        yield _line("decision", f"case:{decision.case_id}" if decision.case_id else "", decision.text, stand_of(decision, today))


def stand_of(decision: DecisionRecord, today: date) -> str:
    """市发展改革委，督〔2019〕2号，办理中，10月15日到期"""
    if decision.case is None:
        return f"{decision.organ.name}，{day_words(decision.due_on)}前"
    case, course = decision.case, COURSES[decision.case.kind]
    due = case.due_on or decision.due_on
    late = case.state not in course.closed and due < today
    left = f"，已超期{(today - due).days}天" if late else "" if case.state in course.closed else f"，{day_words(due)}到期"
    return f"{decision.organ.name}，{case.number or '未编号'}，{course.states[case.state]}{left}"


def _blockers(who: Who, record: ListRecord, today: date) -> Iterator[AgendaLine]:
    """Those that wait for a leader, whose consultation day has passed, or that need another province."""
    for case in cases_of(who, record, "blocker", only_open=True).order_by("id"):
        passed = case.state == "consulting" and (case.next_on is None or case.next_on <= today)
        if case.state == "escalated" or passed or needs_next(case, today) or case.data.get("level") in ("province", "cross_province"):
            waited = (today - case.raised_on).days
            cost = f"，{case.data['cost_of_waiting']}" if case.data.get("cost_of_waiting") else ""
            yield _line("blocker", f"case:{case.pk}", case.title, f"{COURSES['blocker'].states[case.state]}，等了{waited}天{cost}")


def _new_reds(record: ListRecord, since: date, today: date) -> Iterator[AgendaLine]:
    """Red now, and not on the day of the last meeting."""
    told = tell_days(record, (since, today))
    if today not in told:
        return
    before = {item.promise.id: item.light.state for item in told[since].items}
    for item in told[today].items:
        if item.light.state == "seriously_late" and before.get(item.promise.id) != "seriously_late":
            yield _line("red", f"item:{item.promise.id}", f"{item.number} {item.title}", item.light.sentence)


def _changes(who: Who, record: ListRecord) -> Iterator[AgendaLine]:
    for case in cases_of(who, record, "change", only_open=True).order_by("id"):
        yield _line("change", f"case:{case.pk}", case.title, f"{COURSES['change'].states[case.state]}：{case.text}")


def matters_on(meeting: MeetingRecord) -> tuple[CaseRecord, ...]:
    """Matters of the agenda that a decision can be about. One query."""
    ids = [int(line["ref"].partition(":")[2]) for line in meeting.agenda if line["ref"].startswith("case:") and not line["struck"]]
    return tuple(CaseRecord.objects.filter(list_id=meeting.list_id, pk__in=ids).order_by("id"))
