"""Reads about registers: which registers and rows a person may see. In: who, a story. Out: `SeenRegister`s.

Where the right reaches one's own unit only, a register is seen whole when its supplier or checker is that unit, and row by row when the row
names it as 供数单位; by the unit's name or an alias.
"""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.publish.register_rows import RegisterCard, RegisterLine, cards_of, count_card, lines_of, sources_of
from luoshi.status.stand import Item
from luoshi.store.models import OrganRecord
from luoshi.store.queries.story import Told
from luoshi.store.who import Who

EXAMPLE = "示例"
"""Invented rows write their unit with this mark before the name."""


@dataclass(frozen=True, slots=True)
class SeenRegister:
    """「可见台账」 What the person sees of a register; hidden: rows of other units that are not shown."""

    card: RegisterCard
    lines: tuple[RegisterLine, ...]
    hidden: int


def names_of(who: Who) -> frozenset[str] | None:
    """How documents may write the person's units; None where everything is seen. One query for names and one for aliases."""
    if who.sees_all("see_registers"):
        return None
    organs = OrganRecord.objects.filter(pk__in=who.organ_ids).prefetch_related("aliases")
    return frozenset(name for organ in organs for name in (organ.name, *(alias.name for alias in organ.aliases.all())))


def see_register(told: Told, card: RegisterCard, names: frozenset[str] | None) -> SeenRegister:
    """One register with the rows that these names may see."""
    lines = rows_of(told, card.name)
    if names is None or _is_named(card.supplier, names) or _is_named(card.checker, names):
        return SeenRegister(count_card(card, lines), lines, 0)
    seen = tuple(line for line in lines if _is_named(line.now.supplier, names))
    return SeenRegister(count_card(card, seen), seen, len(lines) - len(seen))


def rows_of(told: Told, name: str) -> tuple[RegisterLine, ...]:
    """Every row of a register on the story's day, whoever asks; made once for each story."""
    key = f"rows:{name}"
    if key not in told.derived:
        told.derived[key] = lines_of(told.pack, told.facts, name, told.as_of)
    lines: tuple[RegisterLine, ...] = told.derived[key]
    return lines


def registers_of(told: Told, names: frozenset[str] | None) -> tuple[SeenRegister, ...]:
    """Every register of the list; those of which the person sees no row stay in, with what is hidden."""
    return tuple(see_register(told, card, names) for card in cards_of(told.pack))


def is_closed(who: Who, told: Told, item: Item) -> bool:
    """Rows of a restricted register explain a figure only to those who may open them."""
    if item.figure is None or who.sees_all("see_registers"):
        return False
    sources = sources_of(told.pack.indicators[item.figure.indicator])
    return any(card.restricted for card in cards_of(told.pack) if card.name in sources)


def _is_named(written: str, names: frozenset[str]) -> bool:
    """市统计局、市经信局 names both."""
    return any(part.strip().removeprefix(EXAMPLE) in names for part in written.split("、"))
