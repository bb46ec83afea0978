"""What was read from a pack's folders stays in memory until one of their files changes. In: a folder, how to read it. Out: what was read."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_ROOM: Final = 8


class Remembered(Generic[T]):
    """「已读的数据包」 By folder, with every folder that was read for it and how their files stood. The oldest go once there are a few."""

    def __init__(self) -> None:
        self._held: dict[Path, tuple[tuple[Path, ...], Hashable, T]] = {}

    def get(self, path: Path, read: Callable[[Path], tuple[tuple[Path, ...], T]]) -> T:
        """What is held, else what `read` gives: the folders that it read, and the thing. What it raises is not held."""
        held = self._held.get(path)
        if held is not None and _stamp(held[0]) == held[1]:
            return held[2]
        folders, thing = read(path)
        self._held.pop(path, None)
        while len(self._held) >= _ROOM:
            del self._held[next(iter(self._held))]
        self._held[path] = folders, _stamp(folders), thing
        return thing


def _stamp(folders: tuple[Path, ...]) -> Hashable:
    """Which files there are, how large, and when each was written last. Asked for at every use: without a `Path` for every file."""
    return tuple(sorted(each for folder in folders for each in _files(str(folder))))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as inside:
        for each in inside:
            if each.is_dir():
                yield from _files(each.path)
            elif each.is_file():
                stat = each.stat()
                yield each.path, stat.st_mtime_ns, stat.st_size
