"""Marks on how units report, for whoever assesses: late, returned, found false. In: a list, a span of days. Out: `ReportMark`s. Two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from luoshi.store.models import ListRecord, ReportRecord, SampleItemRecord

MarkKind = Literal["late", "returned", "false"]
MARK_WORDS: dict[MarkKind, str] = {"late": "逾期报送", "returned": "被退回", "false": "抽查不实"}


@dataclass(frozen=True, slots=True)
class ReportMark:
    """「报送标记」 One fact about one unit. times: how often a report was returned, days a report was late; on: the day it counts for."""

    kind: MarkKind
    organ: str
    promise_id: str
    period: str
    on: date
    times: int


def marks_of(record: ListRecord, first: date, last: date) -> tuple[ReportMark, ...]:
    """By day. A report can be both late and returned; what a spot check found false or partly false stands apart from the report."""
    reports = ReportRecord.objects.filter(Q(was_late=True) | Q(returns__gt=0), list=record, filed_on__range=(first, last)).select_related("organ")
    marks = []
    for report in reports.defer("snapshot"):
        assert report.filed_on is not None
        if report.was_late and report.due_on is not None:
            days = (report.filed_on - report.due_on).days
            marks.append(ReportMark("late", report.organ.name, report.promise_id, report.period, report.filed_on, days))
        if report.returns:
            marks.append(ReportMark("returned", report.organ.name, report.promise_id, report.period, report.filed_on, report.returns))
    found = SampleItemRecord.objects.filter(sample__list=record, result__in=("false", "partly"), checked_on__range=(first, last), organ__isnull=False)
    marks += [ReportMark("false", organ, promise_id, "", on, 1) for organ, promise_id, on in
              found.values_list("organ__name", "promise_id", "checked_on") if on is not None]
    return tuple(sorted(marks, key=lambda mark: (mark.on, mark.organ, mark.kind, mark.promise_id)))
