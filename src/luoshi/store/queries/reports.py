"""Reads about reports. In: who asks, a list and its story. Out: what a unit owes, one report, what came before it and what happened to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404

from luoshi.status.stand import Item
from luoshi.store.models import JournalRecord, ListRecord, OrganRecord, ReportRecord
from luoshi.store.queries.promises import UnitsOf, units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.reporting import due_on, is_month_of
from luoshi.store.roles import RIGHTS
from luoshi.store.who import Who

SENT = ("submitted", "signed", "accepted")
ACTS: dict[str, str] = {"report.save": "存为草稿", "report.submit": "提交", "report.sign": "签发", "report.return": "退回", "report.accept": "接收"}


@dataclass(frozen=True, slots=True)
class Owed:
    """「应报」 One report that a unit owes for a month. report: None where nothing was written yet. by_other: which other leading unit
    has sent a report for the same promise and month, so that this one need not."""

    item: Item
    organ_id: int
    organ: str
    period: str
    due: date
    report: ReportRecord | None
    by_other: str = ""

    @property
    def state(self) -> str:
        """none, draft, submitted, signed, accepted, returned; other where another unit reports."""
        return self.report.state if self.report else "other" if self.by_other else "none"

    @property
    def is_open(self) -> bool:
        """Whether this unit must still do something."""
        return self.state in {"none", "draft", "returned"}


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """「经过」 One thing that happened to a report, from the journal."""

    at: datetime
    person: str
    act: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """「填报单」 What the page of one report shows. before: the last report of the same unit that was sent. others: of other units, for the same
    month. may_file: whether this person writes in it."""

    item: Item
    organ: OrganRecord
    period: str
    units: UnitsOf
    report: ReportRecord | None
    before: ReportRecord | None
    others: tuple[ReportRecord, ...]
    events: tuple[ReportEvent, ...]
    may_file: bool


def units_filing(who: Who) -> frozenset[int]:
    """Units for which the person files reports."""
    return frozenset(organ for role, organ in who.posts if organ is not None and role in RIGHTS["file_report"])


def owed_by(who: Who, record: ListRecord, told: Told, period: str) -> tuple[Owed, ...]:
    """Everything that the person's units owe for the month, and what was returned to them or left as a draft in another one."""
    mine, units = units_filing(who), units_of_items(record, told.items)
    items = {item.promise.id: item for item in told.items}
    found = ReportRecord.objects.filter(list=record, promise_id__in=[i for i in items if mine & units[i].leads.keys()])
    reports = found.select_related("organ").defer("snapshot").order_by("id")
    now = {(r.promise_id, r.organ_id): r for r in reports if r.period == period}
    left = [r for r in reports if r.period != period and r.organ_id in mine and r.state in {"draft", "returned"}]
    owed = [Owed(item, organ_id, name, period, due_on(period), now.get((item.promise.id, organ_id)), _sent_by_other(now, item.promise.id, organ_id))
            for item in told.items for organ_id, name in units[item.promise.id].leads.items() if organ_id in mine]
    return (*(Owed(items[r.promise_id], r.organ_id, r.organ.name, r.period, due_on(r.period), r) for r in left), *owed)


def _sent_by_other(reports: dict[tuple[str, int], ReportRecord], promise_id: str, organ_id: int) -> str:
    return next((r.organ.name for (promise, organ), r in reports.items() if promise == promise_id and organ != organ_id and r.state in SENT), "")


def the_report_page(who: Who, record: ListRecord, told: Told, promise_id: str, organ_id: int, period: str) -> ReportPage:
    """Http404 where there is no such report to write or see, or not for this person."""
    item = next((i for i in told.items if i.promise.id == promise_id), None)
    if item is None or not is_month_of(period, record.year):
        raise Http404
    units = units_of_items(record, (item,))[promise_id]
    of_promise = ReportRecord.objects.filter(list=record, promise_id=promise_id).select_related("organ", "author", "signed_by", "accepted_by")
    same = [r for r in of_promise.filter(period=period).prefetch_related("evidence") if may_see_draft(who, r)]
    report = next((r for r in same if r.organ_id == organ_id), None)
    if not may_see_report(who, units, organ_id) or (organ_id not in units.leads and report is None):
        raise Http404
    before = of_promise.filter(organ_id=organ_id, period__lt=period, state__in=SENT).order_by("-period").first()
    others = tuple(r for r in same if r is not report and r.state in SENT)
    events = events_of([report]).get(report.pk, ()) if report else ()
    organ = report.organ if report else OrganRecord.objects.get(pk=organ_id)
    return ReportPage(item, organ, period, units, report, before, others, events, organ_id in units.leads and who.may("file_report", organ_id))


def may_see_report(who: Who, units: UnitsOf, organ_id: int) -> bool:
    """Whoever sees the unit's reports, and those who support or lead the same promise."""
    if who.may("see_reports", organ_id):
        return True
    return who.may("see_reports") and bool(who.organ_ids & (units.leads.keys() | units.supports.keys()))


def may_see_draft(who: Who, report: ReportRecord) -> bool:
    """A draft is nobody's business but its unit's."""
    return report.state != "draft" or report.organ_id in who.organ_ids


def last_accepted(record: ListRecord, promise_id: str) -> ReportRecord | None:
    """The newest accepted report of a promise that has a value, of any unit."""
    accepted = ReportRecord.objects.filter(list=record, promise_id=promise_id, state="accepted", value__isnull=False)
    return accepted.order_by("-observed_on", "-id").first()


def events_of(reports: Iterable[ReportRecord]) -> dict[int, tuple[ReportEvent, ...]]:
    """Report id → who did what when, oldest first: one query for all of them."""
    about = {f"report:{report.pk}": report.pk for report in reports}
    events: dict[int, tuple[ReportEvent, ...]] = {}
    for entry in JournalRecord.objects.filter(about__in=about, action__in=ACTS).select_related("person").order_by("number"):
        detail: dict[str, Any] = entry.detail
        made = ReportEvent(datetime.fromisoformat(entry.at), entry.person.name if entry.person else "", ACTS[entry.action], detail.get("reason", ""))
        events[about[entry.about]] = (*events.get(about[entry.about], ()), made)
    return events
