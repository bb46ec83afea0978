"""A pack and the packs it uses, made one: a pack may add to another, never redefine it.

In: a folder. Out: the `Pack`, what everything states, and findings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from luoshi.pack.calendar_spec import calendar_from
from luoshi.pack.files import Folder, read_folder
from luoshi.pack.find import find_pack
from luoshi.pack.organs_spec import directory_from
from luoshi.pack.pack import Pack
from luoshi.pack.stated import PackBroken, Sources, Stated
from luoshi.provenance import Finding

T = TypeVar("T")

_OF_ONE_LIST = ("bindings", "answers")
"""What is said of one document: it means nothing for the list of a pack that uses this one."""


def read_folders(path: Path) -> list[Folder]:
    """「读数据包」 and every pack it uses, used ones first, each once; the last is the one asked for."""
    folders: list[Folder] = []
    _read_with_used(path, "", (), folders)
    return folders


def merge(folders: list[Folder]) -> tuple[Pack | None, Sources, list[Finding]]:
    """「合并」 No pack where pack.yaml itself cannot be read."""
    sources = Sources()
    for part in fields(Sources):
        for folder in folders[-1:] if part.name in _OF_ONE_LIST else folders:
            getattr(sources, part.name).extend(getattr(folder.sources, part.name))
    findings = [finding for folder in folders for finding in folder.findings]
    own = folders[-1]
    if own.pack is None:
        return None, sources, findings
    pack = Pack(
        file=own.pack.noun,
        folder=own.path,
        registers=by_name(sources.registers, lambda noun: noun.register_name, "台账", findings),
        series=by_name(sources.series, lambda noun: noun.series, "序列", findings),
        deliverables=by_name(sources.deliverables, lambda noun: noun.deliverables, "成果清单", findings),
        indicators=by_name(sources.indicators, lambda noun: noun.indicator, "测算", findings),
        sql={name: query for folder in folders for name, query in folder.sql.items()},
        lights=by_name(sources.lights, lambda noun: noun.light, "灯规则", findings),
        bindings=tuple(stated.noun for stated in sources.bindings),
        answers=tuple(stated.noun for stated in sources.answers),
        cases=tuple(stated.noun for stated in sources.cases),
        # example rows illustrate the pack that holds them: a city's figures must not count another pack's invented rows
        rows={name: (rows,) for name, rows in own.rows.items()},
        reported=own.reported,
        calendar=calendar_from(by_name(sources.notices, lambda noun: str(noun.year), "放假安排", findings).values(),
                               by_name(sources.seasons, lambda noun: noun.name, "时段", findings).values()),
        directory=directory_from(by_name(sources.organs, lambda noun: noun.organ, "机构", findings).values(),
                                 [stated.noun for stated in sources.units]),
    )
    return pack, sources, findings


def _read_with_used(path: Path, prefix: str, inside: tuple[Path, ...], folders: list[Folder]) -> None:
    if any(folder.path == path for folder in folders):
        return
    folder = read_folder(path, prefix)
    for i, name in enumerate(folder.pack.noun.uses if folder.pack else ()):
        assert folder.pack is not None
        try:
            used = find_pack(name, beside=path.parent)
        except PackBroken as missing:
            folder.findings.append(folder.pack.finding("unknown-name", missing.findings[0].message, "uses", i))
            continue
        if used in (*inside, path):
            chain = "→".join(p.name for p in (*inside, path, used))
            folder.findings.append(folder.pack.finding("cycle", f"数据包互相引用成了圈：{chain}", "uses", i))
            continue
        _read_with_used(used, f"{used.name}/", (*inside, path), folders)
    folders.append(folder)


def by_name(stated: list[Stated[T]], name_of: Callable[[T], str], what: str, findings: list[Finding]) -> dict[str, T]:
    """「按名称」 A name stated twice is a finding: a pack may add to another, never redefine it."""
    first: dict[str, Stated[T]] = {}
    for each in stated:
        name = name_of(each.noun)
        if name not in first:
            first[name] = each
            continue
        other = first[name]
        text = f"{what}“{name}”已在 {other.place} 写过"
        text += "，同一个包里不能写两次" if other.file.pack == each.file.pack else "；可以增加，不能改写别的包里的，请换个名字"
        findings.append(each.finding("redefined", text))
    return {name: each.noun for name, each in first.items()}
