"""A list's story on a day: plan in force + stored facts → items with figures and lights. In: a list, a date. Out: `Told`.

Nothing is recomputed that did not change: what does not depend on the day (pack, plan, typed facts, compiled queries) is kept under
list, plan version and facts version; a story under these and the day. When many ask at once, one computes and the others wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max
from django.utils.timezone import localtime

from luoshi.indicator.figure import Figure
from luoshi.pack.agreed import Agreed, with_agreed
from luoshi.pack.binding_spec import Binding
from luoshi.pack.pack import Pack
from luoshi.pipeline import Measured, measure_at, stand_days, still_measured
from luoshi.plan.breakdown import Breakdown
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.provenance import Finding
from luoshi.register.facts import facts_of_rows
from luoshi.register.record import Facts
from luoshi.register.reported import Reported, read_reported
from luoshi.status.stand import Item
from luoshi.store.kept import Kept, Key
from luoshi.store.models import BindingRecord, FactRecord, ListRecord, MergeRecord, OwnRegisterRecord, ReportRecord
from luoshi.store.queries.agreed import agreed_pack, pack_of
from luoshi.store.queries.breakdown import breakdowns_of
from luoshi.store.queries.queries_kept import Queries, queries_of
from luoshi.store.queries.reissue import earlier_plans


@dataclass(frozen=True, slots=True)
class Told:
    """「所见」 What pages show of a list on a day. derived: what pages have made of it, by name, kept as long as it is."""

    pack: Pack
    plan: Plan
    facts: Facts
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    as_of: date
    year: int
    derived: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """「备好的清单」 What every day of a list shares."""

    pack: Pack
    plan: Plan
    facts: Facts
    reported: tuple[Reported, ...]
    findings: tuple[Finding, ...]
    earlier: tuple[Plan, ...] = ()
    shares: dict[str, Breakdown] = field(default_factory=dict)
    agreed: dict[str, Binding] = field(default_factory=dict)
    queries: Queries = field(default_factory=Queries)
    figures: Measured = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What depends on the plan, on rows and on what is agreed about them, not on reports: an accepted report must not cost measuring anew."""

    pack: Pack
    plan: Plan
    earlier: tuple[Plan, ...]
    facts: Facts
    findings: tuple[Finding, ...]
    agreed: dict[str, Binding]
    queries: Queries
    figures: Measured = field(default_factory=dict)


def _weigh(held: Ready | _Counted) -> int:
    """By rows, so that many small lists have room; eight of any size always have."""
    return ROOM // 200 + min(sum(map(len, held.facts.records.values())), ROOM // 9)


ROOM = 1_000_000
_stories: Kept[Told] = Kept(100_000, lambda told: 100 + len(told.items))
_series: Kept[dict[date, Item]] = Kept(64)
_ready: Kept[Ready] = Kept(ROOM, _weigh)
_counted: Kept[_Counted] = Kept(ROOM, _weigh)
_counted_last: Kept[_Counted] = Kept(ROOM, _weigh)
MOST_MOMENTS = 60


def tell_list(record: ListRecord, as_of: date, known_at: date | None = None) -> Told | None:
    """None before a plan is confirmed."""
    return tell_days(record, (as_of,), known_at).get(as_of)


def tell_days(record: ListRecord, days: Iterable[date], known_at: date | None = None) -> dict[date, Told]:
    """The story on each of the days; what is not kept is computed together. Empty before a plan is confirmed."""
    if record.plan_id is None:
        return {}
    wanted = tuple(dict.fromkeys(days))
    told = _kept(record, wanted, known_at)
    if len(told) < len(wanted):
        with _stories.turn(state_of(record)):      # what the one before computed need not be computed again
            told = _kept(record, wanted, known_at)
            told |= _compute(record, tuple(day for day in wanted if day not in told), known_at)
    return told


def _kept(record: ListRecord, days: tuple[date, ...], known_at: date | None) -> dict[date, Told]:
    state = state_of(record)
    return {day: kept for day in days if (kept := _stories.look((*state, day, known_at)))}


def _compute(record: ListRecord, days: tuple[date, ...], known_at: date | None) -> dict[date, Told]:
    if not days:
        return {}
    ready, state = get_ready(record), state_of(record)
    _forget_older(record)
    stood, found = stand_days(ready.pack, ready.plan, ready.facts, known_by(ready.reported, known_at), days, known_at, ready.queries.compiled,
                              earlier=ready.earlier, shares=ready.shares, agreed=ready.agreed, figures=ready.figures)
    ready.queries.keep()
    while len(ready.figures) > MOST_MOMENTS:
        ready.figures.pop(next(iter(ready.figures)), None)
    year, findings = ready.pack.file.year or record.year, ready.findings + found
    return {day: _stories.keep((*state, day, known_at), Told(ready.pack, ready.plan, ready.facts, items, findings, day, year))
            for day, items in stood.items()}


def _forget_older(record: ListRecord) -> None:
    """Nobody asks for an earlier state of the list any more: what is told anew takes its place, not that of another list."""
    def is_current(key: Key) -> bool:
        return key[0] != record.pk or not isinstance(key[3], int) or key[3] >= record.facts_version
    _stories.forget(is_current)
    _series.forget(is_current)
    _ready.forget(is_current)


def are_told(record: ListRecord, days: Iterable[date]) -> bool:
    """Whether the story of every one of the days is at hand already."""
    state = state_of(record)
    return all(_stories.look((*state, day, None)) is not None for day in days)


def tell_promise(record: ListRecord, days: tuple[date, ...], promise_id: str, known_at: date | None = None) -> dict[date, Item]:
    """One target or milestone on each of the days: only its own figure is computed where the whole story is not at hand."""
    if record.plan_id is None:
        return {}
    if known_at is None and are_told(record, days):
        return {day: item for day, told in tell_days(record, days).items() for item in told.items if item.promise.id == promise_id}
    return _series.get((*state_of(record), days, promise_id, known_at), lambda: _compute_promise(record, days, promise_id, known_at))


def measure_of(record: ListRecord, names: tuple[str, ...], as_of: date, known_at: date | None = None) -> dict[str, Figure]:
    """Indicators by name, whether a promise asks for them or not; what was measured before is not measured again. Raises CannotMeasure."""
    ready = get_ready(record)
    moment = as_of, ready.pack.file.year or record.year, known_at
    found = measure_at(ready.pack, ready.facts, ready.queries.compiled, (moment,), names, ready.figures)
    return found[moment]


def _compute_promise(record: ListRecord, days: tuple[date, ...], promise_id: str, known_at: date | None) -> dict[date, Item]:
    ready = get_ready(record)
    stood, _ = stand_days(ready.pack, ready.plan, ready.facts, known_by(ready.reported, known_at), days, known_at, ready.queries.compiled,
                          promise_id, ready.earlier, ready.shares, ready.agreed, ready.figures)
    return {day: item for day, items in stood.items() for item in items if item.promise.id == promise_id}


def stand_with(record: ListRecord, promise_id: str, agreed: Agreed, as_of: date) -> Item | None:
    """How a promise would stand if this were agreed on; nothing is kept. Raises CannotMeasure."""
    ready = get_ready(record)
    pack, bindings, _findings = with_agreed(ready.pack, {promise_id: agreed})
    stood, _ = stand_days(pack, ready.plan, ready.facts, ready.reported, (as_of,), None, ready.queries.compiled, promise_id, ready.earlier,
                          ready.shares, ready.agreed | bindings)
    return next((item for item in stood[as_of] if item.promise.id == promise_id), None)


def state_of(record: ListRecord) -> Key:
    """Everything that what is computed from a list depends on, beside the day."""
    return record.pk, record.made_at, record.plan_id, record.facts_version, record.title, record.year, record.pack, record.example


def get_ready(record: ListRecord) -> Ready:
    """Kept until something of the list changes."""
    return _ready.get(state_of(record), lambda: _make_ready(record))


def _make_ready(record: ListRecord) -> Ready:
    assert record.plan is not None
    counted = _counted.get(_state_of_rows(record), lambda: _count(record))
    return Ready(counted.pack, counted.plan, counted.facts, _reported(record, counted.pack), counted.findings,
                 counted.earlier, breakdowns_of(record), counted.agreed, counted.queries, counted.figures)


def _count(record: ListRecord) -> _Counted:
    assert record.plan is not None
    pack, agreed, pack_findings = agreed_pack(record)
    facts, fact_findings = facts_of_rows(pack, stored_rows(record))
    queries = queries_of(pack)
    last = _counted_last.look((record.pk,))
    figures = still_measured(last.figures, last.facts, facts) if last and last.queries is queries and _measures_alike(last.pack, pack) else {}
    findings = pack_findings + fact_findings
    counted = _Counted(pack, plan_from_json(record.plan.plan), earlier_plans(record), facts, findings, agreed, queries, figures)
    return _counted_last.keep((record.pk,), counted)      # a row more must not cost measuring what it is not about


def _measures_alike(one: Pack, other: Pack) -> bool:
    """Whether the same facts give the same figures; registers and reviewed queries are the same where the compiled ones are."""
    return (one.file, one.series, one.deliverables, one.indicators, one.calendar, one.directory) == (
        other.file, other.series, other.deliverables, other.indicators, other.calendar, other.directory)


def _state_of_rows(record: ListRecord) -> Key:
    """Rows, merges, bindings and own registers are only ever added, or undone with a mark: number and newest tell one state from another.
    Four queries."""
    rows = FactRecord.objects.filter(list=record).aggregate(many=Count("id"), last=Max("id"))
    merges = MergeRecord.objects.filter(list=record).aggregate(many=Count("id"), undone=Count("undone_on"), last=Max("id"))
    bindings = BindingRecord.objects.filter(list=record).aggregate(last=Max("id"))
    registers = OwnRegisterRecord.objects.filter(list=record).aggregate(last=Max("id"))
    stamp = (*rows.values(), *merges.values(), *bindings.values(), *registers.values())
    return record.pk, record.made_at, record.plan_id, record.year, record.pack, stamp


def stored_rows(record: ListRecord) -> dict[str, list[dict[str, str]]]:
    """Every row of the list, by source, in the order of recording; with the code of the enterprise that a person found it to be about, where
    somebody did. Two queries."""
    rows: dict[str, list[dict[str, str]]] = {}
    codes = codes_of(record)
    for source, key, row in FactRecord.objects.filter(list=record).order_by("id").values_list("source", "key", "row"):
        rows.setdefault(source, []).append({**row, **codes[source, key]} if (source, key) in codes else row)
    return rows


def codes_of(record: ListRecord) -> dict[tuple[str, str], dict[str, str]]:
    """(register, key) → the column of its code with what was decided: one query."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    merged = list(MergeRecord.objects.filter(list=record, undone_on=None).exclude(code="").values_list("source", "key", "code"))
    registers = pack_of(record).registers if merged else {}
    for source, key, code in merged:
        title = next((field.title for field in registers[source].fields if field.check == "uscc"), "")
        found[source, key] = {title: code} if title else {}
    return found


def _reported(record: ListRecord, pack: Pack) -> tuple[Reported, ...]:
    """The pack's example values in an example list; accepted reports everywhere."""
    examples = read_reported(pack.reported)[0] if record.example and pack.reported else ()
    accepted = ReportRecord.objects.filter(list=record, state="accepted", value__isnull=False).order_by("observed_on", "id")
    rows = accepted.values_list("promise_id", "value", "observed_on", "organ__name", "progress", "changed_at")
    return (*examples, *(_as_reported(*row) for row in rows))


def known_by(reported: tuple[Reported, ...], known_at: date | None) -> tuple[Reported, ...]:
    """Without what was accepted only later."""
    return tuple(r for r in reported if known_at is None or r.known_on is None or r.known_on <= known_at)


def reported_of(report: ReportRecord) -> Reported:
    """A report with a value → a reported value of exactly its promise. An accepted report does not change any more: that is when it was known."""
    return _as_reported(report.promise_id, report.value, report.observed_on, report.organ.name, report.progress, report.changed_at)


def _as_reported(promise_id: str, value: Decimal | None, on: date, unit: str, progress: str, changed_at: datetime) -> Reported:
    assert value is not None
    return Reported("", (), value, "", on, unit, progress.strip(), promise_id, localtime(changed_at).date())
