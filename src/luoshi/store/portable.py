"""Rows of the store as JSON Lines, the same whatever database they come from or go to.

In: a connection and the migration it stands at. Out: one line of JSON for each row; and lines written into another database.
Models are those of that migration, not today's: a backup of an older version is read as it was written, and migrated afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connections, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "store"
BATCH = 500


def migration_of(alias: str) -> str | None:
    """The newest migration of the store that the database has; None in an empty one."""
    names = [name for app, name in MigrationRecorder(connections[alias]).applied_migrations() if app == APP]
    return max(names, default=None)


def shipped_migrations() -> tuple[str, ...]:
    """Migrations of the store that this version knows, oldest first."""
    return tuple(sorted(name for app, name in MigrationLoader(None).disk_migrations or () if app == APP))


def tables_at(migration: str) -> list[type[models.Model]]:
    """Every table of the store as it was at that migration, referred-to before referring where they do not point at each other."""
    apps = MigrationLoader(None).project_state((APP, migration)).apps
    waiting = list(apps.get_app_config(APP).get_models(include_auto_created=True))
    ordered: list[type[models.Model]] = []
    while waiting:
        free = [m for m in waiting if not _points_at(m) & set(waiting) - {m}]
        ordered += free or waiting[:1]
        waiting = [m for m in waiting if m not in ordered]
    return ordered


def _points_at(model: type[models.Model]) -> set[Any]:
    return {f.related_model for f in model._meta.concrete_fields if f.related_model is not None}


def lines_of_table(model: type[models.Model], alias: str) -> Iterator[str]:
    """Every row, in the order of its key. Streamed."""
    names = [f.attname for f in model._meta.concrete_fields]
    for row in model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
        yield json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, separators=(",", ":"), default=_written) + "\n"


def _written(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written into a backup")


def fill_table(model: type[models.Model], lines: Iterable[str], alias: str) -> int:
    """Write rows with their keys. Foreign keys are checked when the transaction ends."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    total, waiting = 0, iter(lines)
    while batch := list(islice(waiting, BATCH)):
        rows = [model(**{name: _read(fields[name], value) for name, value in json.loads(line).items()}) for line in batch]
        model._base_manager.using(alias).bulk_create(rows)
        total += len(rows)
    return total


def _read(field: Any, value: Any) -> Any:
    return value if value is None or isinstance(field, models.JSONField) else field.to_python(value)


def settle_keys(tables: list[type[models.Model]], alias: str) -> None:
    """After rows came with their keys: the next key of each table follows the highest."""
    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
