"""Reads for the pages of slips: the list with its time limits, one slip with everything on it. Limited by Who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord, OrganRecord, PostRecord
from luoshi.store.queries.case_clock import CaseClock, clock_of
from luoshi.store.queries.cases import cases_of, steps_of, the_case
from luoshi.store.queries.office import calendar_of_list, preset_of
from luoshi.store.who import Who
from luoshi.supervision.course import COURSES


@dataclass(frozen=True, slots=True)
class SlipLine:
    """「督办单一行」 A slip as a list shows it."""

    case: CaseRecord
    clock: CaseClock

    @property
    def state_words(self) -> str:
        """已发出，待签收"""
        return COURSES[self.case.kind].states[self.case.state]


@dataclass(frozen=True, slots=True)
class SlipPage:
    """「督办单全貌」 steps: oldest first, with people and evidence; support: names; contact: liaison of the unit; handler: who drew it up."""

    case: CaseRecord
    clock: CaseClock
    steps: tuple[CaseStepRecord, ...]
    support: tuple[str, ...]
    contact: str
    handler: str

    @property
    def state_words(self) -> str:
        """办理中"""
        return COURSES[self.case.kind].states[self.case.state]

    def last(self, act: str) -> CaseStepRecord | None:
        """The latest step of that act."""
        return next((step for step in reversed(self.steps) if step.act == act), None)


def slips_of(who: Who, record: ListRecord, today: date) -> tuple[SlipLine, ...]:
    """Every slip that the person may see, the newest first: two queries, however many there are."""
    return _lines(record, cases_of(who, record, "slip"), today)


def _lines(record: ListRecord, cases: QuerySet[CaseRecord], today: date) -> tuple[SlipLine, ...]:
    calendar = calendar_of_list(record)
    with_steps = cases.prefetch_related(Prefetch("steps", CaseStepRecord.objects.order_by("id")))
    return tuple(SlipLine(case, clock_of(case, tuple(case.steps.all()), preset_of(record, case.clock), calendar, today)) for case in with_steps)


def the_slip(who: Who, record: ListRecord, case_id: int, today: date) -> SlipPage:
    """One slip; another kind of matter, or another unit's, is not there."""
    case = the_case(who, record, "slip", case_id)
    steps = steps_of(case)
    clock = clock_of(case, steps, preset_of(record, case.clock), calendar_of_list(record), today)
    return SlipPage(case, clock, steps, tuple(organ.name for organ in case.support.all()), liaison_of(case.organ), case.by.name)


def liaison_of(organ: OrganRecord | None) -> str:
    """Whom to call; empty where the post is vacant."""
    return liaisons_of(() if organ is None else (organ.pk,)).get(organ.pk if organ else 0, "")


def liaisons_of(organ_ids: Sequence[int]) -> dict[int, str]:
    """Unit id → name of its liaison. One query."""
    posts = PostRecord.objects.filter(organ_id__in=organ_ids, role="liaison", holder__isnull=False).order_by("-id")
    return dict(posts.values_list("organ_id", "holder__name"))


def organ_choices() -> tuple[tuple[int, str], ...]:
    """Every unit of the city that may be asked to act: id and name."""
    return tuple(OrganRecord.objects.exclude(kind=OrganRecord.EXTERNAL).order_by("name").values_list("pk", "name"))
