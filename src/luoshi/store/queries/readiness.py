"""Whether the store can take work. In: the journal's anchor. Out: what is wrong, in one word; a few queries, whatever the amount of data."""

from __future__ import annotations

from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from luoshi.store.queries.journal import tail_in_order


def what_is_wrong(anchor: tuple[int, str] | None) -> str | None:
    """None: ready. database: not reachable; migrations: some are not applied; journal: its newest entry, head and anchor disagree."""
    try:
        if not _shipped() <= set(MigrationRecorder(connection).applied_migrations()):
            return "migrations"
        return None if tail_in_order(anchor) else "journal"
    except (DatabaseError, InterfaceError):
        return "database"


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    """Every migration of every app, as files."""
    return frozenset(MigrationLoader(None).disk_migrations or ())
