"""Rows that were checked, set aside until somebody confirms them「备好的行」, so that entering a large file need not read and check it again.

In: an import, what became of checking it. Out: `ReadyRow`s; None where what they depend on is not as it was, and the file is checked anew.
Only a saving of time: they lie in the cache, which may be deleted whenever, and are taken only whole, by the hash that the import names.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from luoshi.register.compare import Change, Comparison
from luoshi.store.models import ImportRecord
from luoshi.store.queries.entering import Entering
from luoshi.store.queries.intake import the_spec

KEPT = 8
ORIGIN_LENGTH = 180


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """「备好的一行」 As it is stored. row: column title → text, as JSON."""

    key: str
    origin: str
    row: str


def ready_rows(comparison: Comparison) -> Iterator[ReadyRow]:
    """What comes in, new rows first."""
    for change in (*comparison.added, *comparison.changed):
        yield ReadyRow(change.key, _origin(change), json.dumps(change.row, ensure_ascii=False))


def set_aside(record: ImportRecord, entering: Entering, today: date, facts_version: int, comparison: Comparison) -> str:
    """The hash under which they can be had again; "" where there is no room for them."""
    path = _path(record)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        temporary = path.with_suffix(f".{os.getpid()}")
        with temporary.open("wb") as file:
            for line in _lines(_stamp(record, entering, today, facts_version), ready_rows(comparison)):
                file.write(line)
                digest.update(line)
        temporary.replace(path)
        for old in sorted(path.parent.glob("*.rows"), key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink()
        return digest.hexdigest()
    return ""


def rows_aside(record: ImportRecord, entering: Entering, today: date) -> Iterator[ReadyRow] | None:
    """None where nothing is there, where it is another one's, or of another day, register, version of the list or of this program."""
    try:
        file = _path(record).open("rb")
    except OSError:
        return None
    with file:
        if hashlib.file_digest(file, "sha256").hexdigest() != record.preview.get("aside"):
            return None
        file.seek(0)
        if file.readline().decode().rstrip("\n") != _stamp(record, entering, today, record.facts_version):
            return None
    return _read(_path(record))


def drop_aside(record: ImportRecord) -> None:
    """They have come in, or never will."""
    _path(record).unlink(missing_ok=True)


def _read(path: Path) -> Iterator[ReadyRow]:
    with path.open(encoding="utf-8", newline="\n") as file:
        next(file)
        for line in file:
            key, origin, row = line.rstrip("\n").split("\t")      # JSON has neither of the two in it
            yield ReadyRow(json.loads(key), json.loads(origin), row)


def _lines(stamp: str, rows: Iterable[ReadyRow]) -> Iterator[bytes]:
    yield f"{stamp}\n".encode()
    for row in rows:
        yield f"{json.dumps(row.key, ensure_ascii=False)}\t{json.dumps(row.origin, ensure_ascii=False)}\t{row.row}\n".encode()


def _stamp(record: ImportRecord, entering: Entering, today: date, facts_version: int) -> str:
    """Everything that the rows depend on."""
    spec = hashlib.sha256(repr(the_spec(record.list, record.source)).encode()).hexdigest()
    return json.dumps([record.pk, record.sha256, facts_version, today.isoformat(), entering.suppliers, spec, version("luoshi")])


def _path(record: ImportRecord) -> Path:
    return Path(settings.LUOSHI_CACHE) / "aside" / f"{record.pk}.rows"


def _origin(change: Change) -> str:
    return f"{change.sheet[:ORIGIN_LENGTH]} 第{change.line}行"
