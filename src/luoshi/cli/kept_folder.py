"""Where commands keep what only saves time: it may be deleted whenever. In: the environment. Out: a folder."""

from __future__ import annotations

import os
from pathlib import Path


def kept_folder() -> Path | None:
    """`LUOSHI_CACHE`, else the user's own place for such things; None where there is no home (a locked-down service)."""
    if own := os.environ.get("LUOSHI_CACHE"):
        return Path(own)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "luoshi"
    except RuntimeError:
        return None
