"""A bulletin as JSON `luoshi.bulletin/1`, and back. In: `Bulletin`. Out: JSON types; an equal `Bulletin`."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.plan.plan import plain
from luoshi.publish.bulletin import Bulletin, Office, level_of
from luoshi.publish.bulletin_numbers import BoundNumber, Digest
from luoshi.publish.official import Annex, Column, Passage

SCHEMA = "luoshi.bulletin/1"


def bulletin_to_json(bulletin: Bulletin) -> dict[str, Any]:
    """Only JSON types; exact values as text."""
    return {"schema": SCHEMA, **plain(bulletin)}


def bulletin_from_json(tree: dict[str, Any]) -> Bulletin:
    """The bulletin that was written. Raises KeyError, ValueError where it is not one."""
    if tree["schema"] != SCHEMA:
        raise ValueError(f"不是 {SCHEMA}，而是 {tree['schema']}")
    passages = tuple(Passage(level_of(p["level"]), p["head"], p["text"]) for p in tree["passages"])
    annexes = tuple(Annex(a["title"], tuple(Column(**c) for c in a["columns"]), tuple(tuple(r) for r in a["rows"]), a["note"])
                    for a in tree["annexes"])
    numbers = tuple(BoundNumber(**{**n, "because": Digest(**n["because"])}) for n in tree["numbers"])
    return Bulletin(Office(**tree["office"]), tree["title"], date.fromisoformat(tree["as_of"]), passages, annexes, numbers, tree["sample"])
