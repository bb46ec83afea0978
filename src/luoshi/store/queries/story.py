"""A list's story on a day: plan in force + stored facts → items with figures and lights. In: a list, a date. Out: `Told`.

Nothing is recomputed that did not change: a story is kept under list, plan version, facts version and day (and, while reports change
them, the newest accepted report).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from luoshi.pack.load import load_pack
from luoshi.pack.pack import Pack
from luoshi.pipeline import stand
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.provenance import Finding
from luoshi.register.facts import facts_of_rows
from luoshi.register.record import Facts
from luoshi.register.reported import Reported, read_reported
from luoshi.status.stand import Item
from luoshi.store.models import FactRecord, ListRecord

KEPT = 64
_stories: OrderedDict[tuple[object, ...], Told] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Told:
    """「所见」 What pages show of a list on a day."""

    pack: Pack
    plan: Plan
    facts: Facts
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    as_of: date
    year: int


def tell_list(record: ListRecord, as_of: date, known_at: date | None = None) -> Told | None:
    """None before a plan is confirmed."""
    if record.plan is None:
        return None
    key = (record.pk, record.plan_id, record.facts_version, as_of, known_at)
    with _lock:
        if key in _stories:
            _stories.move_to_end(key)
            return _stories[key]
    told = _tell(record, as_of, known_at)
    with _lock:
        _stories[key] = told
        while len(_stories) > KEPT:
            _stories.popitem(last=False)
    return told


def _tell(record: ListRecord, as_of: date, known_at: date | None) -> Told:
    assert record.plan is not None
    pack, pack_findings = load_pack(record.pack)
    plan = plan_from_json(record.plan.plan)
    facts, fact_findings = facts_of_rows(pack, stored_rows(record))
    items, found = stand(pack, plan, facts, _reported(record, pack), as_of, known_at)
    return Told(pack, plan, facts, items, pack_findings + fact_findings + found, as_of, pack.file.year or record.year)


def stored_rows(record: ListRecord) -> dict[str, list[dict[str, str]]]:
    """Every row of the list, by source, in the order of recording: one query."""
    rows: dict[str, list[dict[str, str]]] = {}
    for source, row in FactRecord.objects.filter(list=record).order_by("id").values_list("source", "row"):
        rows.setdefault(source, []).append(row)
    return rows


def _reported(record: ListRecord, pack: Pack) -> tuple[Reported, ...]:
    """The pack's example values in an example list; accepted reports everywhere."""
    if not record.example or pack.reported is None:
        return ()
    return read_reported(pack.reported)[0]
