"""The folder of a pack: found by name among the shipped ones, or by path. Nothing is registered.

In: a name or a path. Out: the folder, or `PackBroken`.
"""

from __future__ import annotations

from pathlib import Path

from luoshi.pack.stated import PackBroken, nearest
from luoshi.provenance import Finding

SHIPPED = Path(__file__).resolve().parent.parent / "packs"
PACK_FILE = "pack.yaml"


def find_pack(name_or_path: str | Path, beside: Path | None = None) -> Path:
    """「找数据包」 A shipped pack by the name of its folder, else a folder. beside: where the packs that a pack uses may also lie."""
    name = str(name_or_path)
    places = [Path(name)] if isinstance(name_or_path, Path) or "/" in name or "\\" in name else [SHIPPED / name, Path(name)]
    if beside is not None:
        places.insert(1, beside / name)
    for place in places:
        if (place / PACK_FILE).is_file():
            return place.resolve()
    raise PackBroken((_not_found(name, places[-1]),))


def shipped_packs() -> tuple[str, ...]:
    """「随附的数据包」 Names of the packs that are shipped inside."""
    return tuple(sorted(folder.name for folder in SHIPPED.iterdir() if (folder / PACK_FILE).is_file()))


def _not_found(name: str, place: Path) -> Finding:
    if place.is_dir():
        text = f"{place} 里没有 {PACK_FILE}，这不是数据包"
    else:
        text = f"没有数据包“{name}”{nearest(name, shipped_packs())}（也可写一个文件夹的路径）"
    return Finding("pack.not-found", f"pack.not-found:{name}", "error", text)
