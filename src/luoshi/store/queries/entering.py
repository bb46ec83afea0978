"""Who may bring rows into a register, and whose rows. In: who, the register. Out: `Entering`, or nothing.

The pack writes suppliers as 市科技局, or as 县（市、区）科技局 for the one of each county: a unit named 示例区科技局 is one of these.
"""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.pack.register_spec import RegisterSpec
from luoshi.store.models import OrganRecord
from luoshi.store.who import Who

EVERY = ("县（市、区）", "镇（街道）")
"""How a pack writes “the one of each place”."""
EXAMPLE = "示例"


@dataclass(frozen=True, slots=True)
class Entering:
    """「登记范围」 organ_id: the unit for which it is done, None for the office. suppliers: whose rows; None: everybody's."""

    organ_id: int | None
    suppliers: tuple[str, ...] | None

    def covers(self, supplier: str) -> bool:
        """Whether a row of this supplier may be entered or changed; a row without one belongs to whoever supplies the register."""
        return self.suppliers is None or not supplier or supplier.removeprefix(EXAMPLE) in self.suppliers


def entering_of(who: Who, spec: RegisterSpec, right: str = "enter_rows") -> Entering | None:
    """Two queries for a unit's people. right: enter_rows, or verify_rows for those who check."""
    if who.sees_all(right):
        return Entering(None, None)
    if not who.may(right):
        return None
    for organ, names in names_by_organ(who):
        if right == "enter_rows" and is_one_of(spec.supply.unit, names):
            return Entering(organ, None)
        if is_one_of(spec.supply.checker or "", names):
            return Entering(organ, None)
        if right == "enter_rows" and is_of_every(spec.supply.unit, names):
            return Entering(organ, names)
    return None


def names_by_organ(who: Who) -> list[tuple[int, tuple[str, ...]]]:
    """Each of the person's units with its name first, then its aliases."""
    organs = OrganRecord.objects.filter(pk__in=who.organ_ids).order_by("pk").prefetch_related("aliases")
    return [(organ.pk, (organ.name, *(alias.name for alias in organ.aliases.all()))) for organ in organs]


def is_one_of(written: str, names: tuple[str, ...] | frozenset[str]) -> bool:
    """市统计局、市经信局 names both."""
    return any(part.strip().removeprefix(EXAMPLE) in names for part in written.split("、") if part.strip())


def is_of_every(written: str, names: tuple[str, ...] | frozenset[str]) -> bool:
    """县（市、区）科技局 is every unit whose name ends so, apart from the city's own."""
    for every in EVERY:
        kind = written.removeprefix(every)
        if kind != written and any(name.endswith(kind) and name != kind and not name.startswith("市") for name in names if kind):
            return True
    return False
