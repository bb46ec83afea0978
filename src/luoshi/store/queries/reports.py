"""Reads about reports. In: who asks, a list and its story. Out: what a unit owes, one report, what came before it and what happened to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404

from luoshi.status.stand import Item
from luoshi.store.models import JournalRecord, ListRecord, OrganRecord, ReportRecord, SealedReportRecord
from luoshi.store.queries.promises import UnitsOf, units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.queries.windows import Windows, shut_window, windows_of_list
from luoshi.store.reporting import first_day, is_settled
from luoshi.store.roles import RIGHTS
from luoshi.store.who import Who
from luoshi.supervision.schedule import Window

SENT = ("submitted", "signed", "accepted")
ACTS: dict[str, str] = {"report.save": "存为草稿", "report.submit": "提交", "report.sign": "签发", "report.return": "退回", "report.accept": "接收",
                        "report.reopen": "退回重报"}


@dataclass(frozen=True, slots=True)
class Owed:
    """「应报」 One report that a unit owes for a period. report: None where nothing was written yet. by_other: which other leading unit
    has sent a report for the same promise and period, so that this one need not. is_last: the newest period that can be filed."""

    item: Item
    organ_id: int
    organ: str
    window: Window
    report: ReportRecord | None
    by_other: str = ""
    is_last: bool = True

    @property
    def period(self) -> str:
        """2019-09, 2019-Q3, 2019-H1 or 2019."""
        return self.window.period

    @property
    def due(self) -> date:
        """Without grace."""
        return self.window.due_on

    @property
    def state(self) -> str:
        """none, draft, submitted, signed, accepted, returned; other where another unit reports."""
        return self.report.state if self.report else "other" if self.by_other else "none"

    @property
    def is_open(self) -> bool:
        """Whether this unit must still do something."""
        return self.state in {"none", "draft", "returned"}


@dataclass(frozen=True, slots=True)
class Filing:
    """「填报范围」 What a person may file in a list: for which units, which promises these lead, and when."""

    record: ListRecord
    items: tuple[Item, ...]
    mine: frozenset[int]
    units: dict[str, UnitsOf]
    windows: Windows

    def periods(self, day: date) -> tuple[str, ...]:
        """Every period that could have been filed until that day, in order."""
        led = [item.promise.id for item in self.items if self.mine & self.units[item.promise.id].leads.keys()]
        opened = {window for promise_id in led for window in self.windows.opened(promise_id, day)}
        return tuple(dict.fromkeys(window.period for window in sorted(opened, key=lambda w: (w.last_day, w.first_day))))


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """「经过」 One thing that happened to a report, from the journal. waited: how long it had stood as it was before."""

    at: datetime
    person: str
    act: str
    reason: str
    waited: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """「填报单」 What the page of one report shows. before: the last report of the same unit that was sent. others: of other units, for the same
    period. is_settled: its month is closed, nothing of it moves. may_file: whether this person writes in it. sealed: what was
    accepted before it was opened again, the newest first."""

    item: Item
    organ: OrganRecord
    window: Window
    asked: bool
    units: UnitsOf
    report: ReportRecord | None
    before: ReportRecord | None
    others: tuple[ReportRecord, ...]
    events: tuple[ReportEvent, ...]
    may_file: bool
    sealed: tuple[SealedReportRecord, ...] = ()
    is_settled: bool = False

    @property
    def period(self) -> str:
        """2019-09, 2019-Q3, 2019-H1 or 2019."""
        return self.window.period


def units_filing(who: Who) -> frozenset[int]:
    """Units for which the person files reports."""
    return frozenset(organ for role, organ in who.posts if organ is not None and role in RIGHTS["file_report"])


def filing_of(who: Who, record: ListRecord, told: Told) -> Filing:
    """Three queries."""
    return Filing(record, told.items, units_filing(who), units_of_items(record, told.items), windows_of_list(record))


def owed_by(filing: Filing, day: date, period: str = "") -> tuple[Owed, ...]:
    """Everything that the person's units owe on that day, for every period that is asked for, and what was returned to them or left as a
    draft in another one; of what was sent, the newest period. period: only that one, asked for or not. One query."""
    mine, units, windows = filing.mine, filing.units, filing.windows
    items = {item.promise.id: item for item in filing.items}
    found = ReportRecord.objects.filter(list=filing.record, promise_id__in=[i for i in items if mine & units[i].leads.keys()])
    reports = {(r.promise_id, r.organ_id, r.period): r for r in found.select_related("organ").defer("snapshot").order_by("id")}
    owed = []
    for item in filing.items:
        opened = _periods(windows, item.promise.id, day, period)
        for organ_id, name in units[item.promise.id].leads.items():
            if organ_id in mine:
                owed += [Owed(item, organ_id, name, window, reports.get((item.promise.id, organ_id, window.period)),
                              _sent_by_other(reports, item.promise.id, organ_id, window.period), window is opened[-1]) for window in opened]
    if period:
        return tuple(owed)
    shown = {(o.item.promise.id, o.organ_id, o.period) for o in owed}
    left = [r for key, r in reports.items() if key not in shown and r.organ_id in mine and r.state in {"draft", "returned"}
            and not is_settled(r.period, windows.settled_to)]
    return (*(Owed(items[r.promise_id], r.organ_id, r.organ.name, windows.window(r.promise_id, r.period) or shut_window(r.period), r) for r in left),
            *(o for o in owed if o.is_last or o.is_open))


def _periods(windows: Windows, promise_id: str, day: date, period: str) -> tuple[Window, ...]:
    opened = windows.opened(promise_id, day)
    return tuple(w for w in opened if w.period == period) if period else tuple(w for w in opened if windows.is_owed(w))


def _sent_by_other(reports: dict[tuple[str, int, str], ReportRecord], promise_id: str, organ_id: int, period: str) -> str:
    return next((r.organ.name for (promise, organ, of), r in reports.items()
                 if (promise, of) == (promise_id, period) and organ != organ_id and r.state in SENT), "")


def the_report_page(who: Who, record: ListRecord, told: Told, promise_id: str, organ_id: int, period: str, sent: bool = False) -> ReportPage:
    """Http404 where there is no such report to write or see, or not for this person. sent: a form that came back is saved and nothing is shown, so
    that what stands beside it (last period's, others', what happened) is not read."""
    item = next((i for i in told.items if i.promise.id == promise_id), None)
    if item is None:
        raise Http404
    windows = windows_of_list(record)
    window = windows.window(promise_id, period)
    units = units_of_items(record, (item,))[promise_id]
    of_promise = ReportRecord.objects.filter(list=record, promise_id=promise_id).select_related("organ", "author", "signed_by", "accepted_by")
    of_period = of_promise.filter(period=period, **({"organ_id": organ_id} if sent else {}))
    same = [r for r in (of_period if sent else of_period.prefetch_related("evidence")) if may_see_draft(who, r)]
    report = next((r for r in same if r.organ_id == organ_id), None)
    if not may_see_report(who, units, organ_id) or ((organ_id not in units.leads or window is None) and report is None):
        raise Http404
    window = window or shut_window(period)
    organ = report.organ if report else OrganRecord.objects.get(pk=organ_id)
    may_file = organ_id in units.leads and who.may("file_report", organ_id)
    made = ReportPage(item, organ, window, windows.is_asked(window), units, report, None, (), (), may_file, (),
                      is_settled(period, windows.settled_to))
    if sent:
        return made
    before = of_promise.filter(organ_id=organ_id, observed_on__lt=first_day(period), state__in=SENT).order_by("-observed_on").first()
    return replace(made, before=before, others=tuple(r for r in same if r is not report and r.state in SENT),
                   events=events_of([report]).get(report.pk, ()) if report else (),
                   sealed=tuple(report.sealed.select_related("opened_by")) if report else ())


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
    at = datetime.fromisoformat
    for entry in JournalRecord.objects.filter(about__in=about, action__in=ACTS).select_related("person").order_by("number"):
        detail: dict[str, Any] = entry.detail
        earlier = events.get(about[entry.about], ())
        made = ReportEvent(at(entry.at), entry.person.name if entry.person else "", ACTS[entry.action], detail.get("reason", ""),
                           at(entry.at) - earlier[-1].at if earlier else None)
        events[about[entry.about]] = (*earlier, made)
    return events
