"""A file of rows as it arrives → the rows that can be read, each with its place, and what is wrong with the others.

In: a `RegisterSpec`, the bytes of an .xlsx or a CSV file. Out: `Intake`. The example row of a template is left out and said so.
Personal data is protected before anything is handed on; when a row was recorded and how far it is verified is not taken from a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from luoshi.pack.register_spec import FREE_FIELDS, FieldSpec, RegisterSpec
from luoshi.provenance import Finding
from luoshi.register.importer import import_rows
from luoshi.register.record import Record, fields_of
from luoshi.register.sheet import Sheet, read_csv
from luoshi.register.unit import written_unit
from luoshi.register.workbook import read_workbook

MARK_COLUMN: Final = "行别"
EXAMPLE_MARK: Final = "示例（不导入）"
ASIDE: Final = ("原来在哪一行", "哪里不对")
"""Columns in front of a list of refused rows."""
MAX_BYTES: Final = 50_000_000
OWN_TITLES: Final = (FREE_FIELDS["recorded_on"], FREE_FIELDS["verification"])
"""登记日期 and 核验: the day of the import, and the acts of those who verify, decide them."""
# 台账.xlsx〔填报〕 第4行“面积”列“30”：… · 台账.csv 第1行：…
_PLACE: Final = re.compile(r"(?P<sheet>.+?) 第(?P<row>\d+)行(?:“(?P<column>[^”]*)”列)?")
# '=示例: an apostrophe in front of what a spreadsheet would take for a formula
_GUARD: Final = re.compile(r"^'(?=[=+\-@\t\r])")
# 第6到7行是合并单元格，只有第一格有值
_MERGED: Final = re.compile(r"第(\d+)到(\d+)行是合并单元格")


@dataclass(frozen=True, slots=True)
class Place:
    """「所在」 Where in a file: its sheet as complaints name it, the row as a spreadsheet shows it, the column's title."""

    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """「来行」 One good row. cells: column title → text as it may be kept, blanks too where the file has the column."""

    sheet: str
    row: int
    record: Record
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Intake:
    """「来件」 What a file brings. lines: rows in it, without examples; wrong: (sheet, row) of those that cannot come in."""

    rows: tuple[Arrived, ...]
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]
    lines: int

    @property
    def wrong(self) -> frozenset[tuple[str, int]]:
        """Places of rows with an error."""
        return wrong_rows(self.findings)


def read_intake(spec: RegisterSpec, data: bytes, name: str, secret: bytes = b"") -> Intake:
    """「读来件」 Every sheet of the file; a trap of a spreadsheet keeps its row out as any other error does."""
    sheets, findings = _sheets(spec, data, name)
    return read_sheets(spec, sheets, findings, name, secret)


def read_sheets(spec: RegisterSpec, sheets: Iterable[Sheet], findings: Iterable[Finding], name: str, secret: bytes = b"") -> Intake:
    """「读来件」 The same for sheets that are at hand: of a form, of a program."""
    rows: list[Arrived] = []
    told: list[Finding] = []
    cleaned = []
    aside: set[tuple[str, int | None]] = set()
    for sheet in sheets:
        if sheet.header[0] == EXAMPLE_MARK:     # 代码表 and 填写说明 of the template
            aside.add((sheet.file, None))
            continue
        plain, left_out = _without_examples(_plain(spec, sheet))
        aside |= {(sheet.file, place.row) for one in left_out if (place := place_of(one))}
        cleaned.append(plain)
        told += left_out
        arrived, found = _read(spec, plain, secret)
        rows += arrived
        told += found
    told = [one for one in findings if not ((place := place_of(one)) and aside & {(place.sheet, None), (place.sheet, place.row)})] + told
    told += _nothing(name, spec, cleaned, told)
    wrong = wrong_rows(told)
    good = tuple(row for row in rows if (row.sheet, row.row) not in wrong)
    return Intake(good, tuple(cleaned), tuple(told), sum(len(tuple(sheet.rows)) for sheet in cleaned))


def headed(field: FieldSpec) -> str:
    """「列头」 面积（亩）: the title with its unit, as templates write it."""
    unit = written_unit(field)
    return f"{field.title}（{unit}）" if unit else field.title


def place_of(finding: Finding) -> Place | None:
    """「定位」 Where a finding points to; None where it is about a whole file."""
    found = _PLACE.match(finding.message)
    return Place(found["sheet"], int(found["row"]), found["column"] or "") if found else None


def wrong_rows(findings: Iterable[Finding]) -> frozenset[tuple[str, int]]:
    """「错行」 (sheet, row) of every row that an error is about; merged cells speak of several."""
    wrong: set[tuple[str, int]] = set()
    for finding in findings:
        place = place_of(finding) if finding.level == "error" else None
        if place:
            span = _MERGED.search(finding.message) if finding.id == "row.merged-cell" else None
            first, last = (int(span[1]), int(span[2])) if span else (place.row, place.row)
            wrong |= {(place.sheet, row) for row in range(first, last + 1)}
    return frozenset(wrong)


def _sheets(spec: RegisterSpec, data: bytes, name: str) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """By content, whatever the name says."""
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, name, spec)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = f"{name}：是旧格式（.xls）或加了密码的文件，没有导入。请用表格软件打开，另存为不加密码的 .xlsx 后再传。"
        return (), (Finding("row.unreadable-file", f"row.unreadable-file:{name}", "error", message, None, spec.register_name),)
    if PurePath(name).suffix.lower() == ".xlsx":
        message = f"{name}：扩展名是 .xlsx，内容却不是工作簿，没有导入。请用表格软件打开原文件，另存为 .xlsx 后再传。"
        return (), (Finding("row.unreadable-file", f"row.unreadable-file:{name}", "error", message, None, spec.register_name),)
    sheet, findings = read_csv(data, name, spec.register_name)
    return ((sheet,) if sheet.header else ()), findings


def _plain(spec: RegisterSpec, sheet: Sheet) -> Sheet:
    """Titles without their unit; without the columns that a list of refused rows has in front, and the apostrophe that guards a text."""
    titles = {headed(field): field.title for field in fields_of(spec)}
    header = tuple(titles.get(title, title) for title in sheet.header)
    rows = tuple((row, _unguarded(line)) for row, line in sheet.rows)
    for title in ASIDE:
        if title in header:
            at = header.index(title)
            header, rows = _cut(header, at), tuple((row, _cut(line, at)) for row, line in rows)
    return replace(sheet, header=header, rows=rows)


def _unguarded(line: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_GUARD.sub("", cell) for cell in line) if any(cell[:1] == "'" for cell in line) else line


def _without_examples(sheet: Sheet) -> tuple[Sheet, tuple[Finding, ...]]:
    """Without the column that marks the example row, and without rows so marked."""
    if MARK_COLUMN not in sheet.header:
        return sheet, ()
    at = sheet.header.index(MARK_COLUMN)
    marked = frozenset(row for row, line in sheet.rows if len(line) > at and line[at] == EXAMPLE_MARK)
    rows = tuple((row, _cut(line, at)) for row, line in sheet.rows if row not in marked and any(_cut(line, at)))
    why, todo = "是模板的示例行，没有导入", "不用处理；不需要时可以删掉"
    told = tuple(sheet.finding("row.example", row, "", "", why, todo, "info") for row in sorted(marked))
    return replace(sheet, header=_cut(sheet.header, at), rows=rows), told


def _cut(line: tuple[str, ...], at: int) -> tuple[str, ...]:
    return line[:at] + line[at + 1:]


def _read(spec: RegisterSpec, sheet: Sheet, secret: bytes) -> tuple[list[Arrived], list[Finding]]:
    fields = {title: field for field in fields_of(spec) for title in (field.title, field.name)}
    own = {title for title, field in fields.items() if field.title in OWN_TITLES}
    plain = replace(sheet, header=tuple(f"\x00{title}" if title in own else title for title in sheet.header))
    records, findings = import_rows(spec, plain, secret)
    told = [finding for finding in findings if "\x00" not in finding.message]
    lines = dict(sheet.rows)
    columns = [(place, fields[title]) for place, title in enumerate(plain.header) if title in fields and plain.header.index(title) == place]
    titles = [(place, field.title) for place, field in columns]
    personal = [(at, field.title) for at, field in enumerate(fields_of(spec)) if field.personal]
    return [_arrived(sheet.file, row, record, lines[row], titles, personal) for row, record in records], told


def _arrived(file: str, row: int, record: Record, line: tuple[str, ...], titles: list[tuple[int, str]], personal: list[tuple[int, str]]) -> Arrived:
    width = len(line)
    cells = {title: line[place] if place < width else "" for place, title in titles}
    for at, title in personal:
        if cells.get(title):
            cells[title] = str(record.values[at])
    return Arrived(file, row, record, cells)


def _nothing(name: str, spec: RegisterSpec, sheets: list[Sheet], told: list[Finding]) -> list[Finding]:
    """A file without rows says so, unless something already says why."""
    if any(True for sheet in sheets for _ in sheet.rows) or any(finding.level == "error" for finding in told):
        return []
    message = f"{name}：表头以下一行也没有，没有可导入的。请按模板填好再传。"
    return [Finding("row.empty-file", f"row.empty-file:{name}", "error", message, None, spec.register_name)]
