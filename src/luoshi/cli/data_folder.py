"""The data folder that a command works on. In: its path. Out: Django, set up on it; nothing is migrated.

A server holds the folder while it runs, so that nobody restores underneath it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TextIO

HELD = "serve.lock"


def enter(data: Path) -> None:
    """Set Django up on a folder that is there already; stop with a sentence where it is not."""
    from luoshi.cli.terminal import fail

    if not data.is_dir() or not (os.environ.get("LUOSHI_DATABASE") or (data / "luoshi.sqlite3").exists()):
        fail(f"{data} 里没有数据。请用 --data 指出服务的数据目录。")
    set_up(data)


def set_up(data: Path) -> None:
    """Set Django up; the folder, the secret and the database are made where they are missing."""
    os.environ["LUOSHI_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.project.settings")
    import django

    django.setup()


def hold(data: Path, alone: bool) -> TextIO | None:
    """Hold the folder until the file is closed: servers share it, a restore wants it alone. None where somebody else has it."""
    file = (data / HELD).open("w")
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
