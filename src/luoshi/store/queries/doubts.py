"""What spot checks found partly true: how much of a figure nobody has confirmed. In: a list, its story. Out: `Doubt`s by promise.

The row stays its unit's: the figure is what the rows say, and beside it stands what was seen, until the unit has put the row right or a later
check finds it true. A row that was found false does not count at all (actions/record_check.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from luoshi.status.stand import Item
from luoshi.store.models import FactRecord, ListRecord, ReportRecord, SampleItemRecord

ADDED_UP = ("count", "sum")
"""Kinds of figures from which an amount can be taken away."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """「抽查存疑」 claims: how many were found partly true; amount: what was claimed above what was seen; as_found: the figure without it, None
    where it does not simply add up. It can be a key of what is kept."""

    claims: tuple[str, ...]
    amount: Decimal
    unit: str
    as_found: Decimal | None
    sample_id: int


def doubt_of(record: ListRecord, item: Item | None, kind: str = "") -> Doubt | None:
    """Of one line of the board; kind: how its figure is computed. One query where nothing was found partly true, three where something was."""
    if item is None:
        return None
    found = _open(record, item.promise.id)
    if not found:
        return None
    amount = sum((each.amount - each.found for each in found if each.amount is not None and each.found is not None), Decimal(0))
    adds_up = item.value is not None and (kind in ADDED_UP or item.value_from == "reported") and all(each.amount is not None for each in found)
    return Doubt(tuple(each.title for each in found), amount, item.standing.unit if item.standing else "",
                 item.value - amount if adds_up and item.value is not None else None, found[-1].sample_id)


def _open(record: ListRecord, promise_id: str) -> list[SampleItemRecord]:
    """The newest check of each claim, where it says partly, and the claim is still as it was then."""
    checked = SampleItemRecord.objects.filter(sample__list=record, promise_id=promise_id, checked_at__isnull=False).order_by("checked_at", "id")
    newest = {each.key: each for each in checked}
    partly = [each for each in newest.values() if each.result == "partly"]
    changed = _changed(record, partly) if partly else frozenset()
    return [each for each in partly if each.key not in changed]


def _changed(record: ListRecord, checked: Iterable[SampleItemRecord]) -> frozenset[str]:
    """Keys of claims that their owner has put right, or taken back, since they were looked at."""
    since = {each.key: each.checked_at for each in checked if each.checked_at is not None}
    rows = [(key.split(":", 2)[1:], key) for key in since if key.startswith("row:")]
    reports = {int(key.partition(":")[2]): key for key in since if key.startswith("report:")}
    moved: set[str] = set()
    if rows:
        asked = Q()
        for (source, key), _whole in rows:
            asked |= Q(source=source, key=key)
        versions = FactRecord.objects.filter(asked, list=record).exclude(act="verify").values_list("source", "key", "recorded_at")
        moved |= {f"row:{source}:{key}" for source, key, at in versions if at > since[f"row:{source}:{key}"]}
    if reports:
        held = ReportRecord.objects.filter(pk__in=reports).values_list("pk", "state", "changed_at")
        moved |= {reports[pk] for pk, state, at in held if state != "accepted" or at > since[reports[pk]]}
    return frozenset(moved)
