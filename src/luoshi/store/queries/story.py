"""A list's story on a day: plan in force + stored facts → items with figures and lights. In: a list, a date. Out: `Told`.

Nothing is recomputed that did not change: what does not depend on the day (pack, plan, typed facts, compiled queries) is kept under
list, plan version and facts version; a story under these and the day.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from django.utils.timezone import localtime

from luoshi.pack.load import load_pack
from luoshi.pack.pack import Pack
from luoshi.pipeline import stand_days
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.provenance import Finding
from luoshi.register.facts import facts_of_rows
from luoshi.register.record import Facts
from luoshi.register.reported import Reported, read_reported
from luoshi.register.warehouse import Compiled
from luoshi.status.stand import Item
from luoshi.store.models import FactRecord, ListRecord, ReportRecord

Kept = TypeVar("Kept")
KEPT, READY = 64, 8
_stories: OrderedDict[tuple[object, ...], Told] = OrderedDict()
_series: OrderedDict[tuple[object, ...], dict[date, Item]] = OrderedDict()
_ready: OrderedDict[tuple[object, ...], _Ready] = OrderedDict()
_lock = Lock()


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
class _Ready:
    """What every day of a list shares."""

    pack: Pack
    plan: Plan
    facts: Facts
    reported: tuple[Reported, ...]
    findings: tuple[Finding, ...]
    compiled: Compiled = field(default_factory=dict)


def tell_list(record: ListRecord, as_of: date, known_at: date | None = None) -> Told | None:
    """None before a plan is confirmed."""
    return tell_days(record, (as_of,), known_at).get(as_of)


def tell_days(record: ListRecord, days: Iterable[date], known_at: date | None = None) -> dict[date, Told]:
    """The story on each of the days; what is not kept is computed together. Empty before a plan is confirmed."""
    if record.plan is None:
        return {}
    state, wanted = _state(record), tuple(dict.fromkeys(days))
    told = {day: kept for day in wanted if (kept := _look(_stories, (*state, day, known_at)))}
    missing = tuple(day for day in wanted if day not in told)
    if missing:
        ready = _get_ready(record)
        stood, found = stand_days(ready.pack, ready.plan, ready.facts, known_by(ready.reported, known_at), missing, known_at, ready.compiled)
        for day, items in stood.items():
            year = ready.pack.file.year or record.year
            story = Told(ready.pack, ready.plan, ready.facts, items, ready.findings + found, day, year)
            told[day] = _keep(_stories, (*state, day, known_at), KEPT, story)
    return told


def are_told(record: ListRecord, days: Iterable[date]) -> bool:
    """Whether the story of every one of the days is at hand already."""
    return all(_look(_stories, (*_state(record), day, None)) is not None for day in days)


def tell_promise(record: ListRecord, days: tuple[date, ...], promise_id: str) -> dict[date, Item]:
    """One target or milestone on each of the days: only its own figure is computed where the whole story is not at hand."""
    if record.plan is None:
        return {}
    if are_told(record, days):
        return {day: item for day, told in tell_days(record, days).items() for item in told.items if item.promise.id == promise_id}
    key = (*_state(record), days, promise_id)
    kept = _look(_series, key)
    if kept is None:
        ready = _get_ready(record)
        stood, _ = stand_days(ready.pack, ready.plan, ready.facts, ready.reported, days, None, ready.compiled, promise_id)
        kept = _keep(_series, key, KEPT, {day: item for day, items in stood.items() for item in items if item.promise.id == promise_id})
    return kept


def _state(record: ListRecord) -> tuple[object, ...]:
    return record.pk, record.made_at, record.plan_id, record.facts_version


def _look(cache: OrderedDict[tuple[object, ...], Kept], key: tuple[object, ...]) -> Kept | None:
    with _lock:
        if key in cache:
            cache.move_to_end(key)
        return cache.get(key)


def _keep(cache: OrderedDict[tuple[object, ...], Kept], key: tuple[object, ...], size: int, made: Kept) -> Kept:
    with _lock:
        cache[key] = made
        while len(cache) > size:
            cache.popitem(last=False)
    return made


def _get_ready(record: ListRecord) -> _Ready:
    assert record.plan is not None
    ready = _look(_ready, _state(record))
    if ready is None:
        pack, pack_findings = load_pack(record.pack)
        facts, fact_findings = facts_of_rows(pack, stored_rows(record))
        plan = plan_from_json(record.plan.plan)
        ready = _keep(_ready, _state(record), READY, _Ready(pack, plan, facts, _reported(record, pack), pack_findings + fact_findings))
    return ready


def stored_rows(record: ListRecord) -> dict[str, list[dict[str, str]]]:
    """Every row of the list, by source, in the order of recording: one query."""
    rows: dict[str, list[dict[str, str]]] = {}
    for source, row in FactRecord.objects.filter(list=record).order_by("id").values_list("source", "row"):
        rows.setdefault(source, []).append(row)
    return rows


def _reported(record: ListRecord, pack: Pack) -> tuple[Reported, ...]:
    """The pack's example values in an example list; accepted reports everywhere."""
    examples = read_reported(pack.reported)[0] if record.example and pack.reported else ()
    accepted = ReportRecord.objects.filter(list=record, state="accepted", value__isnull=False).select_related("organ").order_by("observed_on", "id")
    return (*examples, *(reported_of(report) for report in accepted))


def known_by(reported: tuple[Reported, ...], known_at: date | None) -> tuple[Reported, ...]:
    """Without what was accepted only later."""
    return tuple(r for r in reported if known_at is None or r.known_on is None or r.known_on <= known_at)


def reported_of(report: ReportRecord) -> Reported:
    """A report with a value → a reported value of exactly its promise. An accepted report does not change any more: that is when it was known."""
    assert report.value is not None
    return Reported("", (), report.value, "", report.observed_on, report.organ.name, report.progress.strip(), report.promise_id,
                    localtime(report.changed_at).date())
