"""Into which registers a person may let a program write. In: who. Out: scope of the token → title of the register."""

from __future__ import annotations

from luoshi.store.queries.agreed import pack_of
from luoshi.store.queries.lists import lists_of
from luoshi.store.scopes import WRITE
from luoshi.store.who import Who


def writable(who: Who) -> dict[str, str]:
    """Of every list that the person sees: one query. Only for those who may bring rows into any register."""
    if not who.sees_all("enter_rows"):
        return {}
    return {f"{WRITE}{name}": spec.title for record in lists_of(who) for name, spec in pack_of(record).registers.items()}
