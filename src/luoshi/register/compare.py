"""Rows that arrive against the rows that are there: what is new, what changes and how, what stays the same, what cannot come in.

In: a `RegisterSpec`, an `Intake`, the versions at hand in the order of their recording, the day of the import. Out: `Comparison`.
A row with a known key and the same day of happening corrects that version; with another day it is a new version from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.facts_spec import DeliverablesSpec
from luoshi.pack.register_spec import FREE_FIELDS, FieldSpec, RegisterSpec
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.provenance import Finding
from luoshi.register.cell import write_value
from luoshi.register.deliverable import events_of, gate_faults
from luoshi.register.importer import RowMaking, import_rows
from luoshi.register.intake import OWN_TITLES, Arrived, Intake, place_of, wrong_rows
from luoshi.register.ledger import check_ledger
from luoshi.register.lifecycle import check_stages
from luoshi.register.record import Record, Value, field_of, fields_of
from luoshi.register.sheet import Sheet
from luoshi.register.validate import check_rows
from luoshi.register.verdict import check_verdicts

Written = Mapping[str, str]
SUPPLIER: Final = FREE_FIELDS["supplier"]
HAPPENED: Final = FREE_FIELDS["happened_on"]
LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class Held:
    """「在册行」 One version at hand: typed, and as it is written."""

    record: Record
    row: Written


@dataclass(frozen=True, slots=True)
class Change:
    """「入账变动」 One row that would come in. before: the version that it corrects or follows, None where the thing is new.
    record, row: what is to be kept, typed and as it is written."""

    spec: RegisterSpec
    sheet: str
    line: int
    record: Record
    before: Held | None
    row: dict[str, str]

    @property
    def key(self) -> str:
        return self.record.key

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """(column, was, becomes). Written out only for the few that somebody looks at."""
        fields = fields_of(self.spec)
        before = self.before.record.values if self.before else (None,) * len(fields)
        return tuple((fields[at].title, write_value(fields[at], before[at]), write_value(fields[at], self.record.values[at]))
                     for at in _differing(fields, before, self.record.values, anew=self.before is None))


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
    None: any; the first fills in a blank. deliverables: whose legal gates the rows must pass, where they are stages."""

    today: date
    keys: Mapping[str, frozenset[str]]
    calendar: WorkCalendar
    suppliers: tuple[str, ...] | None = None
    deliverables: DeliverablesSpec | None = None


def hold(spec: RegisterSpec, rows: Sequence[Written]) -> tuple[Held, ...]:
    """「在册」 Stored rows, typed; those that cannot be typed are left to the findings of the list."""
    header = tuple(dict.fromkeys(column for row in rows for column in row))
    cells = tuple((number, tuple(row.get(column) or "" for column in header)) for number, row in enumerate(rows))
    records, _ = import_rows(spec, Sheet("在册", spec.register_name, header, cells))
    return tuple(Held(record, rows[number]) for number, record in records)


def compare_rows(spec: RegisterSpec, intake: Intake, held: Sequence[Held], around: Surroundings) -> Comparison:
    """「比对」 Errors keep their row out; warnings leave it in."""
    if around.deliverables:     # a stage is reached once: another day corrects the one that was written before
        held = tuple({one.record.key: one for one in held}.values())
    versions = {(one.record.key, one.record.happened_on): one for one in held}
    latest: dict[str, Held] = {}
    for one in sorted(held, key=lambda h: h.record.happened_on or date.min):
        latest[one.record.key] = one
    told = list(intake.findings)
    rows, repeated = _once(intake.rows, by_day=around.deliverables is None)
    told += repeated
    changes, same, found = _changes(spec, rows, versions, latest, around)
    told += found
    told += _rules(spec, held, [change.record for change in changes], around)
    wrong = wrong_rows(told)
    good = [change for change in changes if (change.sheet, change.line) not in wrong]
    return Comparison(tuple(c for c in good if c.before is None), tuple(c for c in good if c.before), same, wrong, tuple(told))


def _once(rows: Iterable[Arrived], by_day: bool) -> tuple[list[Arrived], list[Finding]]:
    """The same thing of the same day twice in one file: nobody can say which holds."""
    first: dict[tuple[str, date | None], Arrived] = {}
    told = []
    for row in rows:
        kept = first.setdefault((row.record.key, row.record.happened_on if by_day else None), row)
        if kept is not row:
            message = f"{row.sheet} 第{row.row}行：“{row.record.key}”与第{kept.row}行是同一天的同一条，分不出哪个对。请删掉一行。这一行没有导入。"
            told.append(Finding("row.duplicate-version", f"row.duplicate-version:{row.sheet}:{row.row}", "error", message))
    return list(first.values()), told


def _changes(spec: RegisterSpec, rows: list[Arrived], versions: Mapping[tuple[str, date | None], Held], latest: Mapping[str, Held],
             around: Surroundings) -> tuple[list[Change], int, list[Finding]]:
    """Rows that differ as text are compared as values, as they would be kept: 230 and 230亩 are the same."""
    same, told = 0, []
    merging = _Merging(spec, around.today)
    changes: list[Change] = []
    for row in rows:
        base = versions.get((row.record.key, row.record.happened_on)) or latest.get(row.record.key)
        if base and all((base.row.get(title) or "") == text for title, text in row.cells.items()):
            same += 1
            continue
        refused = _supplier(row, base, around.suppliers) or _long_key(row)
        if refused:
            told.append(refused)
            continue
        kept = _kept(spec, row, base, around)
        record, missing = merging.record(row, base, kept)
        told += missing
        if missing:
            continue
        if base and not any(_differing(merging.fields, base.record.values, record.values, anew=False)):
            same += 1
        else:
            changes.append(Change(spec, row.sheet, row.row, record, base, kept))
    return changes, same, told


def _long_key(row: Arrived) -> Finding | None:
    if len(row.record.key) <= LONGEST_KEY:
        return None
    message = f"{row.sheet} 第{row.row}行：编号有{len(row.record.key)}个字，最多{LONGEST_KEY}个。请核对编号那一列写的是什么。这一行没有导入。"
    return Finding("row.long-key", f"row.long-key:{row.sheet}:{row.row}", "error", message)


class _Merging:
    """The typed form of what would be kept, from cells that are typed already: of the file, and of the version it corrects."""

    def __init__(self, spec: RegisterSpec, today: date) -> None:
        self.making, self.fields, self.spec = RowMaking(spec), fields_of(spec), spec
        self.own: dict[str, Value] = {OWN_TITLES[0]: today, OWN_TITLES[1]: VERIFICATION_WORDS["reported"]}

    def record(self, row: Arrived, base: Held | None, kept: Written) -> tuple[Record, list[Finding]]:
        cells: dict[str, Value] = {}
        said, before = row.record.values, base.record.values if base else ()
        for at, field in enumerate(self.fields):
            title = field.title
            if not kept.get(title):
                cells[field.name] = None
            elif title in self.own:
                cells[field.name] = self.own[title]
            elif row.cells.get(title):
                cells[field.name] = said[at]
            elif base and base.row.get(title):
                cells[field.name] = before[at]
            else:       # filled in for the person: the unit, or the day of the first recording
                cells[field.name] = kept[title] if title == SUPPLIER or base is None else base.record.recorded_on
        self.making.derive(cells)
        sheet = Sheet(row.sheet, self.spec.register_name, (), ())
        missing = [sheet.finding("row.required", row.row, field.title, "", "必填，这里是空的", "请补填，或补填它由来的各列")
                   for field in self.making.missing(cells)]
        return self.making.record(cells, row.record.origin), missing


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


def _differing(fields: Sequence[FieldSpec], before: Sequence[Value], after: Sequence[Value], anew: bool) -> Iterator[int]:
    """Places of the values that are others. When a row was recorded and how far it is verified is not what it says; nor is a day of happening
    that had only never been written down."""
    for at, (was, now) in enumerate(zip(before, after, strict=True)):
        if was != now:
            title = fields[at].title
            if title not in OWN_TITLES and (anew or was is not None or title != HAPPENED):
                yield at


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
    if around.deliverables:
        events = events_of(around.deliverables, [*there, *coming])
        told += gate_faults(around.deliverables, events, frozenset(record.origin for record in coming))
    ours = {record.origin.rpartition(" 第")[0] for record in coming}
    return list({one.key: one for one in told if (place := place_of(one)) and place.sheet in ours}.values())


def _references(spec: RegisterSpec, rows: Iterable[Record], keys: Mapping[str, frozenset[str]]) -> list[Finding]:
    """A key that the other register does not have. A register without rows yet is not held against anything, but its own rows may come together."""
    pointing = {f.name: f.references for f in spec.fields if f.references}
    if spec.parent:
        pointing.setdefault(spec.parent.field, spec.parent.register_name)
    titles = {f.name: f.title for f in spec.fields}
    places = {f.name: at for at, f in enumerate(fields_of(spec))}
    coming = list(rows)
    told = []
    for name, other in pointing.items():
        known = keys.get(other, frozenset()) | (frozenset(r.key for r in coming) if other == spec.register_name else frozenset())
        for row in coming if known else ():
            value = row.values[places[name]]
            if value is not None and str(value) not in known:
                message = f"{row.origin}“{titles[name]}”列“{value}”：在它引用的台账里没有。请核对编号，或先补登那一条。这一行没有导入。"
                told.append(Finding("row.unknown-reference", f"row.unknown-reference:{row.origin}:{name}", "error", message))
    return told
