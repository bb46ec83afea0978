"""Where a server keeps its things. In: the environment. Out: `Place`: data folder, secret, database. Creates what is missing.

LUOSHI_DATA      folder for database, files and secret (default: ./luoshi-data)
LUOSHI_DATABASE  postgresql://user:password@host/name; SQLite in the data folder where it is not set
LUOSHI_HOSTS     host names the server answers to, separated by commas (default: loopback only)
LUOSHI_HTTPS     1 behind TLS: cookies then travel over TLS only
LUOSHI_KEPT_MB   megabytes of drawn pages that each worker process keeps (default 64; 0: every page is drawn anew)
LUOSHI_CACHE     folder for queries that were compiled before (default: cache in the data folder); several servers may share it
LUOSHI_ADDRESS   the address that people type, https://luoshi.example.gov.cn: links in messages need it
LUOSHI_MAIL      smtp://user:password@host:587 (with STARTTLS), smtps://…:465, or smtp+plain://host:25 inside a trusted net
LUOSHI_MAIL_FROM sender of messages
LUOSHI_ANCHORS   folder for the journal's anchor of each day, best on another machine (default: anchors in the data folder)
LUOSHI_BACKUPS   folder for the backup of every night (default: backups in the data folder)
LUOSHI_IDLE      minutes without a request after which a session ends (default 60)
LUOSHI_SESSION   hours after which it ends in any case (default 8)
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
    """「存放处」 data: the folder; secret: the signing key, made once and kept there, readable by its owner only.

    kept_pages: bytes; mail: Django's EMAIL settings, empty where none is sent; idle, session: seconds."""

    data: Path
    secret: str
    database: dict[str, Any]
    hosts: tuple[str, ...]
    https: bool
    kept_pages: int
    kept_queries: Path
    address: str
    mail: dict[str, Any]
    anchors: Path
    backups: Path
    idle: int
    session: int


def find_place() -> Place:
    """Read the environment, make the folder and the secret if they are not there yet."""
    data = Path(os.environ.get("LUOSHI_DATA", "luoshi-data")).resolve()
    (data / "static").mkdir(parents=True, exist_ok=True)
    hosts = tuple(h for h in os.environ.get("LUOSHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h)
    read = os.environ.get
    return Place(data, _secret(data / "secret.key"), _database(data), hosts, read("LUOSHI_HTTPS") == "1", _kept_pages(),
                 Path(read("LUOSHI_CACHE") or data / "cache"), read("LUOSHI_ADDRESS", "").rstrip("/"), _mail(),
                 Path(read("LUOSHI_ANCHORS") or data / "anchors"), Path(read("LUOSHI_BACKUPS") or data / "backups"),
                 _whole("LUOSHI_IDLE", "60", "分钟") * 60, _whole("LUOSHI_SESSION", "8", "小时") * 3600)


def _kept_pages() -> int:
    return _whole("LUOSHI_KEPT_MB", "64", "兆") * 1_000_000


def _whole(name: str, usual: str, unit: str) -> int:
    written = os.environ.get(name, usual)
    if not written.isdecimal():
        raise ValueError(f"{name} 要写成{unit}数，例如 {usual}；现在是“{written}”。")
    return int(written)


def _mail() -> dict[str, Any]:
    url = os.environ.get("LUOSHI_MAIL", "")
    if not url:
        return {}
    parts = urlsplit(url)
    ports = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("LUOSHI_MAIL 要写成 smtp://用户:密码@主机:587、smtps://用户:密码@主机:465，或内网的 smtp+plain://主机:25。")
    return {"EMAIL_HOST": parts.hostname, "EMAIL_PORT": parts.port or ports[parts.scheme], "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""), "EMAIL_USE_TLS": parts.scheme == "smtp", "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_TIMEOUT": 20, "DEFAULT_FROM_EMAIL": os.environ.get("LUOSHI_MAIL_FROM") or unquote(parts.username or "luoshi@localhost")}


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
