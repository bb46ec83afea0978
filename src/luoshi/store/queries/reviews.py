"""Reads for the review page: which reports wait for whom. In: who asks, a list and its story. Out: `Waiting`s, each with what to look at twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from luoshi.lexicon.written import day, number
from luoshi.status.stand import Item, with_reported
from luoshi.store.models import EvidenceRecord, ListRecord, ReportRecord
from luoshi.store.queries.evidence import reuse_of
from luoshi.store.queries.reports import SENT, ReportEvent, events_of
from luoshi.store.queries.story import Told, reported_of
from luoshi.store.reporting import asked_of
from luoshi.store.who import Who

LATEST = 200
AT_ONCE = 30
"""Waiting reports that one page holds whole, the earliest first: at the end of a month hundreds wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """「待审」 A report with what a reviewer needs. item: None where the plan in force has no such line any more; after: the line as it will stand
    once the report is accepted; evidence: each with where else it was used; remarks: what to look at twice."""

    report: ReportRecord
    item: Item | None
    after: Item | None
    evidence: tuple[tuple[EvidenceRecord, tuple[str, ...]], ...]
    remarks: tuple[str, ...]
    events: tuple[ReportEvent, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """「审核队列」 to_sign: for heads; to_accept: for the office, AT_ONCE of each; signs, accepts: how many wait in all; others: where every other
    report stands, the newest first."""

    to_sign: tuple[Waiting, ...]
    to_accept: tuple[Waiting, ...]
    others: tuple[tuple[ReportRecord, Item | None], ...]
    signs: int
    accepts: int

    @property
    def later(self) -> int:
        """How many wait that the page does not hold yet."""
        return self.signs + self.accepts - len(self.to_sign) - len(self.to_accept)


def queue_for(who: Who, record: ListRecord, told: Told | None) -> Queue:
    """Drafts are nobody's business but their unit's. A fixed number of queries, however many reports there are."""
    found = ReportRecord.objects.filter(list=record).exclude(state="draft").select_related("organ", "author", "signed_by", "accepted_by")
    if not who.sees_all("see_reports"):
        found = found.filter(organ_id__in=who.organ_ids)
    mine = list(found.filter(state__in=("submitted", "signed")).defer("snapshot").order_by("period", "id"))
    all_sign = [r for r in mine if r.state == "submitted" and who.may("sign_report", r.organ_id)]
    all_accept = [r for r in mine if r.state == "signed" and who.may("accept_report", r.organ_id)]
    sign, accept = all_sign[:AT_ONCE], all_accept[:AT_ONCE]
    prefetch_related_objects([*sign, *accept], "evidence")
    items = {item.promise.id: item for item in told.items} if told else {}
    waiting = _waiting(who, [*sign, *accept], items, told)
    mine_ids = {r.pk for r in (*all_sign, *all_accept)}
    others = tuple((r, items.get(r.promise_id)) for r in found.defer("snapshot").order_by("-changed_at", "-id")[:LATEST] if r.pk not in mine_ids)
    return Queue(waiting[:len(sign)], waiting[len(sign):], others, len(all_sign), len(all_accept))


def waiting_to_sign(who: Who, record: ListRecord) -> int:
    """How many reports wait for this head. One query."""
    organs = [organ for organ in who.organ_ids if who.may("sign_report", organ)]
    return ReportRecord.objects.filter(list=record, state="submitted", organ_id__in=organs).count()


def waiting_report(who: Who, record: ListRecord, report_id: int) -> ReportRecord | None:
    """A report that the person signs or accepts, whatever its state; None where it is not there or not theirs."""
    report = ReportRecord.objects.filter(list=record, pk=report_id).exclude(state="draft").first()
    theirs = report is not None and (who.may("sign_report", report.organ_id) or who.may("accept_report", report.organ_id))
    return report if theirs else None


def _waiting(who: Who, reports: list[ReportRecord], items: dict[str, Item], told: Told | None) -> tuple[Waiting, ...]:
    reused = reuse_of(who, reports, {promise_id: item.title for promise_id, item in items.items()})
    events, others = events_of(reports), _others(reports)
    made = []
    for report in reports:
        item, evidence = items.get(report.promise_id), tuple((e, reused[report.pk, e.pk]) for e in report.evidence.all())
        made.append(Waiting(report, item, _after(report, item, told), evidence, tuple(_remarks(report, item, others)), events.get(report.pk, ())))
    return tuple(made)


def _after(report: ReportRecord, item: Item | None, told: Told | None) -> Item | None:
    """None where accepting changes nothing on the board."""
    if item is None or told is None or report.value is None or not asked_of(item):
        return None
    return with_reported(item, reported_of(report), told.as_of, told.year)


def _others(reports: list[ReportRecord]) -> list[ReportRecord]:
    """What other units sent for the same promises and months."""
    if not reports:
        return []
    sent = ReportRecord.objects.filter(list=reports[0].list_id, value__isnull=False, state__in=SENT)
    same = sent.filter(promise_id__in={r.promise_id for r in reports}, period__in={r.period for r in reports})
    return list(same.select_related("organ").defer("snapshot"))


def _remarks(report: ReportRecord, item: Item | None, others: list[ReportRecord]) -> list[str]:
    remarks = []
    if report.was_late and report.filed_on and report.due_on:
        remarks.append(_("%(on)s才提交，截止日是%(due)s，记为逾期") % {"on": day(report.filed_on), "due": day(report.due_on)})
    if report.why_lower:
        remarks.append(_("累计数比上次接收的少，理由：%(why)s") % {"why": report.why_lower})
    for other in others:
        same = other.pk != report.pk and (other.promise_id, other.period) == (report.promise_id, report.period)
        if same and other.value is not None and report.value is not None and other.value != report.value:
            remarks.append(_("%(organ)s本期对同一项报的是%(value)s，两家不一致") % {"organ": other.organ.name, "value": number(other.value)})
    due = item.promise.due if item else None
    if report.forecast_on and due and due.date and report.forecast_on > date.fromisoformat(due.date):
        remarks.append(_("预计%(on)s完成，晚于清单期限%(due)s") % {"on": day(report.forecast_on), "due": day(date.fromisoformat(due.date))})
    if report.signed_by_id and report.signed_by_id == report.author_id:
        remarks.append(_("填报和签发是同一个人"))
    if not report.evidence.all():
        remarks.append(_("没有附佐证"))
    return remarks
