"""Reads about registers: which registers and rows a person may see. In: who, a story. Out: `SeenRegister`s.

Where the right reaches one's own unit only, a register is seen whole when its supplier or checker is that unit, and row by row when the row
names it as 供数单位; by the unit's name or an alias.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.publish.register_rows import RegisterCard, RegisterLine, cards_of, count_card, lines_of, sources_of
from luoshi.register.record import Record
from luoshi.status.stand import Item
from luoshi.store.models import OrganRecord
from luoshi.store.queries.entering import is_of_every, is_one_of
from luoshi.store.queries.story import Told
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class SeenRegister:
    """「可见台账」 What the person sees of a register; hidden: rows of other units that are not shown. supplies: whether the
    person's unit is one that fills it, rows or not."""

    card: RegisterCard
    lines: tuple[RegisterLine, ...]
    hidden: int
    supplies: bool = False


def names_of(who: Who) -> frozenset[str] | None:
    """How documents may write the person's units; None where everything is seen. One query for names and one for aliases.

    Whoever has the same names sees the same rows: pages are kept under them."""
    if who.sees_all("see_registers"):
        return None
    if not who.may("see_registers"):
        return frozenset()
    organs = OrganRecord.objects.filter(pk__in=who.organ_ids).prefetch_related("aliases")
    return frozenset(name for organ in organs for name in (organ.name, *(alias.name for alias in organ.aliases.all())))


def see_register(told: Told, card: RegisterCard, names: frozenset[str] | None) -> SeenRegister:
    """One register with the rows that these names may see."""
    lines = rows_of(told, card.name)
    if names is None or is_one_of(card.supplier, names) or is_one_of(card.checker, names):
        return SeenRegister(count_card(card, lines), lines, 0, True)
    seen = tuple(line for line in lines if is_one_of(line.now.supplier, names))
    return SeenRegister(count_card(card, seen), seen, len(lines) - len(seen), is_of_every(card.supplier, names))


def rows_of(told: Told, name: str) -> tuple[RegisterLine, ...]:
    """Every row of a register on the story's day, whoever asks; made once for each story."""
    key = f"rows:{name}"
    if key not in told.derived:
        told.derived[key] = lines_of(told.pack, told.facts, name, told.as_of)
    lines: tuple[RegisterLine, ...] = told.derived[key]
    return lines


def records_at_hand(told: Told, seen: SeenRegister) -> tuple[Record, ...]:
    """The typed rows behind the lines that somebody sees, in their order: of each thing the version in force on the story's day."""
    newest: dict[tuple[str, date | None, date | None], Record] = {}
    for record in told.facts.rows_of(seen.card.name):
        newest[record.key, record.happened_on, record.recorded_on] = record
    found = (newest.get((line.key, line.now.on, line.now.recorded)) for line in seen.lines)
    return tuple(record for record in found if record is not None)


def registers_of(told: Told, names: frozenset[str] | None) -> tuple[SeenRegister, ...]:
    """Every register of the list; those of which the person sees no row stay in, with what is hidden."""
    return tuple(see_register(told, card, names) for card in cards_of(told.pack))


def is_closed(names: frozenset[str] | None, told: Told, item: Item) -> bool:
    """Rows of a restricted register explain a figure only to those who see everything."""
    return item.figure is not None and is_closed_figure(names, told, item.figure.indicator)


def is_closed_figure(names: frozenset[str] | None, told: Told, indicator: str) -> bool:
    """The same of any indicator, with those that are shown beside it."""
    if names is None:
        return False
    specs = told.pack.indicators
    sources = {source for name in (indicator, *specs[indicator].shadows) for source in sources_of(specs[name])}
    return any(card.restricted for card in cards_of(told.pack) if card.name in sources)
