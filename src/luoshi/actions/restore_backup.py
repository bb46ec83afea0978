"""Bring a backup back into an empty place. In: an unpacked, checked backup, the moment. Out: a database as it was, migrated to today.

PostgreSQL: all of it in one transaction. SQLite: into the database of the folder that settings name, which nobody else uses yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from luoshi.actions.journal import verify_journal
from luoshi.actions.second_factor import drop_unreadable_factors
from luoshi.actions.writing import writing
from luoshi.store.archive import BackupBroken
from luoshi.store.portable import APP, fill_table, migration_of, settle_keys, shipped_migrations, tables_at


@dataclass(frozen=True, slots=True)
class Restored:
    """「恢复」 rows: how many came back; migrated_from: the migration of the backup; entries, fault: of the journal as it came back.
    factors_lost: whose second factor was sealed by another server's key, and has to be set up anew."""

    rows: int
    migrated_from: str
    migrated_to: str
    entries: int
    fault: str | None
    factors_lost: tuple[str, ...] = ()


def restore_backup(folder: Path, manifest: dict[str, Any], at: datetime) -> Restored:
    """The tables that are there are dropped first: the caller has made sure that this is wanted. The journal notes the restore."""
    migration = check_version(manifest)
    with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
        _drop_tables()
        call_command("migrate", APP, migration, verbosity=0, interactive=False)
        rows = _fill(folder / "rows", migration, manifest["rows"])
        call_command("migrate", verbosity=0, interactive=False)
        entries, fault = verify_journal()
        lost = drop_unreadable_factors()
        with writing(None, "backup.restore", at, right=None) as entry:
            entry.about = f"backup:{manifest['made_at']}"
            entry.detail = {"version": manifest["version"], "database": manifest["database"], "rows": rows, "entries": entries, "fault": fault,
                            "factors_lost": list(lost)}
    return Restored(rows, migration, shipped_migrations()[-1], entries, fault, lost)


def check_version(manifest: dict[str, Any]) -> str:
    """The backup's migration; raises BackupBroken where this version does not know it."""
    migration = manifest["migration"]
    if migration not in shipped_migrations():
        newest = shipped_migrations()[-1]
        raise BackupBroken(f"备份是版本 {manifest['version']}（{migration}）做的，本程序只到 {newest}。请先升级程序，再恢复。")
    return str(migration)


def rows_in_database() -> int | None:
    """How many people and journal entries are there; None where there is no table of ours."""
    if migration_of("default") is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM journal)")
        return int(cursor.fetchone()[0])


def _drop_tables() -> None:
    """Ours only: an office may keep something else in the same database."""
    ours = {*connection.introspection.django_table_names(only_existing=True), "django_migrations"}
    with connection.cursor() as cursor:
        for table in sorted(ours & set(connection.introspection.table_names(cursor))):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}" + (" CASCADE" if connection.vendor == "postgresql" else ""))


def _fill(folder: Path, migration: str, stated: dict[str, int]) -> int:
    tables = tables_at(migration)
    with transaction.atomic():
        connection.check_constraints()      # a migration of this transaction left some to be checked at once; now they wait for the end
        counts = {model._meta.db_table: fill_table(model, _lines(folder / f"{model._meta.db_table}.jsonl"), "default") for model in tables}
        settle_keys(tables, "default")
        connection.check_constraints()
    if counts != stated:
        raise BackupBroken("备份清单写的行数与内容不一致，没有恢复。请换一份。")
    return sum(counts.values())


def _lines(path: Path) -> Iterable[str]:
    with path.open(encoding="utf-8") as file:
        yield from file
