"""The office accepts a signed report「接收」: what it says is frozen, and its value counts from now on.

In: who, which report, the revision seen. Out: `ReportRecord` with its snapshot. Raises NotAllowed, Stale, ReportRefused.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from luoshi.actions.report_at_hand import lock_report, step_at_hand, value_problems
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.writing import writing
from luoshi.plan.plan import plain
from luoshi.status.stand import Item, with_reported
from luoshi.store.models import ReportRecord
from luoshi.store.queries.story import Told, reported_of, tell_list
from luoshi.store.reporting import asked_of
from luoshi.store.who import Who

TEXTS = ("progress", "next_step", "asks", "why_lower")


def accept_report(who: Who, at: datetime, today: date, report_id: int, revision: int) -> ReportRecord:
    """The list's facts are new from here on: stories are told anew."""
    seen, step = step_at_hand(report_id, "accept")
    with writing(who, "report.accept", at, right=step.right, list_id=seen.list_id, organ_id=seen.organ_id) as entry:
        held, report = lock_report(report_id, step, revision)
        told = tell_list(held, today)
        item, problems = value_problems(report, told)
        if problems:
            raise ReportRefused(problems)
        report.state, report.accepted_by_id, report.revision, report.changed_at = step.to, who.person_id, report.revision + 1, at
        report.snapshot = snapshot_of(report, item, told, today)
        report.save()
        held.facts_version += 1
        held.save(update_fields=["facts_version"])
        entry.about, entry.detail = f"report:{report.pk}", {"state": [step.at, step.to], "revision": report.revision,
                                                            "snapshot_sha256": hash_of(report.snapshot)}
    return report


def snapshot_of(report: ReportRecord, item: Item | None, told: Told | None, today: date) -> dict[str, Any]:
    """What was accepted, as `luoshi.report/1`: the words, the hashes of the evidence, and how the promise stood that day with this value."""
    if item and told and report.value is not None and asked_of(item):
        item = with_reported(item, reported_of(report), today, told.year)
    return {
        "schema": "luoshi.report/1", "list": report.list_id, "plan": report.list.plan_id, "promise": report.promise_id,
        "number": item.number if item else None, "title": item.title if item else None, "organ": report.organ.name, "period": report.period,
        "value": None if report.value is None else str(report.value.normalize()), "observed_on": report.observed_on.isoformat(),
        "forecast_on": report.forecast_on.isoformat() if report.forecast_on else None, **{name: getattr(report, name) for name in TEXTS},
        "evidence": [{"name": e.name, "sha256": e.sha256, "size": e.size, "kind": e.kind} for e in report.evidence.order_by("id")],
        "people": {"author": report.author.name, "signed_by": report.signed_by.name if report.signed_by else None,
                   "accepted_by": report.accepted_by.name if report.accepted_by else None},
        "accepted_at": report.changed_at.isoformat(), "as_of": today.isoformat(), "facts_version": report.list.facts_version,
        "stood": _stood(item) if item else None}


def hash_of(snapshot: dict[str, Any]) -> str:
    """sha256 of the snapshot: the journal keeps it, so that a snapshot changed afterwards is found."""
    return hashlib.sha256(json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _stood(item: Item) -> dict[str, Any]:
    standing = item.standing
    return {"from": item.value_from, "value": None if item.value is None else str(item.value.normalize()),
            "unit": standing.unit if standing else None,
            "target": str(standing.target.normalize()) if standing else None,
            "planned": None if standing is None or standing.planned is None else str(standing.planned.normalize()),
            "observed_on": plain(standing.observed_on) if standing else None,
            "light": item.light.state, "word": item.light.word, "sentence": item.light.sentence}
