"""Reads about units: names, aliases, validity, posts, duties. What the person may not see raises Http404."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from luoshi.store.models import AliasRecord, ListRecord, OrganRecord
from luoshi.store.who import Who


def units_of(who: Who) -> tuple[OrganRecord, ...]:
    """Every unit with its aliases and posts; `duty_count`: in the plans that are in force. Three queries."""
    return tuple(_units()) if who.may("see_people") else ()


def the_unit(who: Who, organ_id: int) -> OrganRecord:
    """One unit, the same way."""
    found = _units().filter(pk=organ_id).first() if who.may("see_people") else None
    if found is None:
        raise Http404
    return found


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
    return OrganRecord.objects.prefetch_related("aliases", "posts__holder").annotate(duty_count=Count("duties", filter=in_force)).order_by("name")


def _plans_in_force() -> QuerySet[ListRecord, int | None]:
    return ListRecord.objects.filter(plan__isnull=False).values_list("plan_id", flat=True)
