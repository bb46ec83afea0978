"""How every action writes: `with writing(who, "plan.confirm", right=…) as journal:`.

In: who, what, on which list and unit. Out: a transaction that is whole or not at all, with one journal entry at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.actions.journal import append_entry
from luoshi.store.who import Who


@dataclass(slots=True)
class Entry:
    """「记事」 What the action fills in while it works: about which thing, and what changed (before → after)."""

    about: str = ""
    list_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def noted(value: object) -> str | None:
    """「记法」 One side of before → after, as the journal keeps it."""
    return None if value is None else str(value)


@contextmanager
def writing(who: Who | None, action: str, at: datetime, right: str | None, list_id: int | None = None,
            organ_id: int | None = None) -> Iterator[Entry]:
    """Permission first; then one transaction that ends in the journal. who None: the system itself (set-up, demo).

    Raises NotAllowed before anything is written."""
    if right is not None:
        if who is None:
            raise PermissionError("没有登录的人不能做需要权限的事")
        who.must(right, organ_id)
    entry = Entry(list_id=list_id)
    with transaction.atomic():
        yield entry
        append_entry(who, action, at, entry.list_id, entry.about, entry.detail)
