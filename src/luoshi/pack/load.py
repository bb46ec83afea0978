"""YAML → Pack: a folder of files, read, merged with the packs it uses, and checked.

In: the name of a shipped pack, or a path. Out: the `Pack` and what should be known about it; or `PackBroken`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from luoshi.pack.check import check_pack
from luoshi.pack.files import Folder
from luoshi.pack.find import find_pack
from luoshi.pack.merge import merge, read_folders
from luoshi.pack.pack import Pack
from luoshi.pack.remembered import Remembered
from luoshi.pack.stated import PackBroken
from luoshi.provenance import Finding

__all__ = ["PackBroken", "load_pack"]


Loaded = tuple[Pack, tuple[Finding, ...]]
_packs: Final = Remembered[Loaded]()


def load_pack(name_or_path: str | Path) -> Loaded:
    """「装入数据包」 All files are read before anything is refused, so that one run names every mistake. A pack stays in memory until a file of
    it, or of a pack that it uses, changes."""
    return _packs.get(find_pack(name_or_path), _read)


def _read(path: Path) -> tuple[tuple[Path, ...], Loaded]:
    folders = read_folders(path)
    return tuple(folder.path for folder in folders), _checked(folders)


def _checked(folders: list[Folder]) -> Loaded:
    pack, sources, findings = merge(folders)
    unread = any(finding.level == "error" for folder in folders for finding in folder.findings)
    if pack is not None and not unread:  # what one unread file leaves out would be missed in every other
        findings += check_pack(pack, sources, folders[-1])
    if pack is None or any(finding.level == "error" for finding in findings):
        raise PackBroken(tuple(findings))
    return pack, tuple(findings)
