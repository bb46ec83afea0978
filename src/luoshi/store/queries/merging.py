"""Which rows speak of which enterprise: decided, waiting for a person, missing in the directory. In: a list, its facts. Out: `Queue`.

A row names an enterprise where its register has a column for a unified code; the name stands in the column of the same stem (grantee_uscc
and grantee), or in `enterprise`. The directory is the register `enterprise`: no enterprise is ever made from a name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.register.record import REJECTED, Facts, Record, value_of
from luoshi.register.same_thing import Entry, KnownFirm, Merge, Undecided, match_entries
from luoshi.store.models import ListRecord, MergeRecord
from luoshi.store.queries.story import Told

DIRECTORY = "enterprise"


@dataclass(frozen=True, slots=True)
class Waiting:
    """「待认定的行」 A row of a register whose enterprise is not clear; undecided says why, with candidates."""

    source: str
    register_title: str
    key: str
    undecided: Undecided


@dataclass(frozen=True, slots=True)
class Queue:
    """「合并队列」 to_decide: with candidates, or a broken code; missing: enterprises that the directory lacks; matched: how many are clear."""

    to_decide: tuple[Waiting, ...]
    missing: tuple[Waiting, ...]
    matched: int


def firm_fields(spec: RegisterSpec) -> tuple[FieldSpec, FieldSpec] | None:
    """(code, name) of the columns that speak of an enterprise."""
    named = {field.name: field for field in spec.fields}
    code = next((field for field in spec.fields if field.check == "uscc"), None)
    name = named.get(code.name.removesuffix("_uscc") if code.name.endswith("_uscc") else "enterprise") if code else None
    return (code, name) if code and name and spec.register_name != DIRECTORY else None


def merges_of(record: ListRecord, source: str, key: str) -> tuple[MergeRecord, ...]:
    """Every decision about a row, those taken back too: one query."""
    return tuple(MergeRecord.objects.filter(list=record, source=source, key=key).select_related("by", "undone_by"))


def decided(record: ListRecord) -> tuple[MergeRecord, ...]:
    """Every decision of the list, newest first: one query."""
    return tuple(MergeRecord.objects.filter(list=record).select_related("by", "undone_by"))


def queue_of(record: ListRecord, told: Told) -> Queue:
    """What is to be decided on the story's day. One query; the matching is made once for each story."""
    made = [one for one in decided(record) if one.undone_on is None]
    refused = {(one.source, one.key, one.name) for one in made if not one.code}
    found: Queue = told.derived.setdefault("firms", _match(told.pack, told.facts, made))
    open_ = tuple(one for one in found.to_decide if (one.source, one.key, one.undecided.entry.name) not in refused)
    return Queue(open_, found.missing, found.matched)


def firms_of(pack: Pack, facts: Facts) -> tuple[KnownFirm, ...]:
    """The directory: the present name first, then former ones."""
    spec = pack.registers.get(DIRECTORY)
    if spec is None:
        return ()
    latest = {record.key: record for record in facts.records.get(DIRECTORY, ()) if record.level != REJECTED}
    return tuple(KnownFirm(record.key, (record.title, *_former(spec, record))) for record in latest.values())


def _former(spec: RegisterSpec, record: Record) -> tuple[str, ...]:
    if not any(field.name == "former_names" for field in spec.fields):
        return ()
    return tuple(name.strip() for name in str(value_of(record, spec, "former_names") or "").split("、") if name.strip())


def _match(pack: Pack, facts: Facts, made: Iterable[MergeRecord]) -> Queue:
    entries = {entry.key: (source, key, entry) for source, key, entry in _entries(pack, facts)}
    merges = [Merge(f"{one.source}/{one.key}", one.code, str(one.by_id), one.on, one.reason) for one in made if one.code]
    matched, undecided = match_entries((entry for _, _, entry in entries.values()), firms_of(pack, facts), merges)
    waiting = [Waiting(entries[one.entry.key][0], pack.registers[entries[one.entry.key][0]].title, entries[one.entry.key][1], one)
               for one in undecided]
    ours = tuple(one for one in waiting if one.undecided.candidates or "校验不过" in one.undecided.why)
    ids = {id(one) for one in ours}
    return Queue(ours, tuple(one for one in waiting if id(one) not in ids), len(matched))


def _entries(pack: Pack, facts: Facts) -> Iterator[tuple[str, str, Entry]]:
    for source, spec in pack.registers.items():
        fields = firm_fields(spec)
        if fields is None:
            continue
        latest = {record.key: record for record in facts.records.get(source, ()) if record.level != REJECTED}
        for record in latest.values():
            name, code = (str(value_of(record, spec, field.name) or "") for field in (fields[1], fields[0]))
            if name:
                yield source, record.key, Entry(f"{source}/{record.key}", name, code)
