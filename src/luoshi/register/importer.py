"""The rows of a register file → typed records, with a finding for every cell that is not right.

In: a `RegisterSpec` and a `Sheet`. Out: records, and findings; a row with an error is left out and said so, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.provenance import Finding
from luoshi.register.cell import Wrong, check_code, read_cell, write_value
from luoshi.register.derive import derive
from luoshi.register.personal import is_protected, mask, protect
from luoshi.register.record import LEVELS, Record, Value, fields_of
from luoshi.register.sheet import Sheet, match_columns

LEVEL_WORDS: Final[dict[str, int]] = {word: LEVELS[name] for name, word in VERIFICATION_WORDS.items()}
_CODE_WORDS: Final = dict(VERIFICATION_WORDS)
_REMEMBERED: Final = 5000
Cells = dict[str, Value]


def import_records(spec: RegisterSpec, sheet: Sheet, secret: bytes = b"") -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """「导入」 Every good row of the sheet as a record. secret: what digests of personal data are keyed with."""
    rows, findings = import_rows(spec, sheet, secret)
    return tuple(record for _, record in rows), findings


def import_rows(spec: RegisterSpec, sheet: Sheet, secret: bytes = b"") -> tuple[list[tuple[int, Record]], tuple[Finding, ...]]:
    """「逐行导入」 The same, each record with the number of its row."""
    fields = fields_of(spec)
    must = tuple(f.name for f in fields if (f.required or f.name in spec.key) and not (f.difference or f.years_after))
    columns, findings = match_columns(sheet, {f.name: f.title for f in fields}, must)
    if any(finding.level == "error" for finding in findings):
        return [], findings
    reader = _Reader(spec, sheet, columns, secret)
    rows = list(reader.read())
    return rows, findings + tuple(reader.findings)


def split_evidence(written: Value) -> tuple[str, ...]:
    """「佐证」 Several pieces, separated by ；."""
    return tuple(piece.strip() for piece in str(written or "").replace(";", "；").split("；") if piece.strip())


class RowMaking:
    """「成行」 Typed cells → a record: what is derived is filled in, what is free stands in its place."""

    def __init__(self, spec: RegisterSpec, case: bool = False) -> None:
        self.spec = spec
        self.by_name = {field.name: field for field in fields_of(spec)}
        self.derived = tuple(f for f in spec.fields if f.difference or f.years_after)
        # A worked case says only what matters to it: blanks and invented codes are not its subject.
        must = {f.name for f in spec.fields if f.required and not case} | set(spec.key)
        self.must = [name for name in self.by_name if name in must]
        self.free = self.by_name.keys() - {field.name for field in spec.fields}
        self.title = self.by_name[spec.row_title]
        self.key = tuple(self.by_name[name] for name in spec.key)

    def derive(self, cells: Cells) -> list[tuple[FieldSpec, Value]]:
        """Fill in what follows from other cells; each field that said something else, with what it said."""
        if not self.derived:
            return []
        written = {field.name: cells[field.name] for field in self.derived}
        return [(field, written[field.name]) for field in derive(self.derived, cells)]

    def missing(self, cells: Cells) -> list[FieldSpec]:
        """Musts without a value."""
        return [self.by_name[name] for name in self.must if cells[name] is None]

    def record(self, cells: Cells, origin: str) -> Record:
        """cells: one for each field, in their order."""
        happened = cells.get("happened_on") or cells.get(self.spec.happened or "") or cells.get("recorded_on")
        recorded = cells.get("recorded_on") or happened
        word = str(cells.get("verification") or VERIFICATION_WORDS["reported"])
        for name, value in (("happened_on", happened), ("recorded_on", recorded), ("verification", word)):
            if name in self.free:
                cells[name] = value
        title, key = cells[self.spec.row_title], self._key(cells)
        return Record(key, key if title is None else title if isinstance(title, str) else write_value(self.title, title), tuple(cells.values()),
                      _day(happened), _day(recorded), LEVEL_WORDS[word], split_evidence(cells.get("evidence")), origin)

    def _key(self, cells: Cells) -> str:
        parts = [_key_part(field, cells.get(field.name)) for field in self.key]
        # Only between fields does / separate, so that two keys never read the same.
        return parts[0] if len(parts) == 1 else "/".join(part.replace("/", "／") for part in parts)


class _Reader:
    """Reads one sheet; `findings` grows as it goes."""

    def __init__(self, spec: RegisterSpec, sheet: Sheet, columns: dict[str, int], secret: bytes) -> None:
        self.sheet, self.secret = sheet, secret
        self.making = RowMaking(spec, sheet.case)
        # Cells read before, by column: dates, places and words come again and again.
        self.columns: list[tuple[FieldSpec, int, bool, dict[str, Value | Wrong]]] = [
            (field, columns[field.name], field.name in self.making.must, {}) for field in self.making.by_name.values() if field.name in columns
        ]
        self.blank: Cells = dict.fromkeys(self.making.by_name)
        self.findings: list[Finding] = []
        self.good = True

    def read(self) -> Iterator[tuple[int, Record]]:
        for row, line in self.sheet.rows:
            self.good = True
            if any(line[len(self.sheet.header) :]):
                self._tell("row.too-many-cells", row, "", "", "这一行的格比表头多", "请检查文字里的逗号有没有用引号括起来")
            cells = self._cells(row, line)
            if self.good:
                self._complete(row, cells)
            if self.good:
                yield row, self.making.record(cells, f"{self.sheet.file} 第{row}行")

    def _tell(self, kind: str, row: int, column: str, cell: str, why: str, todo: str) -> None:
        self.good = False
        self.findings.append(self.sheet.finding(kind, row, column, cell, why, todo))

    def _cells(self, row: int, line: tuple[str, ...]) -> Cells:
        cells, width = self.blank.copy(), len(line)
        for field, place, is_must, read_before in self.columns:
            written = line[place] if place < width else ""
            if not written:
                if is_must:
                    self._tell("row.required", row, field.title, "", "必填，这里是空的", "请补填")
                continue
            if written in read_before:
                value = read_before[written]
            else:
                value = self._value(field, written)
                if len(read_before) < _REMEMBERED:
                    read_before[written] = value
            if isinstance(value, Wrong):      # a complaint is kept and shown: it may not carry what the register itself would not keep
                self._tell(value.id, row, field.title, mask(written) if field.personal else written, value.why, value.todo)
            else:
                cells[field.name] = value
        return cells

    def _value(self, field: FieldSpec, written: str) -> Value | Wrong:
        if is_protected(field, written):
            return written
        value = read_cell(field, _CODE_WORDS.get(written, written) if field.name == "verification" else written)
        if not isinstance(value, str):
            return value
        wrong = check_code(field, value) if field.check and not self.sheet.case else None
        return wrong or protect(field, value, self.secret)      # checked first: of a digest nobody can tell

    def _complete(self, row: int, cells: Cells) -> None:
        """Fill in what is derived. A must that no column gives can only be a derived field, or a key that a worked case forgot."""
        for field, written in self.making.derive(cells):
            why = f"写的和算出来的不一样，算出来是{write_value(field, cells[field.name])}，按算出来的用"
            cell = write_value(field, written)
            told = self.sheet.finding("row.derived-differs", row, field.title, cell, why, "请核对它由来的各列", "warning")
            self.findings.append(told)
        for field in self.making.missing(cells):
            self._tell("row.required", row, field.title, "", "必填，这里是空的", "请补填，或补填它由来的各列")


def _key_part(field: FieldSpec, value: Value) -> str:
    return value if isinstance(value, str) else write_value(field, value).replace(",", "")


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
