"""A docx or xlsx as the ZIP archive it is, opened with suspicion. In: bytes. Out: parts as bytes, never more than the limits.

The declared sizes are checked first and the true ones while inflating: a bomb lies about its size. We inflate by hand
because zipfile stops silently at the declared size, and calamine (which unzips again) does not.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final

from luoshi.reading.refusal import refusal
from luoshi.reading.source import Unreadable

MAX_TOTAL: Final = 200 * 1024 * 1024   # bytes, all parts together after unzipping
MAX_RATIO: Final = 200                 # unzipped : zipped, looked at only above SMALL
SMALL: Final = 10 * 1024 * 1024        # bytes; a short run of zeros may well shrink 1,000 times
MAX_MEMBERS: Final = 10_000
DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


class Archive:
    """「压缩包」 The parts of an Office file by name; every read is counted against MAX_TOTAL."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._data = memoryview(data)
        self._spent = 0
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                members = opened.infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            raise refusal("file.damaged", name, why="压缩包的目录读不出来") from error
        self._check_directory(members)
        self.members = {member.filename: member for member in members}

    def _check_directory(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MAX_MEMBERS:
            raise self._bomb(f"有 {len(members)} 个部件")
        if sum(member.file_size for member in members) > MAX_TOTAL:
            raise self._bomb(f"合计超过 {MAX_TOTAL // 1024**2} MB")
        for member in members:
            if member.file_size > self._limit(member):
                raise self._bomb(f"部件 {member.filename} 的压缩比超过 {MAX_RATIO} 倍")
            if member.flag_bits & 0x1:
                raise refusal("file.encrypted", self.name)

    def _bomb(self, why: str) -> Unreadable:
        return refusal("file.zip-bomb", self.name, why=why)

    @staticmethod
    def _limit(member: zipfile.ZipInfo) -> int:
        return max(SMALL, MAX_RATIO * member.compress_size)

    def __contains__(self, part: str) -> bool:
        return part in self.members

    def read(self, part: str) -> bytes:
        """The part's bytes, complete and with the right checksum."""
        member = self.members[part]
        limit = min(self._limit(member), MAX_TOTAL - self._spent)
        content = self._inflate(member, limit)
        if len(content) > limit:
            raise self._bomb(f"部件 {part} 实际大小超过目录所写")
        self._spent += len(content)
        if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise refusal("file.damaged", self.name, why=f"部件 {part} 校验不符")
        return content

    def read_xml(self, part: str) -> bytes:
        """The part's bytes, refused when they define entities (XXE, billion laughs)."""
        content = self.read(part)
        if any(doctype in content for doctype in DOCTYPES):
            raise refusal("file.xml-entities", self.name, part=part)
        return content

    def _inflate(self, member: zipfile.ZipInfo, limit: int) -> bytes:
        start = member.header_offset + 30
        lengths = bytes(self._data[member.header_offset + 26 : start])
        if len(lengths) < 4:
            raise refusal("file.damaged", self.name, why=f"部件 {member.filename} 不完整")
        start += sum(struct.unpack("<HH", lengths))
        packed = self._data[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            return bytes(packed[: limit + 1])
        if member.compress_type != zipfile.ZIP_DEFLATED:
            raise refusal("file.damaged", self.name, why=f"部件 {member.filename} 用了不支持的压缩方法")
        try:
            return zlib.decompressobj(-15).decompress(packed, limit + 1)
        except zlib.error as error:
            raise refusal("file.damaged", self.name, why=f"部件 {member.filename} 解压出错") from error
