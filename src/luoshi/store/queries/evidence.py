"""Reads about evidence: the file for somebody who may see what it proves, and where else the same content was used."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404
from django.utils.translation import gettext as _

from luoshi.store.models import EvidenceRecord, ListRecord, ReportRecord
from luoshi.store.queries.cases import cases_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.reports import ReportPage, may_see_draft, may_see_report
from luoshi.store.queries.story import Told
from luoshi.store.reporting import period_words
from luoshi.store.who import Who


def the_evidence(who: Who, record: ListRecord, told: Told | None, evidence_id: int) -> EvidenceRecord:
    """Http404 where there is no such file, or the person may see neither a report nor a matter that it belongs to."""
    found = EvidenceRecord.objects.filter(list=record, pk=evidence_id).prefetch_related("reports").first()
    if found is None:
        raise Http404
    attached = found.reports.all()
    reports = [report for report in attached if may_see_draft(who, report)]
    if any(who.may("see_reports", report.organ_id) for report in reports) or (not attached and found.by_id == who.person_id):
        return found
    if cases_of(who, record).filter(steps__evidence=found).exists() or _is_of_check(who, found):
        return found
    promises = {report.promise_id for report in reports}
    units = units_of_items(record, (i for i in told.items if i.promise.id in promises)) if told else {}
    if not any(r.promise_id in units and may_see_report(who, units[r.promise_id], r.organ_id) for r in reports):
        raise Http404
    return found


def _is_of_check(who: Who, found: EvidenceRecord) -> bool:
    """What a spot check saw is for those who see all matters, and for the unit that was checked."""
    units = found.sample_items.values_list("organ_id", flat=True)
    return bool(units) and (who.sees_all("see_cases") or any(organ in who.organ_ids for organ in units))


def evidence_on(who: Who, shown: ReportPage, told: Told | None) -> list[tuple[EvidenceRecord, tuple[str, ...]]]:
    """The evidence of the report on a page, each with where else it was used."""
    if shown.report is None or not shown.report.evidence.all():
        return []
    reused = reuse_of(who, [shown.report], {i.promise.id: i.title for i in told.items} if told else {})
    return [(evidence, reused[shown.report.pk, evidence.pk]) for evidence in shown.report.evidence.all()]


def reuse_of(who: Who, reports: Iterable[ReportRecord], titles: dict[str, str]) -> dict[tuple[int, int], tuple[str, ...]]:
    """(report id, evidence id) → where else the same content proves something, in words. reports: with their evidence fetched. Two queries.

    titles: promise id → title. Whose report it is stays untold where the person may not see that unit's reports."""
    attached = [(report, evidence) for report in reports for evidence in report.evidence.all()]
    same: dict[str, list[ReportRecord]] = {}
    for kept in EvidenceRecord.objects.filter(sha256__in={e.sha256 for _report, e in attached}).prefetch_related("reports__organ", "reports__list"):
        same.setdefault(kept.sha256, []).extend(kept.reports.all())
    return {(report.pk, e.pk): tuple(dict.fromkeys(_where(who, other, report, titles) for other in same.get(e.sha256, ()) if other.pk != report.pk))
            for report, e in attached}


def _where(who: Who, other: ReportRecord, report: ReportRecord, titles: dict[str, str]) -> str:
    """市经信局9月：新三板挂牌企业; another list is named instead of the line."""
    if not who.may("see_reports", other.organ_id):
        return _("另一个单位的填报")
    named = f"{other.organ.name}{period_words(other.period)}"
    return f"{named}：{titles.get(other.promise_id, other.promise_id) if other.list_id == report.list_id else other.list.title}"
