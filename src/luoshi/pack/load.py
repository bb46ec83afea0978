"""YAML → Pack: a folder of files, read, merged with the packs it uses, and checked.

In: the name of a shipped pack, or a path. Out: the `Pack` and what should be known about it; or `PackBroken`.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Final

from luoshi.pack.check import check_pack
from luoshi.pack.files import Folder
from luoshi.pack.find import find_pack
from luoshi.pack.merge import merge, read_folders
from luoshi.pack.pack import Pack
from luoshi.pack.stated import PackBroken
from luoshi.provenance import Finding

__all__ = ["PackBroken", "load_pack"]


Loaded = tuple[Pack, tuple[Finding, ...]]
_ROOM: Final = 8
_loaded: dict[Path, tuple[tuple[Path, ...], Hashable, Loaded]] = {}


def load_pack(name_or_path: str | Path) -> Loaded:
    """「装入数据包」 All files are read before anything is refused, so that one run names every mistake. A pack stays in memory until a file of
    it, or of a pack that it uses, changes."""
    path = find_pack(name_or_path)
    if path in _loaded and _stamp(_loaded[path][0]) == _loaded[path][1]:
        return _loaded[path][2]
    folders = read_folders(path)
    used = tuple(folder.path for folder in folders)
    stamp = _stamp(used)
    loaded = _checked(folders)
    while len(_loaded) >= _ROOM:
        del _loaded[next(iter(_loaded))]
    _loaded[path] = used, stamp, loaded
    return loaded


def _stamp(folders: tuple[Path, ...]) -> Hashable:
    """Which files there are, how large, and when each was written last."""
    files = ((inside, inside.stat()) for folder in folders for inside in sorted(folder.rglob("*")) if inside.is_file())
    return tuple((str(inside), stat.st_mtime_ns, stat.st_size) for inside, stat in files)


def _checked(folders: list[Folder]) -> Loaded:
    pack, sources, findings = merge(folders)
    unread = any(finding.level == "error" for folder in folders for finding in folder.findings)
    if pack is not None and not unread:  # what one unread file leaves out would be missed in every other
        findings += check_pack(pack, sources, folders[-1])
    if pack is None or any(finding.level == "error" for finding in findings):
        raise PackBroken(tuple(findings))
    return pack, tuple(findings)
