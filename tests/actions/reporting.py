"""What tests of reports share: filing one for the world's unit, and small files of every kind."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.actions.accept_report import accept_report
from luoshi.actions.file_report import ReportPlace, ReportText, file_report
from luoshi.actions.sign_report import sign_report
from luoshi.status.stand import Item
from luoshi.store.models import ReportRecord
from luoshi.store.queries.story import tell_list
from tests.web.world import AT, DAY, World

TEXT = ReportText(observed_on=date(2019, 9, 30), progress="示例：新增2个项目，1个已开工。", value=Decimal(43))


def item_of(world: World, words: str) -> Item:
    """The line of the board whose title holds these words."""
    told = tell_list(world.list, DAY)
    assert told is not None
    return next(item for item in told.items if words in item.title)


def place_of(world: World, words: str, unit: str = "市经信局", period: str = "2019-09") -> ReportPlace:
    """Where that unit reports on that line."""
    return ReportPlace(item_of(world, words).promise.id, world.organ(unit).pk, period)


def filed(world: World, words: str = "重大项目", period: str = "2019-09", submit: bool = True, revision: int = 0, who: str = "liaison",
          files: tuple[tuple[str, bytes], ...] = (), **changes: Any) -> ReportRecord:
    """A report of 市经信局."""
    if period != "2019-09" and "observed_on" not in changes:
        changes["observed_on"] = date.fromisoformat(f"{period}-28")
    place = place_of(world, words, period=period)
    return file_report(world.who(who), AT, DAY, world.list.pk, place, replace(TEXT, **changes), revision, submit, files)


def signed(world: World, **more: Any) -> ReportRecord:
    """The same, signed by its head."""
    report = filed(world, **more)
    return sign_report(world.who("head"), AT, DAY, report.pk, report.revision)


def accepted(world: World, **more: Any) -> ReportRecord:
    """The same, accepted by the office."""
    report = signed(world, **more)
    return accept_report(world.who("supervision"), AT, DAY, report.pk, report.revision)


def png(width: int = 3, height: int = 2) -> bytes:
    """A whole picture."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    pixels = b"".join(b"\0" + b"\xff" * 3 * width for _ in range(height)) if width * height < 1000 else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))


def jpeg(more: bytes = b"") -> bytes:
    """Header of a picture as phones write it, with a frame after an EXIF segment."""
    exif = b"\xff\xe1" + struct.pack(">H", 2 + 20) + b"Exif\0\0" + b"\0" * 14
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 40, 30, 3) + b"\1\x22\0\2\x11\1\3\x11\1"
    return b"\xff\xd8" + exif + frame + b"\xff\xda" + more + b"\xff\xd9"


def packed(*names: str) -> bytes:
    """A zip with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()
