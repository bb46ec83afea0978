"""Reads about spot checks: those drawn, one with its items, the same drawn again, what a finding would do to the figure. Limited by Who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from luoshi.pack.register_spec import FREE_FIELDS
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.pipeline import stand_days
from luoshi.register.facts import facts_of_rows
from luoshi.status.stand import Item
from luoshi.store.models import FactRecord, ListRecord, SampleItemRecord, SampleRecord
from luoshi.store.queries.breakdown import breakdowns_of
from luoshi.store.queries.reissue import earlier_plans
from luoshi.store.queries.story import Told, stored_rows, tell_list
from luoshi.store.who import Who
from luoshi.supervision.sample import Claim, Drawn, draw_sample

SAMPLE_RESULTS: tuple[tuple[str, str], ...] = SampleItemRecord.RESULTS


@dataclass(frozen=True, slots=True)
class SamplePage:
    """「抽查全貌」 again: the draw repeated from the seed and the claims; agrees: it is the same. population: how many were claimed."""

    sample: SampleRecord
    items: tuple[SampleItemRecord, ...]
    again: tuple[Drawn, ...]
    agrees: bool
    population: int


@dataclass(frozen=True, slots=True)
class Effect:
    """「影响」 What the figure of a target is now, and what it would be without the row. what: row, report or slip, or "" for nothing."""

    what: str
    item: Item | None
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class SampleKept:
    """「抽查存底」 What was drawn then (place, key), and what the same seed and claims draw now: for whoever stands at the machine."""

    title: str
    seed: str
    claims: list[Mapping[str, Any]]
    drawn: tuple[tuple[int, str], ...]
    again: tuple[Drawn, ...]


def kept_samples(number: int | None) -> tuple[SampleKept, ...]:
    """All of them, oldest first, or one by its number; not for a page."""
    found = SampleRecord.objects.order_by("pk").prefetch_related("items")
    return tuple(SampleKept(each.title, each.seed, each.claims, tuple((item.place, item.key) for item in each.items.all()), redraw(each))
                 for each in (found if number is None else found.filter(pk=number)))


def proof_of(shown: SamplePage) -> dict[str, Any]:
    """Everything that is needed to draw it again elsewhere; for those who see the whole draw."""
    sample = shown.sample
    return {"title": sample.title, "as_of": sample.as_of.isoformat(), "seed": sample.seed, "random": sample.random, "by_risk": sample.by_risk,
            "claims": sample.claims, "drawn": [{"place": item.place, "key": item.key} for item in shown.items]}


def samples_of(who: Who, record: ListRecord) -> QuerySet[SampleRecord]:
    """Newest first, each with how many are drawn, looked at, and not so. Heads and liaisons see those in which their unit was drawn."""
    found = SampleRecord.objects.filter(list=record).select_related("by").defer("claims").annotate(
        drawn=Count("items"), done=Count("items", filter=~Q(items__result="")), bad=Count("items", filter=Q(items__result__in=("false", "partly"))))
    if who.sees_all("see_cases"):
        return found
    mine = SampleItemRecord.objects.filter(organ_id__in=who.organ_ids).values("sample")
    return found.filter(pk__in=mine) if who.may("see_cases") else found.none()


def the_sample(who: Who, record: ListRecord, sample_id: int) -> SamplePage:
    """Units see their own items only; the draw can be repeated by everybody who sees it."""
    sample = SampleRecord.objects.filter(list=record, pk=sample_id).select_related("by").first()
    if sample is None or not who.may("see_cases"):
        raise Http404
    items = tuple(sample.items.select_related("organ", "by").prefetch_related("evidence"))
    again = redraw(sample)
    agrees = [(d.claim.key, d.place) for d in again] == [(i.key, i.place) for i in items]
    if not who.sees_all("see_cases"):
        items = tuple(item for item in items if item.organ_id in who.organ_ids)
        if not items:
            raise Http404
    return SamplePage(sample, items, again, agrees, len(sample.claims))


def the_item(who: Who, record: ListRecord, sample_id: int, item_id: int) -> SampleItemRecord:
    """One of what was drawn."""
    found = next((item for item in the_sample(who, record, sample_id).items if item.pk == item_id), None)
    if found is None:
        raise Http404
    return found


def claims_from(kept: list[Mapping[str, Any]]) -> tuple[Claim, ...]:
    """As they were kept on the day of the draw."""
    return tuple(Claim(one["key"], one["title"], one["unit"], None if one["amount"] is None else Decimal(one["amount"]), tuple(one["risks"]))
                 for one in kept)


def redraw(sample: SampleRecord) -> tuple[Drawn, ...]:
    """The same seed and claims, the same sample."""
    return draw_sample(claims_from(sample.claims), sample.random, sample.by_risk, sample.seed)


def row_of(item: SampleItemRecord) -> tuple[str, str] | None:
    """row:hightech_enterprise:GR1 → register and key; None for reports and slips."""
    what, _colon, rest = item.key.partition(":")
    source, _colon, key = rest.partition(":")
    return (source, key) if what == "row" else None


def effect_of(record: ListRecord, item: SampleItemRecord, today: date) -> Effect:
    """The figure without the row: computed as it would be, not subtracted, since one row may count for others."""
    told = tell_list(record, today)
    what = item.key.partition(":")[0]
    row = row_of(item)
    line = next((i for i in told.items if i.promise.id == item.promise_id), None) if told else None
    if told is None or line is None or what == "slip":
        return Effect(what, line, line.value if line else None, line.value if line else None)
    if row is None:
        return Effect("report", line, line.value, None)
    return Effect("row", line, line.value, _without(record, told, row, item.promise_id))


def _without(record: ListRecord, told: Told, row: tuple[str, str], promise_id: str) -> Decimal | None:
    source, key = row
    newest = FactRecord.objects.filter(list=record, source=source, key=key).order_by("-id").first()
    if newest is None:
        return None
    rows = stored_rows(record)
    word, today = VERIFICATION_WORDS["rejected"], told.as_of.isoformat()
    rows[source] = [*rows.get(source, []), {**newest.row, FREE_FIELDS["verification"]: word, FREE_FIELDS["recorded_on"]: today}]
    facts, _findings = facts_of_rows(told.pack, rows)
    stood, _found = stand_days(told.pack, told.plan, facts, (), (told.as_of,), None, None, promise_id, earlier_plans(record), breakdowns_of(record))
    return next((i.value for i in stood[told.as_of] if i.promise.id == promise_id), None)
