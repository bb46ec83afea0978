"""Checks across the files of a pack: whatever one file names, another must hold.

In: the merged pack and everything that is stated. Out: findings, each with its file, line and key.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.pack.check_bindings import check_bindings, check_cases
from luoshi.pack.check_indicators import check_indicators
from luoshi.pack.check_registers import check_registers
from luoshi.pack.check_rubrics import check_rubrics
from luoshi.pack.files import Folder
from luoshi.pack.pack import Pack
from luoshi.pack.stated import Sources
from luoshi.provenance import Finding

CHECKS = (check_registers, check_rubrics, check_indicators, check_bindings, check_cases)


def check_pack(pack: Pack, sources: Sources, own: Folder) -> list[Finding]:
    """「查数据包」 pack.yaml itself, then every check in turn."""
    findings = list(_pack_file(pack, own))
    for check in CHECKS:
        findings += check(pack, sources)
    return findings


def _pack_file(pack: Pack, own: Folder) -> Iterator[Finding]:
    assert own.pack is not None
    file = pack.file
    if file.id != own.path.name:
        yield own.pack.finding("name-of-folder", f"“{file.id}”要和文件夹名“{own.path.name}”一样", "id")
    if file.document is not None and not (own.path / file.document).resolve().is_relative_to(own.path):
        yield own.pack.finding("wrong-value", "清单文件要放在数据包的文件夹里", "document")
    elif file.document is not None and not (own.path / file.document).is_file():
        yield own.pack.finding("missing-file", f"没有清单文件“{file.document}”", "document")
    if pack.bindings and file.year is None:
        yield own.pack.finding("missing-key", "有绑定就要写年份", "year")
    for name, rows in own.rows.items():
        if name not in {**pack.registers, **pack.series, **pack.deliverables}:
            shown = rows.relative_to(own.path).as_posix()
            text = f"{shown}：没有叫“{name}”的台账、序列或成果清单，这些行不会被读到"
            yield Finding("pack.unknown-name", f"pack.unknown-name:{shown}", "error", text)
