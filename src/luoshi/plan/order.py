"""Which of the paired things stand in another order. In: old position → new position. Out: the old positions of those that moved."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping


def find_moved(pairs: Mapping[int, int]) -> set[int]:
    """「移位」 Those that stand crosswise with most others are taken out until the rest is in order: one line carried to the top moved, the
    lines that it passed did not; of two that changed places both did."""
    left = sorted(pairs)
    moved: set[int] = set()
    while True:
        crossings = _crossings([pairs[at] for at in left])
        most = max(crossings, default=0)
        if not most:
            return moved
        moved |= {at for at, count in zip(left, crossings, strict=True) if count == most}
        left = [at for at in left if at not in moved]


def _crossings(places: list[int]) -> list[int]:
    """How many stand before it that should follow, and follow that should stand before."""
    counts = [0] * len(places)
    seen: list[int] = []
    for at, place in enumerate(places):
        counts[at] += len(seen) - bisect_right(seen, place)
        insort(seen, place)
    seen = []
    for at in range(len(places) - 1, -1, -1):
        counts[at] += bisect_right(seen, places[at])
        insort(seen, places[at])
    return counts
