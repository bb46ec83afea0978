"""What of the stored things asks for a call: returns and registers that are late, evidence, silent owners, records behind a rise.

In: a list and its story. Out: `Call`s and `Silent`s. A fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Max

from luoshi.pack.indicator_spec import IndicatorSpec
from luoshi.status.exceptions import Call, Silent
from luoshi.status.stand import Item
from luoshi.store.clock import told_at
from luoshi.store.models import ListRecord, PostRecord, ReportRecord
from luoshi.store.queries.owed import owed_of_list
from luoshi.store.queries.story import Told
from luoshi.store.queries.windows import windows_of_list
from luoshi.store.reporting import period_words

SENT = ("submitted", "signed", "accepted")
WEEK = timedelta(days=7)
NOT_COUNTED = 10**9
"""For figures over series or deliverables: no number of records can be held against their rise."""


def calls_of_owed(record: ListRecord, told: Told, today: date) -> Iterator[Call]:
    """Returns and registers whose day, with its grace, is over. The author was reminded before; now the office hears."""
    for each in owed_of_list(record, told, today):
        kind = each.owed.key.partition(":")[0]
        if each.organ_id is None or kind not in ("report", "supply") or each.owed.due_on >= today:
            continue
        late, days = each.owed, (today - each.owed.due_on).days
        where = {"draft": "，草稿没有提交", "approval": "，等单位负责人签发", "returned": "，退回后没有再报"}.get(late.waiting, "")
        yield Call("late_report" if kind == "report" else "late_supply", late.unit, late.title, f"已过{days}天{where}", f"link:{each.link}",
                   late.due_on, 10 + min(days, 9))


def calls_of_evidence(record: ListRecord, told: Told) -> Iterator[Call]:
    """Reports that wait without evidence, and files that prove two things. Two queries."""
    items = {item.promise.id: item for item in told.items}
    sent = ReportRecord.objects.filter(list=record, state__in=SENT).select_related("organ").prefetch_related("evidence").defer("snapshot")
    used: dict[str, list[tuple[ReportRecord, str]]] = {}
    for report in sent.order_by("changed_at", "id"):
        files = tuple(report.evidence.all())
        item = items.get(report.promise_id)
        if item is not None and report.state != "accepted" and not files and _claims(report, item):
            yield Call("evidence_missing", report.organ.name, _report_title(report, item), "报了数或进展，没有附佐证", _subject(report),
                       told_at(report.changed_at).date(), 8, item.light.state)
        for file in files:
            used.setdefault(file.sha256, []).append((report, file.name))
    for uses in used.values():
        if len({report.promise_id for report, _ in uses}) > 1:
            report, name = uses[-1]
            item = items.get(report.promise_id)
            others = "、".join(dict.fromkeys(_report_title(other, items.get(other.promise_id)) for other, _ in uses[:-1]))
            yield Call("evidence_reused", report.organ.name, name, f"同一文件已用于{others}，文件指纹相同", _subject(report),
                       told_at(report.changed_at).date(), 17)


def silent_units(record: ListRecord, leading: Mapping[int, str], today: date) -> Iterator[Silent]:
    """Nobody of the unit ever signed in or sent anything, or windows in a row passed without anything. A vacant post is seen on the page of posts."""
    posts = PostRecord.objects.filter(organ_id__in=leading, role__in=("liaison", "head"), holder__isnull=False)
    seen = dict(posts.order_by().values_list("organ_id").annotate(last=Max("holder__last_login")))
    filed: dict[tuple[int, str], datetime] = {}
    for organ_id, period, at in ReportRecord.objects.filter(list=record, state__in=SENT).values_list("organ_id", "period", "changed_at"):
        filed[organ_id, period] = max(at, filed.get((organ_id, period), at))
        if organ_id in seen:
            seen[organ_id] = max(seen[organ_id] or at, at)
    windows = windows_of_list(record)
    past = [w for w in reversed(windows.all_of("")) if windows.is_asked(w) and w.on_time_until < today]
    for organ_id, last in seen.items():
        quiet = next((place for place, window in enumerate(past) if (organ_id, window.period) in filed), len(past))
        yield Silent(leading[organ_id], "全部事项", f"unit:{organ_id}", told_at(last).date() if last is not None else None, quiet)


def new_rows_of(told: Told, today: date) -> dict[str, int]:
    """Promise id → records of its register that became known in the last week. No query."""
    lately: dict[str, int] = {}
    for name, rows in told.facts.records.items():
        lately[name] = sum(row.recorded_on is not None and today - WEEK < row.recorded_on <= today for row in rows)
    indicators = told.pack.indicators
    return {item.promise.id: lately.get(_register_of(indicators[item.binding.indicator]), NOT_COUNTED) for item in told.items
            if item.binding is not None and item.binding.indicator in indicators}


def _register_of(spec: IndicatorSpec) -> str:
    """The register that is counted; nothing for kinds over series or deliverables."""
    return str(getattr(spec, "register_name", ""))


def _claims(report: ReportRecord, item: Item) -> bool:
    """A number that moves the light; a sentence about progress proves itself at the next check."""
    return report.value is not None and report.value != 0 and item.light.state not in ("late", "seriously_late")


def _report_title(report: ReportRecord, item: Item | None) -> str:
    return f"{period_words(report.period)}报：{item.title if item else report.promise_id}"


def _subject(report: ReportRecord) -> str:
    return f"report:{report.pk}:{report.promise_id}:{report.organ_id}:{report.period}"
