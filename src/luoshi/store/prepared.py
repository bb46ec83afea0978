"""A query that every request asks, written by Django once and asked again with other numbers. In: how to make it. Out: rows as tuples.

Django writes the same SQL anew for every request: for the small queries behind each page that costs several times what the database takes.
Values come as the driver gives them (SQLite says 0 and 1 for false and true), so that only numbers, texts and yes-or-no belong here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

STAND_IN = -918273645
"""Stands for the value while the SQL is written; nothing has this number."""


class Prepared:
    """「预编语句」 One query by one number. make(number) → a query of values_list."""

    def __init__(self, make: Callable[[int], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, value: int = 0) -> list[tuple[Any, ...]]:
        """Asks the database."""
        sql, parameters = self._written.get(connection.vendor) or self._write()
        with connection.cursor() as cursor:
            cursor.execute(sql, [value if each == STAND_IN else each for each in parameters])
            return list(cursor.fetchall())

    def _write(self) -> tuple[str, tuple[Any, ...]]:
        written = self._make(STAND_IN).query.sql_with_params()
        self._written[connection.vendor] = written
        return written
