"""What is claimed as done on a day: rows that count, accepted reports, closed slips; each with what makes it worth a look. In: a list, its story.

Out: `Claims`, from which a spot check is drawn. A figure behind which more rows stand than are listed says how many cannot be drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from luoshi.pack.register_spec import RegisterSpec
from luoshi.publish.register_rows import sources_of
from luoshi.register.record import Record, value_of
from luoshi.status.stand import Item
from luoshi.store.models import AliasRecord, CaseRecord, ListRecord, OrganRecord, ReportRecord, SampleItemRecord
from luoshi.store.queries.entering import EXAMPLE
from luoshi.store.queries.story import Told
from luoshi.supervision.sample import Claim

LAST_DAYS, TOGETHER = timedelta(days=5), 3
"""Recorded in the last five days before the day, three or more rows of a register together: this product's own choice, as the two below."""
ROUND = Decimal(100)
JUMP = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Claims:
    """「完成事项清单」 promise: claim key → the target or milestone it counts for. unlisted: rows that count but cannot be drawn."""

    claims: tuple[Claim, ...]
    promise: dict[str, str]
    unlisted: int


def claims_of(record: ListRecord, told: Told) -> Claims:
    """Seven queries, however much is claimed."""
    known = _units()
    rows, promise, unlisted = _rows(told, known)
    made = [*rows]
    for claim, about in (*_reports(record, told), *_slips(record)):
        made.append(claim)
        promise[claim.key] = about
    checked, false_units = _checked(record)
    return Claims(tuple(_with_history(claim, checked, false_units) for claim in made), promise, unlisted)


def _with_history(claim: Claim, checked: set[str], false_units: set[str]) -> Claim:
    more = ("unit_found_false",) * (claim.unit in false_units) + ("never_checked",) * (claim.key not in checked)
    return replace(claim, risks=claim.risks + more)


def _rows(told: Told, known: dict[str, str]) -> tuple[list[Claim], dict[str, str], int]:
    """Each row once, for the first figure that counts it."""
    made: dict[str, Claim] = {}
    promise: dict[str, str] = {}
    unlisted = 0
    for item in told.items:
        if item.value_from != "computed" or item.figure is None:
            continue
        unlisted += item.figure.because.counted_total - len(item.figure.because.counted)
        for source in sources_of(told.pack.indicators[item.figure.indicator]):
            if source in told.pack.registers:
                for claim in _rows_of(told, item, source, known):
                    promise.setdefault(claim.key, item.promise.id)
                    made.setdefault(claim.key, claim)
    return list(made.values()), promise, unlisted


def _rows_of(told: Told, item: Item, source: str, known: dict[str, str]) -> Iterator[Claim]:
    """Of one figure, those of its rows that are records of this register. A supplier that is no unit here answers through the lead."""
    assert item.figure is not None
    spec = told.pack.registers[source]
    records = _in_force(told, source)
    evidence, recorded = _seen_in(told, source)
    lead = item.leads[0] if item.leads else ""
    for row in item.figure.because.counted:
        record = records.get(row.key)
        if record is None:
            continue
        risks = _row_risks(record, row.amount, evidence, recorded, told.as_of)
        unit = known.get(_supplier(record, spec)) or known.get(lead, lead)
        yield Claim(f"row:{source}:{row.key}", f"{spec.title}：{row.title}", unit, row.amount, risks)


def _in_force(told: Told, source: str) -> dict[str, Record]:
    """Key → the version in force on the day; made once for each story."""
    kept = told.derived.setdefault(f"claims:{source}", {})
    if not kept:
        for record in told.facts.records.get(source, ()):
            if record.happened_on is None or record.happened_on <= told.as_of:
                kept[record.key] = record
    found: dict[str, Record] = kept
    return found


def _seen_in(told: Told, source: str) -> tuple[Counter[str], int]:
    """How often each piece of evidence proves something, and how many rows came in during the last days."""
    records = _in_force(told, source).values()
    evidence = Counter(piece for record in records for piece in dict.fromkeys(record.evidence))
    return evidence, sum(_is_late(record, told.as_of) for record in records)


def _is_late(record: Record, as_of: date) -> bool:
    return record.recorded_on is not None and as_of - LAST_DAYS < record.recorded_on <= as_of


def _row_risks(record: Record, amount: Decimal | None, evidence: Counter[str], late: int, as_of: date) -> tuple[str, ...]:
    risks = ("last_days",) * (late >= TOGETHER and _is_late(record, as_of)) + ("round_number",) * _is_round(amount)
    if not record.evidence:
        return (*risks, "evidence_missing")
    return (*risks, "evidence_reused") if any(evidence[piece] > 1 for piece in record.evidence) else risks


def _is_round(amount: Decimal | None) -> bool:
    return amount is not None and amount >= ROUND and amount % ROUND == 0


def _supplier(record: Record, spec: RegisterSpec) -> str:
    try:
        return str(value_of(record, spec, "supplier") or "").removeprefix(EXAMPLE)
    except ValueError:     # a register may declare the column under another name
        return ""


def _reports(record: ListRecord, told: Told) -> Iterator[tuple[Claim, str]]:
    """Accepted, with a value or not: two queries."""
    titles = {item.promise.id: f"{item.number} {item.title}" for item in told.items}
    accepted = ReportRecord.objects.filter(list=record, state="accepted", observed_on__lte=told.as_of)
    reports = accepted.select_related("organ").prefetch_related("evidence")
    last: dict[tuple[str, int], ReportRecord] = {}
    used = Counter(piece.sha256 for report in reports for piece in report.evidence.all())
    for report in sorted(reports, key=lambda each: each.period):
        if report.promise_id in titles:
            before = last.get((report.promise_id, report.organ_id))
            yield Claim(f"report:{report.pk}", f"填报：{titles[report.promise_id]}（{report.period}）", report.organ.name, report.value,
                        _report_risks(report, before, used)), report.promise_id
            last[report.promise_id, report.organ_id] = report


def _report_risks(report: ReportRecord, before: ReportRecord | None, used: Counter[str]) -> tuple[str, ...]:
    pieces = [piece.sha256 for piece in report.evidence.all()]
    risks = ("last_days",) * report.was_late + ("round_number",) * _is_round(report.value)
    if before and before.value and report.value and report.value > before.value * JUMP:
        risks = (*risks, "jump")
    if not pieces:
        return (*risks, "evidence_missing")
    return (*risks, "evidence_reused") if any(used[sha] > 1 for sha in pieces) else risks


def _slips(record: ListRecord) -> Iterator[tuple[Claim, str]]:
    """Closed: what was said to be done. Two queries."""
    for case in CaseRecord.objects.filter(list=record, kind="slip", state="closed").select_related("organ").prefetch_related("steps__evidence"):
        proven = any(step.evidence.all() for step in case.steps.all())
        yield Claim(f"slip:{case.pk}", f"督办单：{case.number} {case.title}", case.organ.name if case.organ else "", None,
                    () if proven else ("evidence_missing",)), case.promise_id


def _checked(record: ListRecord) -> tuple[set[str], set[str]]:
    """Keys that were looked at; units of which something was found not to be so. One query."""
    found = SampleItemRecord.objects.filter(sample__list=record).exclude(result="").values_list("key", "result", "organ__name")
    rows = list(found)
    return {key for key, _result, _unit in rows}, {unit for _key, result, unit in rows if result in ("false", "partly") and unit}


def _units() -> dict[str, str]:
    """How units are written → their name. Two queries."""
    names = dict(AliasRecord.objects.values_list("name", "organ__name"))
    return names | {name: name for name in OrganRecord.objects.values_list("name", flat=True)}


def organ_ids(names: Iterable[str]) -> dict[str, int]:
    """Name → id. One query."""
    return dict(OrganRecord.objects.filter(name__in=set(names)).values_list("name", "pk"))
