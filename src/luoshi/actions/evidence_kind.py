"""What a file is by its content, whatever its name says. In: name and bytes. Out: one of KINDS, or `EvidenceRefused` in words that help.

Pictures are not decoded: only their header is read, so that a bomb of a picture costs nothing.
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _

MAX_BYTES = 10_000_000
KINDS: dict[str, str] = {
    "jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
EXTENSIONS = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx"}
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
MAX_ENTRIES, MAX_UNPACKED = 5_000, 300_000_000
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame and hold its height and width."""


class EvidenceRefused(Exception):
    """「佐证不收」 str(error) names the file, says what is wrong and what to do."""


def refuse_size(name: str, size: int) -> None:
    """Before anything is read: a photo of 30 MB is refused in words."""
    if size > MAX_BYTES:
        words = _("“%(name)s”有%(size)s MB，一份佐证最多10 MB。照片请用手机的“中等大小”发送，或截取要证明的部分；文件请分开上传。")
        raise EvidenceRefused(words % {"name": name, "size": f"{size / 1_000_000:.1f}".removesuffix(".0")})
    if not size:
        raise EvidenceRefused(_("“%(name)s”是空文件，没有内容可以证明什么。请重新选择文件。") % {"name": name})


def kind_of(name: str, content: bytes) -> str:
    """jpeg, png, pdf, docx or xlsx; content and extension must agree."""
    refuse_size(name, len(content))
    extension = PurePath(name).suffix.lower()
    if extension not in EXTENSIONS:
        words = _("“%(name)s”不是收得下的类型。佐证收照片（jpg、png）、PDF、Word（docx）和Excel（xlsx）；压缩包请解开后逐份上传。")
        raise EvidenceRefused(words % {"name": name})
    found = _found(content)
    if found != EXTENSIONS[extension]:
        words = _("“%(name)s”的内容不是%(kind)s：扩展名改过，或者文件坏了。请用原来的软件打开，另存为%(kind)s再传。")
        raise EvidenceRefused(words % {"name": name, "kind": extension[1:]})
    return found


def _found(content: bytes) -> str | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png" if _png_size(content) else None
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg" if _jpeg_size(content) else None
    if content.startswith(b"%PDF-"):
        return "pdf"
    return _office(content) if content.startswith(b"PK\x03\x04") else None


def _png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height from IHDR, always the first chunk."""
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return (width, height) if width and height else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height from the first frame; segments before it are skipped by their length."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2:at + 4], "big")
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5:at + 9])
            return (width, height) if width and height else None
        if marker == 0xFF:
            at += 1
        elif length < 2:
            return None
        else:
            at += 2 + length
    return None


def _office(content: bytes) -> str | None:
    """A zip that is a document or a workbook, without macros, and no bomb. Only its directory is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        return None
    names = {entry.filename for entry in entries}
    sound = len(entries) <= MAX_ENTRIES and sum(entry.file_size for entry in entries) <= MAX_UNPACKED
    if not sound or "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in OFFICE.items() if part in names), None)
