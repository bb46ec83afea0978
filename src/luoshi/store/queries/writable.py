"""Into which registers, series and deliverables a person may let a program write. In: who. Out: scope of the token → its title."""

from __future__ import annotations

from luoshi.store.queries.agreed import pack_of
from luoshi.store.queries.lists import lists_of
from luoshi.store.scopes import WRITE
from luoshi.store.who import Who


def writable(who: Who) -> dict[str, str]:
    """Of every list that the person sees: one query. Only for those who may bring rows into any register."""
    if not who.sees_all("enter_rows"):
        return {}
    packs = [pack_of(record) for record in lists_of(who)]
    return {f"{WRITE}{name}": spec.title for pack in packs for specs in (pack.registers, pack.series, pack.deliverables)
            for name, spec in specs.items()}
