"""Which registers a person's units supply or check. In: who asks, a pack. Out: `SupplyDuty`s."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.pack.pack import Pack
from luoshi.store.models import OrganRecord
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class SupplyDuty:
    """「供数事项」 A register that a unit fills, or checks. due_day: of each month; None where the pack states none."""

    register_name: str
    title: str
    organ: str
    checks: bool
    due_day: int | None


def supplies_of(who: Who, pack: Pack) -> tuple[SupplyDuty, ...]:
    """By the unit's name or one of its aliases, as the pack writes them: two queries."""
    organs = OrganRecord.objects.filter(pk__in=who.organ_ids).prefetch_related("aliases")
    names = {name: organ.name for organ in organs for name in (organ.name, *(alias.name for alias in organ.aliases.all()))}
    return tuple(SupplyDuty(spec.register_name, spec.title, names[unit], checks, spec.supply.due_day) for spec in pack.registers.values()
                 for unit, checks in ((spec.supply.unit, False), (spec.supply.checker, True)) if unit in names)
