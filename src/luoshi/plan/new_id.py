"""Ids of what a person adds. In: a prefix and what it is made from. Out: the same id every time, apart from all that are taken."""

from __future__ import annotations

import hashlib
from collections.abc import Container


def new_id(prefix: str, *parts: object, taken: Container[str] = ()) -> str:
    """measure-3f2a9c01; the shape of the compiler's own ids."""
    turn = 0
    while True:
        words = "\x1f".join(map(str, (*parts, turn) if turn else parts))
        made = f"{prefix}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        if made not in taken:
            return made
        turn += 1
