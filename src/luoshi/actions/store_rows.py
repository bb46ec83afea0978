"""Store many new rows of a register at once「成批入库」. In: what they have in common, the rows. Out: how many.

One statement for each batch, the same on every database: building a model for each of 100,000 rows takes longer than all the rest of entering.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import connection

from luoshi.actions.rows_aside import ReadyRow
from luoshi.store.models import FactRecord

BATCH = 5000


def store_rows(pattern: FactRecord, rows: Iterable[ReadyRow]) -> int:
    """pattern: a row that is not stored itself, with what all have in common. Runs in the transaction of the caller."""
    fields = [field for field in FactRecord._meta.local_concrete_fields if not field.primary_key]
    common = [field.get_db_prep_save(field.pre_save(pattern, add=True), connection) for field in fields]
    places = [next(at for at, field in enumerate(fields) if field.name == name) for name in ("key", "origin", "row")]
    quote = connection.ops.quote_name
    insert = (f"INSERT INTO {quote(FactRecord._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)}) "
              f"VALUES ({', '.join(['%s'] * len(fields))})")
    stored, coming = 0, iter(rows)
    with connection.cursor() as cursor:
        while batch := [_values(common, places, row) for row in islice(coming, BATCH)]:
            cursor.executemany(insert, batch)
            stored += len(batch)
    return stored


def _values(common: list[Any], places: list[int], row: ReadyRow) -> list[Any]:
    values = common.copy()
    for at, value in zip(places, (row.key, row.origin, row.row), strict=True):
        values[at] = value
    return values
