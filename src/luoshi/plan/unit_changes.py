"""Units of a re-issued list against those before. In: two plans laid out, and their pairs. Out: `UnitChange`s, the like ones together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from luoshi.plan.alike import alike, pair_alike, tokens_of
from luoshi.plan.counterparts import Counterparts, Laid
from luoshi.plan.duty import Role
from luoshi.plan.measure import Measure
from luoshi.plan.task import Task

UnitHow = Literal["added", "dropped", "role", "renamed"]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """「责任变动」 A unit that came, went, changed its role or its name. at: numbers of the measures, as the new list counts them.

    old, new: unit and role, None where it was not or is not there."""

    how: UnitHow
    old: tuple[str, Role] | None
    new: tuple[str, Role] | None
    at: tuple[str, ...]


def compare_units(old: Laid, new: Laid, pairs: Counterparts) -> tuple[UnitChange, ...]:
    """Duties of what is in both lists; those of added and dropped measures go with them."""
    renamed = _renamed(_names(old), _names(new))
    found: dict[tuple[UnitHow, tuple[str, Role] | None, tuple[str, Role] | None], list[str]] = {}
    for no, before, after in _holders(old, new, pairs):
        for how, one, other in _changes(before, after, renamed):
            found.setdefault((how, one, other), []).append(no)
    return tuple(UnitChange(how, one, other, tuple(at)) for (how, one, other), at in found.items())


def _names(laid: Laid) -> list[str]:
    holders: list[Task | Measure] = [*laid.tasks, *(m.noun for m in laid.measures if isinstance(m.noun, Measure))]
    return list(dict.fromkeys(duty.unit for holder in holders for duty in holder.duties))


def _renamed(before: list[str], after: list[str]) -> dict[str, str]:
    """A name that is nowhere any more, and a like one that was nowhere."""
    gone, come = [x for x in before if x not in after], [x for x in after if x not in before]
    texts = [tokens_of(x) for x in gone], [tokens_of(x) for x in come]

    def likeness(i: int, j: int) -> float:
        return 0.9 if _is_short_for(gone[i], come[j]) or _is_short_for(come[j], gone[i]) else alike(texts[0][i], texts[1][j])

    return {gone[i]: come[j] for i, j in pair_alike(*texts, likeness, 0.4).items()}


def _is_short_for(short: str, name: str) -> bool:
    """市发改委 for 市发展和改革委员会: every character in its order."""
    rest = iter(name)
    return 3 < len(short) < len(name) and all(character in rest for character in short)


def _holders(old: Laid, new: Laid, pairs: Counterparts) -> Iterator[tuple[str, dict[str, Role], dict[str, Role]]]:
    places: dict[int, int] = {}
    for i, j in sorted(pairs.tasks.items(), key=lambda pair: pair[1]):
        if not old.tasks[i].measures and not new.tasks[j].measures:
            yield new.tasks[j].no or str(j + 1), _duties(old.tasks[i]), _duties(new.tasks[j])
    partner = {j: i for i, j in pairs.measures.items()}
    for j, held in enumerate(new.measures):
        places[held.task] = places.get(held.task, 0) + 1
        if j in partner:
            one, other = old.measures[partner[j]].noun, held.noun
            assert isinstance(one, Measure)
            assert isinstance(other, Measure)
            yield f"{new.tasks[held.task].no or held.task + 1}.{places[held.task]}", _duties(one), _duties(other)


def _duties(holder: Task | Measure) -> dict[str, Role]:
    return {duty.unit: duty.role for duty in holder.duties}


def _changes(before: dict[str, Role], after: dict[str, Role],
             renamed: dict[str, str]) -> Iterator[tuple[UnitHow, tuple[str, Role] | None, tuple[str, Role] | None]]:
    seen = set()
    for unit, role in before.items():
        name = unit if unit in after else renamed.get(unit, "")
        if name not in after:
            yield "dropped", (unit, role), None
            continue
        seen.add(name)
        if name != unit:
            yield "renamed", (unit, role), (name, after[name])
        elif after[name] != role:
            yield "role", (unit, role), (name, after[name])
    for unit, role in after.items():
        if unit not in seen:
            yield "added", None, (unit, role)
