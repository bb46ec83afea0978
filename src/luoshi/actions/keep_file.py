"""Keep bytes under their hash. In: a folder of the data folder, the hash, the bytes. Out: the place below MEDIA_ROOT.

The same content is stored once, whoever brings it."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings


def keep_file(folder: str, sha256: str, content: bytes) -> str:
    """Written aside and renamed, so that nobody ever reads half a file."""
    place = f"{folder}/{sha256[:2]}/{sha256}"
    path = Path(settings.MEDIA_ROOT) / place
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(content)
        temporary.replace(path)
    return place
