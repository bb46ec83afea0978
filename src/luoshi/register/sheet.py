"""A file of rows, or rows of a worked case → cells under known columns, with the place of each.

In: a CSV file (UTF-8 with or without BOM, or GB18030), or dicts. Out: `Sheet`, and findings about its columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from luoshi.provenance import Finding, Level, SourceRef
from luoshi.reading.decode import decode_text, encoding_finding
from luoshi.reading.source import Unreadable


@dataclass(frozen=True, slots=True)
class Sheet:
    """「数据表」 file: how complaints name it; about: which register it fills; header: titles as written.

    rows: (row number as a spreadsheet shows it, cells). case: rows of a worked case, which say only what matters.
    """

    file: str
    about: str
    header: tuple[str, ...]
    rows: Iterable[tuple[int, tuple[str, ...]]]
    case: bool = False

    @property
    def header_row(self) -> int:
        return 0 if self.case else 1

    def finding(self, kind: str, row: int, column: str, cell: str, why: str, todo: str, level: Level = "error") -> Finding:
        """「问题」 One bad cell: file, row, column, value, what is wrong, what to do."""
        place = f"{self.file} 第{row}行" + (f"“{column}”列" if column else "")
        written = f"“{cell}”" if cell else ""
        fate = "这一行没有导入。" if level == "error" and row > self.header_row else ""
        return Finding(
            kind, f"{kind}:{self.file}:{row}:{column}", level, f"{place}{written}：{why}。{todo}。{fate}",
            SourceRef(place, 0, len(cell), cell), self.about,
        )


def read_sheet(path: Path, about: str) -> tuple[Sheet, tuple[Finding, ...]]:
    """「读表」 A CSV file as a sheet. A file that cannot be read becomes a finding and an empty sheet."""
    try:
        return read_csv(path.read_bytes(), path.name, about)
    except OSError as refused:
        return Sheet(path.name, about, (), ()), (_unreadable(path.name, about, refused),)


def read_csv(data: bytes, name: str, about: str) -> tuple[Sheet, tuple[Finding, ...]]:
    """「读CSV」 The same from its bytes; name: how complaints call it."""
    empty = Sheet(name, about, (), ())
    try:
        text, encoding = decode_text(data, name)
        lines = [tuple(cell.strip() for cell in line) for line in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except (Unreadable, csv.Error) as refused:
        return empty, (_unreadable(name, about, refused),)
    if not lines:
        message = f"{name}：是空文件，连表头都没有。请按模板加上表头。"
        return empty, (Finding("row.empty-file", f"row.empty-file:{name}", "error", message, None, about),)
    rows = tuple((number, line) for number, line in enumerate(lines[1:], start=2) if any(line))
    told = tuple(replace(one, key=f"{one.key}:{name}", message=f"{name}：{one.message}") for one in encoding_finding(encoding))
    return Sheet(name, about, lines[0], rows), told


def _unreadable(name: str, about: str, refused: Exception) -> Finding:
    message = f"{name}：读不了这份台账（{refused}）。请另存为 UTF-8 编码的 CSV 后重试。"
    return Finding("row.unreadable-file", f"row.unreadable-file:{name}", "error", message, None, about)


def sheet_of_rows(rows: Iterable[Mapping[str, Any]], about: str, file: str, case: bool = True) -> Sheet:
    """「样例行」 The rows of a worked case as a sheet. case: they say only what matters; else they are held to what a file is held to."""
    kept = list(rows)
    header = tuple(dict.fromkeys(column for row in kept for column in row))
    cells = tuple((number, tuple(_written(row.get(column)) for column in header)) for number, row in enumerate(kept, start=1))
    return Sheet(file, about, header, cells, case=case)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
    if isinstance(value, list | tuple):
        return "；".join(map(_written, value))
    return str(value).strip()


def match_columns(sheet: Sheet, wanted: Mapping[str, str], must: Iterable[str]) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """「列对应」 name → place in the row, for columns headed by a name or its title. wanted: name → title."""
    by_header = {title: name for name, title in wanted.items()} | {name: name for name in wanted}
    columns: dict[str, int] = {}
    findings: list[Finding] = []
    for place, header in enumerate(sheet.header):
        name = by_header.get(header)
        if name in columns:
            why = "这一列出现了两次，用前一个"
            findings.append(sheet.finding("row.repeated-column", sheet.header_row, header, "", why, "请删掉一个", "warning"))
        elif name:
            columns[name] = place
        elif header or not sheet.case:
            findings.append(_unknown(sheet, place, header, wanted))
    for name in must:
        if name not in columns and not sheet.case:
            why = "缺这一列，这份文件一行都不能导入"
            findings.append(sheet.finding("row.missing-column", sheet.header_row, wanted[name], "", why, "请按模板补上"))
    return columns, tuple(findings)


def _unknown(sheet: Sheet, place: int, header: str, wanted: Mapping[str, str]) -> Finding:
    near = get_close_matches(header, list(wanted.values()), n=1, cutoff=0.5)
    todo = f"是不是“{near[0]}”？请改成模板里的列名" if near else "用不到就删掉，用得到就改成模板里的列名"
    shown = header or f"第{place + 1}列"
    return sheet.finding("row.unknown-column", sheet.header_row, shown, "", "台账里没有这一列，没有导入", todo, "warning")
