"""Queries that were compiled before, kept between runs. In: a pack, a folder. Out: `Compiled`, and its file.

Compiling takes Ibis a hundred times as long as answering takes DuckDB, and the SQL depends on the pack and on this code only. A file is named
by a digest of everything it depends on, so it is never wrong, only missing; what cannot be read or written is compiled anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from luoshi.pack.pack import Pack

Compiled = dict[str, str]
"""What is asked, in words that are the same for the same query, and which of the registers it reads have versions → its SQL;
the words alone → the names of those registers, separated by commas."""

_ROOM: Final = 8
_ENGINES: Final = ("ibis-framework", "sqlglot", "duckdb")
_ROOMS: Final = ("indicator", "register", "pack")


def kept_file(folder: Path, pack: Pack) -> Path:
    """「留存文件」 Where the queries of this pack, of this code, of these engines are kept."""
    digest = hashlib.sha256(_of_house())
    digest.update(repr(sorted(pack.registers.items())).encode())
    for name, path in sorted(pack.sql.items()):
        digest.update(name.encode() + path.read_bytes())
    return folder / f"queries-{digest.hexdigest()[:32]}.json"


@cache
def _of_house() -> bytes:
    """Of the engines and of this code: neither changes while a process runs."""
    digest = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in _ENGINES).encode())
    house = Path(__file__).resolve().parent.parent
    for path in sorted(path for room in _ROOMS for path in (house / room).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


@contextmanager
def compiled_of(pack: Pack, folder: Path | None) -> Iterator[Compiled]:
    """「借用留存」 The queries kept of the pack; what is added is kept, too. folder: None where nothing is kept."""
    path = kept_file(folder, pack) if folder else None
    compiled = read_compiled(path) if path else {}
    before = len(compiled)
    yield compiled
    if path and len(compiled) > before:
        keep_compiled(path, compiled)


def read_compiled(path: Path) -> Compiled:
    """「取留存」 Empty where there is none."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(sql) for key, sql in kept.items()} if isinstance(kept, dict) else {}


def keep_compiled(path: Path, compiled: Compiled) -> None:
    """「留存」 Whole or not at all; the oldest files go once there are more than a few."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".queries-", encoding="utf-8", delete=False) as new:
            json.dump(compiled, new, ensure_ascii=False)
        os.replace(new.name, path)
        for old in sorted(path.parent.glob("queries-*.json"), key=lambda file: file.stat().st_mtime, reverse=True)[_ROOM:]:
            old.unlink()
