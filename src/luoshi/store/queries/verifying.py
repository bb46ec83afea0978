"""Who may verify rows of a register, and how far. In: who, the register. Out: `Verifying`.

The office spot-checks; the checker verifies for county and lead; a register's checking unit for the lead; the head of a county's supplier
for the county.
"""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.pack.register_spec import RegisterSpec
from luoshi.store.queries.entering import is_of_every, is_one_of, names_by_organ
from luoshi.store.who import Who

BY_ROLE: dict[str, tuple[str, ...]] = {"supervision": ("spot_checked", "rejected"), "checker": ("county", "lead", "rejected")}


@dataclass(frozen=True, slots=True)
class Verifying:
    """「核验范围」 levels: that the person may give. suppliers: whose rows, None: everybody's. organ_id: the unit for which it is done."""

    levels: tuple[str, ...]
    organ_id: int | None = None
    suppliers: tuple[str, ...] | None = None


def verifying_of(who: Who, spec: RegisterSpec) -> Verifying:
    """Without levels where it is not the person's business. Two queries for a unit's people."""
    levels = tuple(dict.fromkeys(level for role in BY_ROLE if role in who.roles for level in BY_ROLE[role]))
    if levels or not who.may("verify_rows"):
        return Verifying(levels)
    for organ, names in names_by_organ(who):
        if is_one_of(spec.supply.checker or "", names):
            return Verifying(("lead", "rejected"), organ)
        if ("head", organ) in who.posts and is_of_every(spec.supply.unit, names):
            return Verifying(("county", "rejected"), organ, names)
    return Verifying(())
