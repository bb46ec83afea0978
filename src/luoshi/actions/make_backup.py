"""Back everything up while the server runs: rows, files, the journal's anchor. In: a path, the moment. Out: one file, and what it holds.

SQLite is copied by its online backup, PostgreSQL read in one repeatable-read transaction: either way the rows are of one moment.
Sessions and the signing key do not travel: after a restore everybody signs in again.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from luoshi import __version__
from luoshi.actions.journal import ANCHOR, read_anchor
from luoshi.actions.writing import writing
from luoshi.store.archive import BackupBroken, Packing, packing
from luoshi.store.portable import lines_of_table, migration_of, shipped_migrations, tables_at

KEPT = 5
AUTOMATIC = "before-migrating-"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """「备份」 rows and files: how many; missing: files that rows name and the folder does not have."""

    path: Path
    rows: int
    files: int
    missing: tuple[str, ...]


def make_backup(path: Path, at: datetime) -> BackupMade:
    """The journal says that a copy was taken, and says so in the copy too."""
    with writing(None, "backup.make", at, right=None) as entry:
        entry.about = path.name[:120]
    return write_backup(path, at)


def backup_before_migrating(at: datetime) -> Path | None:
    """Where migrations wait for a database that holds something; keeps the newest KEPT of these. No entry: the journal may be of an older shape."""
    executor = MigrationExecutor(connections["default"])
    if migration_of("default") is None or not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    folder = Path(settings.PLACE.data) / "backups"
    folder.mkdir(exist_ok=True)
    path = folder / f"{AUTOMATIC}{at:%Y%m%d-%H%M%S}.tar.gz"
    write_backup(path, at)
    for old in sorted(folder.glob(f"{AUTOMATIC}*.tar.gz"))[:-KEPT]:
        old.unlink()
    return path


def write_backup(path: Path, at: datetime) -> BackupMade:
    """The anchor is read before the rows, files after them: rows may be newer than the anchor, and never name a file that is not there yet."""
    anchor = read_anchor()
    rows: dict[str, int] = {}
    named: set[str] = set()
    with packing(path, at.timestamp()) as pack:
        if anchor:
            _add_text(pack, ANCHOR, json.dumps({"count": anchor[0], "hash": anchor[1]}))
        with _one_moment() as alias:
            migration = _known_migration(alias)
            for model in tables_at(migration):
                rows[model._meta.db_table] = _add_table(pack, model, alias, named)
        files = _add_files(pack, Path(settings.MEDIA_ROOT))
        missing = tuple(sorted(named - files))
        pack.close({"version": __version__, "made_at": at.isoformat(), "database": connections["default"].vendor, "migration": migration,
                    "journal": {"count": anchor[0], "hash": anchor[1]} if anchor else None, "rows": rows, "missing": missing})
    return BackupMade(path, sum(rows.values()), len(files), missing)


def _known_migration(alias: str) -> str:
    migration = migration_of(alias)
    if migration not in shipped_migrations():
        why = f"数据库的结构是 {migration}，比本程序新" if migration else "数据库里还没有落实的表"
        raise BackupBroken(f"{why}，备份不了。请用启动服务的那个版本来备份。")
    return migration


@contextmanager
def _one_moment() -> Iterator[str]:
    """The alias of a connection that sees the database as it is now, whatever is written meanwhile."""
    live = connections["default"]
    if live.vendor == "postgresql":
        with transaction.atomic():
            with live.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield "default"
        return
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.PLACE.data) as folder:
        copy = Path(folder) / "copy.sqlite3"
        source, target = sqlite3.connect(live.settings_dict["NAME"], timeout=20), sqlite3.connect(copy)
        with source, target:
            source.backup(target)
        source.close()
        target.close()
        connections.databases["copy"] = {**live.settings_dict, "NAME": copy}
        try:
            yield "copy"
        finally:
            connections["copy"].close()
            del connections["copy"], connections.databases["copy"]


def _add_table(pack: Packing, model: Any, alias: str, named: set[str]) -> int:
    """Rows go through a temporary file: a tar wants to know the size first."""
    columns = [f.attname for f in model._meta.concrete_fields if f.attname in {"file", "docx", "pdf"}]
    count = 0
    with tempfile.TemporaryFile() as file:
        for line in lines_of_table(model, alias):
            file.write(line.encode())
            count += 1
            if columns:
                row = json.loads(line)
                named.update(row[column] for column in columns if row[column])
        size = file.tell()
        file.seek(0)
        pack.add(f"rows/{model._meta.db_table}.jsonl", cast("IO[bytes]", file), size)
    return count


def _add_files(pack: Packing, folder: Path) -> set[str]:
    """Regular files only; one that begins with a dot is somebody's temporary file."""
    added = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in name.split("/")):
            with path.open("rb") as file:
                pack.add(f"files/{name}", file, path.stat().st_size)
            added.add(name)
    return added


def _add_text(pack: Packing, name: str, text: str) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(text.encode())
        file.seek(0)
        pack.add(name, cast("IO[bytes]", file), len(text.encode()))
