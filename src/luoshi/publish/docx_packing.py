"""A finished .docx as bytes, the same for the same document. In: a python-docx package. Out: bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any


def pack_docx(package: Any) -> bytes:
    """Saved, and packed again with a fixed time in every entry."""
    raw, packed = io.BytesIO(), io.BytesIO()
    package.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
