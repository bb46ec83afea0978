"""Reads about units: names, aliases, validity, posts, duties. What the person may not see raises Http404."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from luoshi.store.models import ListRecord, OrganRecord
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


def _units() -> QuerySet[OrganRecord]:
    in_force = Q(duties__plan__in=_plans_in_force())
    return OrganRecord.objects.prefetch_related("aliases", "posts__holder").annotate(duty_count=Count("duties", filter=in_force)).order_by("name")


def _plans_in_force() -> QuerySet[ListRecord, int | None]:
    return ListRecord.objects.filter(plan__isnull=False).values_list("plan_id", flat=True)
