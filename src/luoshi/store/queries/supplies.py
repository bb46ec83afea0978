"""Which registers a person's units supply or check. In: who asks, a pack. Out: `SupplyDuty`s."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.pack.pack import Pack
from luoshi.publish.register_rows import sources_of
from luoshi.register.supply import SupplyStanding, supply_standings
from luoshi.store.models import OrganRecord
from luoshi.store.queries.entering import is_of_every, is_one_of
from luoshi.store.queries.story import Told
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


@dataclass(frozen=True, slots=True)
class SeenSupply:
    """「可见报送」 How a register stands with its supply, and the figures that wait for it. light: for the eye: ok, due, late or none."""

    standing: SupplyStanding
    figures: tuple[str, ...]
    light: str


LIGHTS: dict[str, str] = {"delivered": "ok", "due": "due", "late": "late", "very_late": "late", "never": "late", "undated": "none"}


def supplies_seen(told: Told, names: frozenset[str] | None) -> tuple[SeenSupply, ...]:
    """Every register, or those that units of these names supply or check; the latest first. No query."""
    if "supplies" not in told.derived:
        told.derived["supplies"] = supply_standings(told.pack, told.facts, told.as_of)
    waiting = _figures_by_register(told)
    return tuple(SeenSupply(one, waiting.get(one.register_name, ()), LIGHTS[one.state]) for one in told.derived["supplies"]
                 if names is None or is_one_of(one.unit, names) or is_one_of(one.checker, names) or is_of_every(one.unit, names))


def _figures_by_register(told: Told) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for item in told.items:
        if item.figure:
            for source in sources_of(told.pack.indicators[item.figure.indicator]):
                found.setdefault(source, []).append(item.number)
    return {source: tuple(dict.fromkeys(numbers)) for source, numbers in found.items()}
