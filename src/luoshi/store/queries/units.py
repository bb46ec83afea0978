"""Reads about units: names, aliases, validity, posts, duties. What the person may not see raises Http404."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from luoshi.store.models import AliasRecord, ListRecord, OrganRecord
from luoshi.store.who import Who


def units_of(who: Who) -> tuple[OrganRecord, ...]:
    """Every unit with its aliases and posts, what it stands under; `duty_count`: in the plans that are in force. Three queries."""
    return tuple(_units()) if who.may("see_people") else ()


def the_unit(who: Who, organ_id: int) -> OrganRecord:
    """One unit, the same way, with what stands under it, and the external units that it deals with."""
    found = _units().prefetch_related("children", "offices", "externals").filter(pk=organ_id).first() if who.may("see_people") else None
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class UnitInTree:
    """「单位树一行」 depth: 0 for those under nobody; hosted: it is an office set up in the unit above it."""

    unit: OrganRecord
    depth: int
    hosted: bool


def tree_of(units: Iterable[OrganRecord]) -> tuple[tuple[UnitInTree, ...], tuple[OrganRecord, ...]]:
    """Units under their parent or host, each level by name; and, apart, the external ones. No query."""
    below: dict[int | None, list[OrganRecord]] = {}
    for unit in units:
        if unit.kind != OrganRecord.EXTERNAL:
            below.setdefault(unit.parent_id or unit.host_id, []).append(unit)
    return tuple(_under(None, below, 0)), tuple(unit for unit in units if unit.kind == OrganRecord.EXTERNAL)


def _under(above: int | None, below: dict[int | None, list[OrganRecord]], depth: int) -> Iterator[UnitInTree]:
    for unit in below.get(above, ()):
        yield UnitInTree(unit, depth, unit.parent_id is None and unit.host_id is not None)
        yield from _under(unit.pk, below, depth + 1)


def unit_names(who: Who) -> tuple[tuple[int, str], ...]:
    """Id and name of every unit, for choosing one."""
    return tuple(OrganRecord.objects.values_list("pk", "name")) if who.may("see_people") else ()


def names_known(on: date) -> tuple[str, ...]:
    """Every name by which a unit may be written on a day: names and aliases of those in force. Two queries; not for a page."""
    in_force = (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    organs = OrganRecord.objects.filter(in_force)
    return (*organs.values_list("name", flat=True), *AliasRecord.objects.filter(organ__in=organs).values_list("name", flat=True))


def _units() -> QuerySet[OrganRecord]:
    in_force = Q(duties__plan__in=_plans_in_force())
    related = OrganRecord.objects.select_related("parent", "host", "counterpart").prefetch_related("aliases", "posts__holder")
    return related.annotate(duty_count=Count("duties", filter=in_force)).order_by("name")


def _plans_in_force() -> QuerySet[ListRecord, int | None]:
    return ListRecord.objects.filter(plan__isnull=False).values_list("plan_id", flat=True)
