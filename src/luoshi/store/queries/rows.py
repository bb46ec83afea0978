"""Reads about single rows: how one came to be, version by version. In: the list, a register, a key. Out: `RowVersion`s.

What a version changed is found from what is stored; who may see the row is decided before (`the_register`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.intake import OWN_TITLES
from luoshi.register.record import fields_of
from luoshi.store.models import EvidenceRecord, FactRecord, ImportRecord, ListRecord


@dataclass(frozen=True, slots=True)
class RowVersion:
    """「行的来历」 One stored version. changed: (column, was, is); files: what was attached to it; batch: the file that it came in with."""

    fact: FactRecord
    changed: tuple[tuple[str, str, str], ...]
    files: tuple[EvidenceRecord, ...]
    batch: ImportRecord | None


def versions_of(record: ListRecord, spec: RegisterSpec, key: str) -> tuple[RowVersion, ...]:
    """Newest first: two queries."""
    rows = list(FactRecord.objects.filter(list=record, source=spec.register_name, key=key).order_by("id")
                .select_related("by", "batch").prefetch_related("files"))
    titles = [field.title for field in fields_of(spec) if field.title != OWN_TITLES[0]]
    found = []
    for before, now in zip((None, *rows), rows, strict=False):
        was = before.row if before else {}
        changed = tuple((title, was.get(title, ""), now.row.get(title, "")) for title in titles
                        if before and was.get(title, "") != now.row.get(title, ""))
        found.append(RowVersion(now, changed, tuple(now.files.all()), now.batch))
    return tuple(reversed(found))


def named_evidence(record: ListRecord, pieces: Iterable[str]) -> list[tuple[str, EvidenceRecord | None]]:
    """What 佐证 says, with the file where it names one by its hash: one query."""
    wanted = [piece.removeprefix("sha256:") for piece in pieces if piece.startswith("sha256:")]
    kept = {one.sha256: one for one in EvidenceRecord.objects.filter(list=record, sha256__in=wanted)} if wanted else {}
    return [(piece, kept.get(piece.removeprefix("sha256:"))) for piece in pieces]


def evidence_of_row(record: ListRecord, source: str, key: str, evidence_id: int) -> EvidenceRecord | None:
    """A file that was attached to one of the row's versions: one query."""
    return EvidenceRecord.objects.filter(list=record, pk=evidence_id, facts__source=source, facts__key=key).distinct().first()
