"""Rows that arrive against the rows that are there: what is new, what changes and how, what stays the same, what cannot come in.

In: a `RegisterSpec`, an `Intake`, the versions at hand in the order of their recording, the day of the import. Out: `Comparison`.
A row with a known key and the same day of happening corrects that version; with another day it is a new version from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.register_spec import FREE_FIELDS, RegisterSpec
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.provenance import Finding
from luoshi.register.cell import write_value
from luoshi.register.importer import import_records
from luoshi.register.intake import OWN_TITLES, Arrived, Intake, place_of, wrong_rows
from luoshi.register.ledger import check_ledger
from luoshi.register.lifecycle import check_stages
from luoshi.register.record import Record, field_of, fields_of, value_of
from luoshi.register.sheet import Sheet
from luoshi.register.validate import check_rows
from luoshi.register.verdict import check_verdicts

Written = Mapping[str, str]
SUPPLIER: Final = FREE_FIELDS["supplier"]
HAPPENED: Final = FREE_FIELDS["happened_on"]


@dataclass(frozen=True, slots=True)
class Held:
    """「在册行」 One version at hand: typed, and as it is written."""

    record: Record
    row: Written


@dataclass(frozen=True, slots=True)
class Change:
    """「入账变动」 One row that would come in. before: the version that it corrects or follows, None where the thing is new.
    fields: (column, was, becomes). row: what is to be kept."""

    sheet: str
    line: int
    key: str
    title: str
    before: Held | None
    fields: tuple[tuple[str, str, str], ...]
    row: dict[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """「比对」 What a file would do to a register."""

    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    same: int
    wrong: frozenset[tuple[str, int]]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """「相关」 What else a row is held against. keys: register → keys there, for references. suppliers: what 供数单位 a person may write,
    None: any; the first fills in a blank."""

    today: date
    keys: Mapping[str, frozenset[str]]
    calendar: WorkCalendar
    suppliers: tuple[str, ...] | None = None


def hold(spec: RegisterSpec, rows: Sequence[Written]) -> tuple[Held, ...]:
    """「在册」 Stored rows, typed; those that cannot be typed are left to the findings of the list."""
    header = tuple(dict.fromkeys(column for row in rows for column in row))
    cells = tuple((number, tuple(row.get(column) or "" for column in header)) for number, row in enumerate(rows))
    records, _ = import_records(spec, Sheet("在册", spec.register_name, header, cells))
    return tuple(Held(record, rows[int(record.origin.rpartition(" 第")[2].removesuffix("行"))]) for record in records)


def compare_rows(spec: RegisterSpec, intake: Intake, held: Sequence[Held], around: Surroundings) -> Comparison:
    """「比对」 Errors keep their row out; warnings leave it in."""
    versions = {(one.record.key, one.record.happened_on): one for one in held}
    latest: dict[str, Held] = {}
    for one in sorted(held, key=lambda h: h.record.happened_on or date.min):
        latest[one.record.key] = one
    told = list(intake.findings)
    rows, repeated = _once(intake.rows)
    told += repeated
    changes, same, found = _changes(spec, rows, versions, latest, around)
    told += found
    records = {(c.sheet, c.line): record for c, record in changes}
    told += _rules(spec, held, list(records.values()), around)
    wrong = wrong_rows(told)
    good = [change for change, _ in changes if (change.sheet, change.line) not in wrong]
    return Comparison(tuple(c for c in good if c.before is None), tuple(c for c in good if c.before), same, wrong, tuple(told))


def _once(rows: Iterable[Arrived]) -> tuple[list[Arrived], list[Finding]]:
    """The same thing of the same day twice in one file: nobody can say which holds."""
    first: dict[tuple[str, date | None], Arrived] = {}
    told = []
    for row in rows:
        kept = first.setdefault((row.record.key, row.record.happened_on), row)
        if kept is not row:
            message = f"{row.sheet} 第{row.row}行：“{row.record.key}”与第{kept.row}行是同一天的同一条，分不出哪个对。请删掉一行。这一行没有导入。"
            told.append(Finding("row.duplicate-version", f"row.duplicate-version:{row.sheet}:{row.row}", "error", message))
    return list(first.values()), told


def _changes(spec: RegisterSpec, rows: list[Arrived], versions: Mapping[tuple[str, date | None], Held], latest: Mapping[str, Held],
             around: Surroundings) -> tuple[list[tuple[Change, Record]], int, list[Finding]]:
    """Rows that differ as text are typed as they would be kept, and compared as values: 230 and 230亩 are the same."""
    same, told = 0, []
    merged: dict[str, list[tuple[Arrived, Held | None, dict[str, str]]]] = {}
    for row in rows:
        base = versions.get((row.record.key, row.record.happened_on)) or latest.get(row.record.key)
        if base and all((base.row.get(title) or "") == text for title, text in row.cells.items()):
            same += 1
            continue
        refused = _supplier(row, base, around.suppliers)
        if refused:
            told.append(refused)
            continue
        merged.setdefault(row.sheet, []).append((row, base, _kept(spec, row, base, around)))
    changes: list[tuple[Change, Record]] = []
    for sheet, ones in merged.items():
        typed, found = _typed(spec, sheet, ones)
        told += found
        for row, base, kept in ones:
            record = typed.get(row.row)
            fields = _differences(spec, base, record) if record else ()
            if record and base and not fields:
                same += 1
            elif record:
                changes.append((Change(sheet, row.row, record.key, record.title, base, fields, kept), record))
    return changes, same, told


def _kept(spec: RegisterSpec, row: Arrived, base: Held | None, around: Surroundings) -> dict[str, str]:
    """What the file says over what was there; a blank clears a value, except the day it happened and who supplies it."""
    said = {title: text for title, text in row.cells.items() if text or title not in (SUPPLIER, HAPPENED)}
    kept = recorded_anew(spec, base.row if base else {}, said, around.today)
    if around.suppliers and not kept.get(SUPPLIER):
        kept[SUPPLIER] = around.suppliers[0]
    return {title: text for title, text in kept.items() if text}


def recorded_anew(spec: RegisterSpec, row: Written, said: Written, today: date, level: str = "reported") -> dict[str, str]:
    """「再登记」 A version recorded today. Where a row does not say when it happened, the day of its recording stands for that: it has to
    be written down before another recording takes its place."""
    made = {**row, **said, OWN_TITLES[0]: today.isoformat(), OWN_TITLES[1]: VERIFICATION_WORDS[level]}
    happened = field_of(spec, spec.happened).title if spec.happened else HAPPENED
    if row.get(OWN_TITLES[0]) and not made.get(HAPPENED) and not made.get(happened):
        made[HAPPENED] = row[OWN_TITLES[0]]
    return made


def _supplier(row: Arrived, base: Held | None, allowed: tuple[str, ...] | None) -> Finding | None:
    """A unit enters and corrects its own rows only."""
    written = row.cells.get(SUPPLIER) or (base.row.get(SUPPLIER) if base else "") or ""
    before = (base.row.get(SUPPLIER) or "") if base else ""
    for name in (written, before):
        if allowed is not None and name and name.removeprefix("示例") not in allowed:
            message = (f"{row.sheet} 第{row.row}行“{SUPPLIER}”列“{name}”：不是您的单位供数的行，您不能登记或更正。"
                       f"请删掉这一行，或请{name}、督查室来办。这一行没有导入。")
            return Finding("row.other-supplier", f"row.other-supplier:{row.sheet}:{row.row}", "error", message)
    return None


def _typed(spec: RegisterSpec, sheet: str, ones: Iterable[tuple[Arrived, Held | None, dict[str, str]]]) -> tuple[dict[int, Record], list[Finding]]:
    kept = [(row.row, written) for row, _, written in ones]
    header = tuple(dict.fromkeys(title for _, written in kept for title in written))
    lines = tuple((number, tuple(written.get(title, "") for title in header)) for number, written in kept)
    records, findings = import_records(spec, Sheet(sheet, spec.register_name, header, lines))
    told = [finding for finding in findings if finding.level == "error"]     # warnings were told when the file was read
    return {int(record.origin.rpartition(" 第")[2].removesuffix("行")): record for record in records}, told


def _differences(spec: RegisterSpec, base: Held | None, record: Record) -> tuple[tuple[str, str, str], ...]:
    before = base.record.values if base else (None,) * len(record.values)
    return tuple((field.title, write_value(field, was), write_value(field, now))
                 for field, was, now in zip(fields_of(spec), before, record.values, strict=True)
                 if was != now and field.title not in OWN_TITLES and not (base and was is None and field.title == HAPPENED))


def _rules(spec: RegisterSpec, held: Sequence[Held], coming: list[Record], around: Surroundings) -> list[Finding]:
    """Rules of a row, and of the register as a whole with the coming rows in it; complaints about rows at hand are not this file's."""
    told = list(check_rows(spec, coming, around.today)[1])
    there = [one.record for one in held]
    if spec.rising or spec.separate:
        told += check_rows(spec, [*there, *coming])[1]
    if spec.rubric:
        told += check_verdicts(spec, [*there, *coming])[1]
    if spec.ledger:
        told += check_ledger(spec, [*there, *coming])[1]
    if spec.transitions:
        told += check_stages(spec, [*there, *coming], around.calendar)
    told += _references(spec, coming, around.keys)
    ours = {record.origin.rpartition(" 第")[0] for record in coming}
    return list({one.key: one for one in told if (place := place_of(one)) and place.sheet in ours}.values())


def _references(spec: RegisterSpec, rows: Iterable[Record], keys: Mapping[str, frozenset[str]]) -> list[Finding]:
    """A key that the other register does not have. A register without rows yet is not held against anything, but its own rows may come together."""
    pointing = {f.name: f.references for f in spec.fields if f.references}
    if spec.parent:
        pointing.setdefault(spec.parent.field, spec.parent.register_name)
    titles = {f.name: f.title for f in spec.fields}
    coming = list(rows)
    told = []
    for name, other in pointing.items():
        known = keys.get(other, frozenset()) | (frozenset(r.key for r in coming) if other == spec.register_name else frozenset())
        for row in coming if known else ():
            value = value_of(row, spec, name)
            if value is not None and str(value) not in known:
                message = f"{row.origin}“{titles[name]}”列“{value}”：在它引用的台账里没有。请核对编号，或先补登那一条。这一行没有导入。"
                told.append(Finding("row.unknown-reference", f"row.unknown-reference:{row.origin}:{name}", "error", message))
    return told
