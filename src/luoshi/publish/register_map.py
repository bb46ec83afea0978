"""Where the rows of a register lie: points and areas as GeoJSON for the map, and the same in words for the table beside it.

In: a `RegisterSpec`, typed records. Out: `MapRow`s and a GeoJSON tree. Coordinates are WGS 84 as they were written, longitude first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.register.geometry import read_point, read_polygon
from luoshi.register.record import WORD_OF_LEVEL, Record, value_of


@dataclass(frozen=True, slots=True)
class MapRow:
    """「图上一行」 shape: the corners, or one place, as (longitude, latitude); empty where the row says no place."""

    key: str
    title: str
    verification: str
    written: str
    shape: tuple[tuple[float, float], ...]


def place_field(spec: RegisterSpec) -> FieldSpec | None:
    """The column that says where a row lies."""
    return next((field for field in spec.fields if field.type in ("point", "polygon")), None)


def map_rows(spec: RegisterSpec, records: Iterable[Record]) -> tuple[MapRow, ...]:
    """「上图」 Every row, those without a place too: they stand in the table."""
    field = place_field(spec)
    return tuple(_row(record, str(value_of(record, spec, field.name) or "")) for record in records) if field else ()


def _row(record: Record, written: str) -> MapRow:
    point = read_point(written) if written else None
    corners = (point,) if point else (read_polygon(written) or ()) if written else ()
    shape = tuple((float(x), float(y)) for x, y in corners)
    return MapRow(record.key, record.title, WORD_OF_LEVEL[record.level], written, shape)


def geo_json(rows: Iterable[MapRow]) -> dict[str, Any]:
    """A feature collection: what the script of the map draws."""
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows if row.shape]}


def _feature(row: MapRow) -> dict[str, Any]:
    ring = [list(place) for place in row.shape]
    geometry = {"type": "Point", "coordinates": ring[0]} if len(ring) == 1 else {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "geometry": geometry, "properties": {"key": row.key, "title": row.title, "verification": row.verification}}
