"""Which promises of several lists are one matter, so that one report answers all. In: who, a list, a promise. Out: places, proposals."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from luoshi.plan.alike import alike, pair_alike, tokens_of
from luoshi.plan.target import Target
from luoshi.status.stand import Item, unit_of
from luoshi.store.models import ListRecord, ReportRecord, SamePromiseRecord
from luoshi.store.queries.promises import UnitsOf, units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.who import Who

LIKENESS = 0.6
"""Below it two metrics are different things more often than not: the office would only say no."""


@dataclass(frozen=True, slots=True)
class SamePlace:
    """「并报位置」 Where else the same is asked: list and promise."""

    list_id: int
    list_title: str
    promise_id: str


@dataclass(frozen=True, slots=True)
class LikelySame:
    """「疑似同一事项」 Two promises of two lists that read alike, are counted in the same unit and are led by the same units."""

    here: Item
    there: Item
    units: tuple[str, ...]
    likeness: float


def same_places(list_id: int, promise_id: str) -> tuple[SamePlace, ...]:
    """The other promises of its matter. One query."""
    found = SamePromiseRecord.objects.filter(matter__promises__list_id=list_id, matter__promises__promise_id=promise_id)
    rows = found.exclude(list_id=list_id, promise_id=promise_id).order_by("list_id", "id").values_list("list_id", "list__title", "promise_id")
    return tuple(SamePlace(*row) for row in rows)


def filed_with(report: ReportRecord) -> tuple[SamePlace, ...]:
    """Where the same return was filed in the same act: the same unit, the same moment. One query."""
    same = SamePromiseRecord.objects.filter(matter__promises__list_id=report.list_id, matter__promises__promise_id=report.promise_id)
    places = same.exclude(list_id=report.list_id).filter(list__reports__promise_id=F("promise_id"), list__reports__organ_id=report.organ_id,
                                                         list__reports__changed_at=report.changed_at, list__reports__state="submitted")
    return tuple(SamePlace(*row) for row in places.distinct().values_list("list_id", "list__title", "promise_id"))


def joined_of(record: ListRecord) -> dict[str, tuple[int, tuple[SamePlace, ...]]]:
    """Promise id of this list → its matter, and where else it stands. Two queries."""
    own = dict(SamePromiseRecord.objects.filter(list=record).values_list("matter_id", "promise_id"))
    others: dict[str, tuple[int, tuple[SamePlace, ...]]] = {}
    rows = SamePromiseRecord.objects.filter(matter_id__in=own).exclude(list=record).order_by("list_id", "id")
    for matter, list_id, title, promise_id in rows.values_list("matter_id", "list_id", "list__title", "promise_id"):
        others[own[matter]] = (matter, (*others.get(own[matter], (matter, ()))[1], SamePlace(list_id, title, promise_id)))
    return others


def other_lists(who: Who, record: ListRecord) -> tuple[ListRecord, ...]:
    """Lists with a plan that the person may see, of the same year, beside this one."""
    if not who.may("see_lists"):
        return ()
    return tuple(ListRecord.objects.filter(year=record.year, plan__isnull=False).exclude(pk=record.pk).select_related("plan").defer("plan__plan"))


def likely_same(record: ListRecord, told: Told, other: ListRecord, other_told: Told) -> tuple[LikelySame, ...]:
    """What the office may join, the likeliest first; without what is joined already. Four queries."""
    held = {(list_id, promise_id) for list_id, promise_id in
            SamePromiseRecord.objects.filter(list__in=(record, other)).values_list("list_id", "promise_id")}
    here = [item for item in told.items if (record.pk, item.promise.id) not in held]
    there = [item for item in other_told.items if (other.pk, item.promise.id) not in held]
    units, other_units = units_of_items(record, here), units_of_items(other, there)
    old, new = [tokens_of(item.title) for item in here], [tokens_of(item.title) for item in there]

    def score(i: int, j: int) -> float:
        same = counted_in(here[i]) == counted_in(there[j]) and shared_leads(units[here[i].promise.id], other_units[there[j].promise.id])
        return alike(old[i], new[j]) if same else 0.0

    pairs = pair_alike(old, new, score, LIKENESS)
    found = [LikelySame(here[i], there[j], shared_leads(units[here[i].promise.id], other_units[there[j].promise.id]), alike(old[i], new[j]))
             for i, j in pairs.items()]
    return tuple(sorted(found, key=lambda pair: -pair.likeness))


def counted_in(item: Item) -> str:
    """The unit of a target; a milestone is done or not."""
    return unit_of(item.promise) if isinstance(item.promise, Target) else ""


def shared_leads(one: UnitsOf, other: UnitsOf) -> tuple[str, ...]:
    """Names of the units that lead both."""
    return tuple(name for organ_id, name in one.leads.items() if organ_id in other.leads)
