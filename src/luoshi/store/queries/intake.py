"""What a file of rows would do to its register, as it stands now. In: an `ImportRecord`. Out: `Weighed`.

Computed from the kept file each time it is wanted: the same file against the same rows gives the same answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import Http404

from luoshi.pack.as_register import find_rows_spec
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.compare import Comparison, Held, Surroundings, compare_rows, hold
from luoshi.register.intake import Intake, read_intake
from luoshi.store.models import FactRecord, ImportRecord, ListRecord
from luoshi.store.queries.agreed import pack_of
from luoshi.store.queries.entering import Entering, entering_of
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class Weighed:
    """「查过的导入件」 The file as it was read, and what it would do. facts_version: of the list when this was computed."""

    spec: RegisterSpec
    intake: Intake
    comparison: Comparison
    facts_version: int


def the_spec(record: ListRecord, source: str) -> RegisterSpec:
    """Of a register, a series or a set of deliverables; Http404 where the list's pack has none of that name."""
    spec = find_rows_spec(pack_of(record), source)
    if spec is None:
        raise Http404
    return spec


def may_enter(who: Who, record: ListRecord, source: str) -> tuple[RegisterSpec, Entering]:
    """Http404 where the register is not there, or its rows are not this person's business."""
    spec = the_spec(record, source)
    entering = entering_of(who, spec)
    if entering is None:
        raise Http404
    return spec, entering


def imports_of(who: Who, record: ListRecord, source: str) -> tuple[ImportRecord, ...]:
    """What was uploaded to a register, newest first: one's own, or everything for those who see all."""
    found = ImportRecord.objects.filter(list=record, source=source).select_related("by").defer("preview", "problems")
    return tuple(found if who.sees_all("enter_rows") else found.filter(by_id=who.person_id))


def the_import(who: Who, record: ListRecord, source: str, import_id: int) -> ImportRecord:
    """Http404 where it is not there, or somebody else's."""
    found = ImportRecord.objects.filter(list=record, source=source, pk=import_id).select_related("by", "decided_by").first()
    if found is None or not (who.sees_all("enter_rows") or found.by_id == who.person_id):
        raise Http404
    return found


def weigh(record: ImportRecord, entering: Entering, today: date, step: Callable[[int], None] = lambda percent: None) -> Weighed:
    """step: told how far it is, in percent."""
    held_list = ListRecord.objects.get(pk=record.list_id)
    spec = the_spec(held_list, record.source)
    data = (Path(settings.MEDIA_ROOT) / record.file).read_bytes()
    intake = read_intake(spec, data, record.name, personal_secret())
    step(50)
    comparison = compare_rows(spec, intake, held_rows(held_list, spec), around(held_list, spec, entering, today))
    step(90)
    return Weighed(spec, intake, comparison, held_list.facts_version)


def held_rows(record: ListRecord, spec: RegisterSpec, keys: tuple[str, ...] | None = None) -> tuple[Held, ...]:
    """Every version of the register's rows, or of these keys, in the order of recording: one query."""
    rows = FactRecord.objects.filter(list=record, source=spec.register_name).order_by("id")
    return hold(spec, list((rows if keys is None else rows.filter(key__in=keys)).values_list("row", flat=True)))


def around(record: ListRecord, spec: RegisterSpec, entering: Entering, today: date) -> Surroundings:
    """Keys of the registers that this one refers to: one query."""
    others = {f.references for f in spec.fields if f.references} | ({spec.parent.register_name} if spec.parent else set())
    keys: dict[str, set[str]] = {}
    for source, key in FactRecord.objects.filter(list=record, source__in=others).values_list("source", "key").distinct():
        keys.setdefault(source, set()).add(key)
    pack = pack_of(record)
    return Surroundings(today, {name: frozenset(found) for name, found in keys.items()}, pack.calendar, entering.suppliers,
                        pack.deliverables.get(spec.register_name))


def personal_secret() -> bytes:
    """What digests of personal data are keyed with: of this installation, and for nothing else."""
    return hashlib.sha256(b"luoshi personal data\0" + settings.SECRET_KEY.encode()).digest()


