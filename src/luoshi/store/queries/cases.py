"""Reads about matters under supervision: which there are, how each went, what this person may do next. Limited by Who."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord
from luoshi.store.who import Who
from luoshi.supervision.course import COURSES, CourseStep, Party


def cases_of(who: Who, record: ListRecord, kind: str | None = None, only_open: bool = False) -> QuerySet[CaseRecord]:
    """Matters of a list that the person may see: all, or those that their units must act on, brought, or support. One query when read."""
    if not who.may("see_cases"):
        return CaseRecord.objects.none()
    found = CaseRecord.objects.filter(list=record).select_related("organ", "raised_by", "by")
    if kind is not None:
        found = found.filter(kind=kind)
    if only_open:
        closed = Q()
        for name, course in COURSES.items():
            closed |= Q(kind=name, state__in=course.closed)
        found = found.exclude(closed)
    if not who.sees_all("see_cases"):
        units = who.organ_ids
        mine = Q(organ_id__in=units) | Q(raised_by_id__in=units) | Q(pk__in=CaseRecord.objects.filter(support__in=units).values("pk"))
        found = found.filter(mine).exclude(~Q(raised_by_id__in=units), kind="slip", state="draft")  # what the office only drafts is not theirs yet
    return found


def the_case(who: Who, record: ListRecord, kind: str, case_id: int) -> CaseRecord:
    """One matter; another kind's, or another unit's, is not there. One query."""
    found = cases_of(who, record, kind).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def steps_of(case: CaseRecord) -> tuple[CaseStepRecord, ...]:
    """What happened, oldest first, with the people and the evidence. Two queries."""
    return tuple(case.steps.select_related("by", "organ").prefetch_related("evidence"))


def parties_of(who: Who, case: CaseRecord) -> frozenset[Party]:
    """What the person is in this matter: by their posts, in the unit that acts and in the unit that brought it."""
    parties: set[Party] = set()
    if who.may("supervise"):
        parties.add("office")
    if "checker" in who.roles:
        parties.add("checker")
    if who.may("decide_case"):
        parties.add("leader")
    for role, organ_id in who.posts:
        if role in ("liaison", "head") and organ_id is not None:
            parties |= {"unit", "head"} if organ_id == case.organ_id and role == "head" else {"unit"} if organ_id == case.organ_id else set()
            parties |= {"proposer", "lead"} if organ_id == case.raised_by_id else set()
    if case.raised_by_id is None and who.may("supervise"):
        parties |= {"proposer", "lead"}
    return frozenset(parties)


def acts_now(who: Who, case: CaseRecord) -> tuple[CourseStep, ...]:
    """The steps that this person may take now."""
    return COURSES[case.kind].acts_for(case.state, parties_of(who, case))
