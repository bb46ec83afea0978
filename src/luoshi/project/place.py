"""Where a server keeps its things. In: the environment. Out: `Place`: data folder, secret, database. Creates what is missing.

LUOSHI_DATA      folder for database, files and secret (default: ./luoshi-data)
LUOSHI_DATABASE  postgresql://user:password@host/name; SQLite in the data folder where it is not set
LUOSHI_HOSTS     host names the server answers to, separated by commas (default: loopback only)
LUOSHI_HTTPS     1 behind TLS: cookies then travel over TLS only
LUOSHI_KEPT_MB   megabytes of drawn pages that each worker process keeps (default 64; 0: every page is drawn anew)
LUOSHI_TODAY     a fixed day, YYYY-MM-DD, for demonstrations and tests; the calendar's day where it is not set
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Place:
    """「存放处」 data: the folder; secret: the signing key, made once and kept there, readable by its owner only. kept_pages: bytes."""

    data: Path
    secret: str
    database: dict[str, Any]
    hosts: tuple[str, ...]
    https: bool
    kept_pages: int


def find_place() -> Place:
    """Read the environment, make the folder and the secret if they are not there yet."""
    data = Path(os.environ.get("LUOSHI_DATA", "luoshi-data")).resolve()
    (data / "static").mkdir(parents=True, exist_ok=True)
    hosts = tuple(h for h in os.environ.get("LUOSHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h)
    return Place(data, _secret(data / "secret.key"), _database(data), hosts, os.environ.get("LUOSHI_HTTPS") == "1", _kept_pages())


def _kept_pages() -> int:
    written = os.environ.get("LUOSHI_KEPT_MB", "64")
    if not written.isdecimal():
        raise ValueError(f"LUOSHI_KEPT_MB 要写成兆数，例如 64；现在是“{written}”。")
    return int(written) * 1_000_000


def _secret(path: Path) -> str:
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _database(data: Path) -> dict[str, Any]:
    url = os.environ.get("LUOSHI_DATABASE", "")
    if not url:
        # tests in a file: WAL, and waiting for a lock, do not exist in memory
        # one connection for each thread, kept: opening the file and registering Django's functions costs more than a page's queries
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "luoshi.sqlite3", "TEST": {"NAME": data / "test.sqlite3"},
                "CONN_MAX_AGE": None,
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20,
                            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                                            "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"}}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("LUOSHI_DATABASE 要写成 postgresql://用户:密码@主机/库名。")
    return {"ENGINE": "django.db.backends.postgresql", "NAME": parts.path.lstrip("/"), "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""), "HOST": parts.hostname or "", "PORT": str(parts.port or ""), "CONN_MAX_AGE": 60}
