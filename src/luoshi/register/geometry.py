"""Points and ranges on the map, small enough for plain Python. In: text as registers keep it. Out: corners, areas in 亩, distances, overlaps.

A city is small: degrees are laid flat around the middle of the range, which is off by less than one part in a thousand there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Final

Point = tuple[float, float]
"""经度, 纬度 in degrees."""

EARTH_KM: Final = 6371.0088
_KM_OF_DEGREE: Final = EARTH_KM * radians(1)
_MU_OF_SQUARE_KM: Final = 1500
# 120.7551,30.7522 · 120.7551 30.7522 · 120.7551，30.7522
_POINT: Final = re.compile(r"\s*(\d{2,3}(?:\.\d+)?)\s*[,，\s]\s*(\d{1,2}(?:\.\d+)?)\s*")


def read_point(written: str) -> Point | None:
    """「读坐标」 Longitude first; None where it is no place in China (73–136, 3–54)."""
    found = _POINT.fullmatch(written)
    if not found:
        return None
    place = (float(found[1]), float(found[2]))
    return place if 73 <= place[0] <= 136 and 3 <= place[1] <= 54 else None


def read_polygon(written: str) -> tuple[Point, ...] | None:
    """「读范围」 At least three corners, each a point, separated by ；; the last may repeat the first."""
    corners = [read_point(corner) for corner in written.replace(";", "；").split("；") if corner.strip()]
    if len(corners) < 3 or None in corners:
        return None
    closed = [corner for corner in corners if corner is not None]
    closed = closed[:-1] if closed[0] == closed[-1] else closed
    return tuple(closed) if len(set(closed)) >= 3 else None


def kilometres(one: Point, other: Point) -> float:
    """「直线距离」 Along the great circle."""
    (x1, y1), (x2, y2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def mu_of(corners: Sequence[Point]) -> Decimal:
    """「范围面积」 In 亩, to one decimal."""
    flat = _flat(corners, corners)
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(flat))
    return Decimal(str(round(abs(twice) / 2 * _MU_OF_SQUARE_KM, 1)))


def crosses_itself(corners: Sequence[Point]) -> bool:
    """「自相交」 Two sides that are not neighbours cross."""
    sides = list(_sides(corners))
    last = len(sides) - 1
    return any(_cross(a, b) for i, a in enumerate(sides) for j, b in enumerate(sides) if i + 1 < j and not (i == 0 and j == last))


def overlap(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """「重叠」 Two ranges share ground; a common border is none."""
    if not _boxes_meet(one, other):
        return False
    if {*one} == {*other}:
        return True
    if any(_cross(a, b) for a in _sides(one) for b in _sides(other)):
        return True
    return any(_inside(corner, other) for corner in (*one, _middle(one))) or any(_inside(corner, one) for corner in (*other, _middle(other)))


def _flat(corners: Sequence[Point], around: Sequence[Point]) -> list[Point]:
    west, south = min(x for x, _ in around), min(y for _, y in around)
    across = _KM_OF_DEGREE * cos(radians(sum(y for _, y in around) / len(around)))
    return [((x - west) * across, (y - south) * _KM_OF_DEGREE) for x, y in corners]


def _sides(corners: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(pairwise([*corners, corners[0]]))


def _boxes_meet(one: Sequence[Point], other: Sequence[Point]) -> bool:
    return all(min(p[i] for p in one) < max(p[i] for p in other) and min(p[i] for p in other) < max(p[i] for p in one) for i in (0, 1))


def _turn(a: Point, b: Point, c: Point) -> float:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return 0.0 if abs(turn) < 1e-14 else turn


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """In their inside: touching ends and common borders do not cross."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _middle(corners: Sequence[Point]) -> Point:
    return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)


def _inside(place: Point, corners: Sequence[Point]) -> bool:
    """Truly inside; on the border is not."""
    x, y = place
    odd = False
    for (x1, y1), (x2, y2) in _sides(corners):
        if _turn((x1, y1), (x2, y2), place) == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return False
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd
