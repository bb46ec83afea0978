"""The packed streams of a PDF, looked at before pdfium unpacks them without a limit. In: the bytes. Out: is any absurdly large?

Pictures and fonts are let through: they are never drawn here, and an honest Chinese font has 20 MB.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

MAX_STREAM: Final = 16 * 1024 * 1024    # of operators: a page of a dense list has 0.2 MB
MAX_ALL: Final = 128 * 1024 * 1024
LOOK_BACK: Final = 600                  # bytes in which the entries of a stream stand
START: Final = re.compile(rb"stream\r?\n")
HARMLESS: Final = (b"/Image", b"/Length1", b"/FontFile", b"/CIDFontType", b"/OpenType")


def is_bomb(data: bytes) -> bool:
    """One stream of operators, or all together, unpack to more than any list has."""
    total = 0
    for found in START.finditer(data):
        start = found.end()
        entries = data[max(0, found.start() - LOOK_BACK) : found.start()]
        entries = entries[entries.rfind(b" obj") + 1 :]
        if data[start : start + 1] != b"\x78" or any(mark in entries for mark in HARMLESS):
            continue
        try:
            size = len(zlib.decompressobj().decompress(memoryview(data)[start:], MAX_STREAM + 1))
        except zlib.error:
            continue   # not packed so, or damaged: pdfium decides
        total += size
        if size > MAX_STREAM or total > MAX_ALL:
            return True
    return False
