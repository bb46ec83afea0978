"""The file that a backup is: a tar.gz with its manifest as the last member. In: members. Out: a file written whole; a folder, checked.

manifest.json       luoshi.backup/1: version, moment, kind of database, migration, and of every other member its size and sha256
journal.head        the journal's anchor; not there where there was none
rows/<table>.jsonl  one line for each row
files/…             documents and evidence
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

SCHEMA = "luoshi.backup/1"
MANIFEST = "manifest.json"
# files/evidence/3f/3fa9….jpg, rows/list.jsonl: no part begins with a dot, none is empty
MEMBER = re.compile(r"journal\.head|rows/[a-z_]+\.jsonl|files(?:/[^./\\\0][^/\\\0]*)+")


class BackupBroken(Exception):
    """「备份损坏」 Why a file is no backup that could be restored. Chinese."""


class _Counted(io.RawIOBase):
    """Hashes what is read through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.hash.update(content)
        self.size += len(content)
        return content


class Packing:
    """「装箱」 An archive being written: members are added, the manifest last."""

    def __init__(self, tar: tarfile.TarFile, moment: float) -> None:
        self.tar, self.moment = tar, moment
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """One member, hashed on the way."""
        counted = _Counted(file)
        self.tar.addfile(self._named(name, size), counted)
        self.members[name] = {"size": counted.size, "sha256": counted.hash.hexdigest()}

    def close(self, about: dict[str, Any]) -> None:
        """The manifest."""
        text = json.dumps({"schema": SCHEMA, **about, "members": self.members}, ensure_ascii=False, indent=1).encode()
        self.tar.addfile(self._named(MANIFEST, len(text)), io.BytesIO(text))

    def _named(self, name: str, size: int) -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, self.moment
        return info


@contextmanager
def packing(path: Path, moment: float) -> Iterator[Packing]:
    """Written beside its name, readable by its owner only, and renamed when it is whole; nothing is left where it fails."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                yield Packing(tar, moment)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Every member into the folder, each hash checked; the manifest. Raises BackupBroken before anything else could use the folder."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(path, mode="r:gz") as tar:
            for info in tar:
                if info.name == MANIFEST and info.isreg() and not manifest:
                    manifest = json.loads(_open(tar, info).read(50_000_000))
                else:
                    found[info.name] = _unpack_member(tar, info, folder, found)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BackupBroken(f"{path.name} 不是完整的备份文件（{error}）。请换一份。") from error
    _compare(path.name, manifest, found)
    return manifest


def _unpack_member(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path, found: dict[str, Any]) -> dict[str, Any]:
    if not info.isreg() or info.name in found or not MEMBER.fullmatch(info.name):
        raise BackupBroken(f"备份里有不该有的“{info.name}”：不是本程序写的备份，没有恢复。")
    if info.size > shutil.disk_usage(folder).free:
        raise BackupBroken(f"磁盘空间不够放下“{info.name}”（{info.size}字节）。请腾出空间后重试。")
    target = folder / info.name
    target.parent.mkdir(parents=True, exist_ok=True)
    counted = _Counted(_open(tar, info))
    with target.open("xb") as file:
        _pour(counted.read, file.write)
    return {"size": counted.size, "sha256": counted.hash.hexdigest()}


def _open(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(info)
    if file is None:
        raise BackupBroken(f"备份里的“{info.name}”打不开。请换一份。")
    return file


def _pour(read: Callable[[int], bytes], write: Callable[[bytes], object]) -> None:
    while content := read(1 << 20):
        write(content)


def _compare(name: str, manifest: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    if manifest.get("schema") != SCHEMA:
        raise BackupBroken(f"{name} 里没有本程序的清单（{SCHEMA}）：不是备份，或被截断。请换一份。")
    stated = manifest["members"]
    for member in sorted(stated.keys() | found.keys()):
        if stated.get(member) != found.get(member):
            why = "缺了" if member not in found else "多出" if member not in stated else "内容与哈希不符："
            raise BackupBroken(f"{name} 损坏：{why}“{member}”。没有恢复任何东西，请换一份。")
