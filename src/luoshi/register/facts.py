"""Every fact of a pack, read and checked: its files of rows, or the rows that a worked case gives.

In: a `Pack` (and a `Case`). Out: `Facts`, and findings about every row that is not right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from luoshi.pack.as_register import find_rows_spec
from luoshi.pack.case_spec import Case, CaseRow
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.provenance import Finding
from luoshi.register.deliverable import events_of, gate_findings, with_titles
from luoshi.register.evidence import reuse_findings
from luoshi.register.importer import import_records
from luoshi.register.ledger import check_ledger
from luoshi.register.lifecycle import check_stages
from luoshi.register.record import Facts, Record, fields_of, value_of
from luoshi.register.series import observations_of
from luoshi.register.sheet import Sheet, read_sheet, sheet_of_rows
from luoshi.register.validate import check_rows
from luoshi.register.verdict import check_verdicts

# GR201933{n:06} → GR201933000007
_NUMBERED: Final = re.compile(r"\{n(?::0?(\d+)d?)?\}")
REPEAT: Final = "重复"


@dataclass(slots=True)
class _Heap:
    pack: Pack
    stored: bool = False
    records: dict[str, list[Record]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, name: str, sheet: Sheet) -> None:
        spec = find_rows_spec(self.pack, name)
        if spec is None:
            message = f"{sheet.file}：没有叫 {name} 的台账、序列或成果清单，没有导入。请核对名字。"
            self.findings.append(Finding("row.unknown-register", f"row.unknown-register:{name}:{sheet.file}", "error", message, None, name))
            return
        if name in self.pack.deliverables:
            sheet = with_titles(self.pack.deliverables[name], sheet)
        records, found = import_records(spec, sheet)
        self.records.setdefault(name, []).extend(records)
        self.findings.extend(found)

    def facts(self) -> tuple[Facts, tuple[Finding, ...]]:
        specs = {name: spec for name in self.records if (spec := find_rows_spec(self.pack, name))}
        rows = {name: self._stands(spec, self._unique(spec, self.records[name])) for name, spec in specs.items()}
        rows = {name: self._resolved(spec, rows[name], rows) for name, spec in specs.items()}
        records = {name: ones for name, ones in rows.items() if name in self.pack.registers}
        for name, ones in records.items():
            self.findings.extend(check_stages(specs[name], ones, self.pack.calendar))
        self.findings.extend(reuse_findings(records, {name: spec.title for name, spec in self.pack.registers.items()}))
        observations = {name: observations_of(self.pack.series[name], ones) for name, ones in rows.items() if name in self.pack.series}
        events = {name: events_of(self.pack.deliverables[name], ones) for name, ones in rows.items() if name in self.pack.deliverables}
        for name, of in events.items():
            self.findings.extend(gate_findings(self.pack.deliverables[name], of))
        entries = {name: ones for name, ones in rows.items() if name not in records}
        return Facts(records, entries, observations, events), tuple(self.findings)

    def _tell(self, kind: str, about: str, origin: str, text: str) -> None:
        self.findings.append(Finding(kind, f"{kind}:{origin}:{about}", "error", f"{origin}：{text}这一行没有导入。", None, about))

    def _unique(self, spec: RegisterSpec, rows: Iterable[Record]) -> tuple[Record, ...]:
        """Two versions of one record from the same day, recorded on the same day: nobody can say which holds, unless they were stored one
        after the other."""
        if self.stored:
            return tuple({(row.key, row.happened_on, row.recorded_on): row for row in rows}.values())
        first: dict[tuple[object, ...], Record] = {}
        for row in rows:
            kept = first.setdefault((row.key, row.happened_on, row.recorded_on), row)
            if kept is not row:
                text = f"“{row.key}”与{kept.origin}是同一天的同一条记录，分不出哪个在后。请删掉一条，或写明登记日期。"
                self._tell("row.duplicate-version", spec.register_name, row.origin, text)
        return tuple(first.values())

    def _stands(self, spec: RegisterSpec, rows: tuple[Record, ...]) -> tuple[Record, ...]:
        """Rules of the register as a whole: a balance never below zero, signed judgements, ranges apart, cumulative numbers rising."""
        for applies, check in ((spec.rubric, check_verdicts), (spec.ledger, check_ledger), (True, check_rows)):
            if applies:
                rows, told = check(spec, rows)
                self.findings.extend(told)
        return rows

    def _resolved(self, spec: RegisterSpec, rows: tuple[Record, ...], all_records: dict[str, tuple[Record, ...]]) -> tuple[Record, ...]:
        """References are checked where the other register has rows at all: a worked case need not give every register."""
        pointing = [(f.name, f.references) for f in spec.fields if f.references]
        if spec.parent and (spec.parent.field, spec.parent.register_name) not in pointing:
            pointing.append((spec.parent.field, spec.parent.register_name))
        known = {name: {record.key for record in all_records[name]} for _, name in pointing if all_records.get(name)}
        checked = [(one, name) for one, name in pointing if name in known]
        return tuple(row for row in rows if self._points_right(spec, row, checked, known)) if checked else rows

    def _points_right(self, spec: RegisterSpec, row: Record, checked: list[tuple[str, str]], known: dict[str, set[str]]) -> bool:
        for one, name in checked:
            value = value_of(row, spec, one)
            if value is not None and str(value) not in known[name]:
                title = next(f.title for f in fields_of(spec) if f.name == one)
                text = f"“{title}”写的“{value}”在台账“{self.pack.registers[name].title}”里没有。请核对编号，或先补登。"
                self._tell("row.unknown-reference", spec.register_name, row.origin, text)
                return False
        return True


def load_facts(pack: Pack) -> tuple[Facts, tuple[Finding, ...]]:
    """「读事实」 Every row of the pack's files."""
    heap = _Heap(pack)
    for name, paths in pack.rows.items():
        for path in paths:
            sheet, found = read_sheet(path, name)
            heap.findings.extend(found)
            if sheet.header:
                heap.add(name, sheet)
    return heap.facts()


def facts_of_rows(pack: Pack, stored: Mapping[str, Iterable[Mapping[str, str]]]) -> tuple[Facts, tuple[Finding, ...]]:
    """「读库存」 Rows as they were written (column title → text), by register, series or deliverables: what a
    database keeps, in the order of recording."""
    heap = _Heap(pack, stored=True)
    for name, rows in stored.items():
        kept = list(rows)
        header = tuple(dict.fromkeys(column for row in kept for column in row))
        cells = tuple((number, tuple(row.get(column) or "" for column in header)) for number, row in enumerate(kept, start=2))
        if header:
            heap.add(name, Sheet(name, name, header, cells))
    return heap.facts()


def facts_of_case(pack: Pack, case: Case) -> tuple[Facts, tuple[Finding, ...]]:
    """「样例的事实」 The rows that a worked case gives, with its defaults, repeated where it says so."""
    heap = _Heap(pack)
    for name, given in case.given.items():
        columns = _columns(pack, name)
        defaults = {column: value for column, value in case.defaults.items() if column in columns}
        rows = [row for written in given for row in _expanded(_with_defaults(written, defaults, columns))]
        heap.add(name, sheet_of_rows(rows, name, f"样例“{case.case}”{name}", not case.checked))
    for column in case.defaults:
        if not any(column in _columns(pack, name) for name in case.given):
            message = f"样例“{case.case}”：defaults 里的“{column}”不是任何一列。请核对列名。"
            heap.findings.append(Finding("row.unknown-column", f"row.unknown-column:{case.case}:{column}", "error", message))
    return heap.facts()


def _columns(pack: Pack, name: str) -> dict[str, str]:
    """Both ways of writing each column: title or name → name."""
    spec = find_rows_spec(pack, name)
    named = {f.name: f.title for f in fields_of(spec)} if spec else {}
    return {title: key for key, title in named.items()} | {key: key for key in named}


def _with_defaults(row: CaseRow, defaults: CaseRow, columns: dict[str, str]) -> CaseRow:
    """One row with its columns by name, whichever way they are written."""
    return {columns[column]: value for column, value in defaults.items()} | {columns.get(column, column): row[column] for column in row}


def _expanded(row: CaseRow) -> Iterator[CaseRow]:
    plain = {column: value for column, value in row.items() if column != REPEAT}
    for n in range(1, int(row.get(REPEAT, 1)) + 1):
        yield {column: _numbered(value, n) if isinstance(value, str) else value for column, value in plain.items()}


def _numbered(text: str, n: int) -> str:
    return _NUMBERED.sub(lambda found: f"{n:0{found[1] or 1}}", text)
