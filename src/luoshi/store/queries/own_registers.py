"""Registers that an office made itself: one as it stands, and what its rows say to a change. In: a list, a name. Out: `OwnRegister`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from luoshi.pack.own_register import read_register
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.importer import import_records
from luoshi.register.sheet import Sheet
from luoshi.store.models import BindingRecord, FactRecord, ListRecord, OwnRegisterRecord

FEW = 5


@dataclass(frozen=True, slots=True)
class OwnRegister:
    """「自建台账」 spec: its newest version, number and by whom. rows: how many versions of rows were ever recorded in it."""

    spec: RegisterSpec
    number: int
    by: str
    at: datetime
    rows: int


def the_own_register(record: ListRecord, name: str) -> OwnRegister:
    """Http404 where the office made none of this name, or took it back. Two queries."""
    newest = newest_version(record, name)
    spec = read_register(newest.spec)[0] if newest and newest.spec else None
    if newest is None or spec is None:
        raise Http404
    return OwnRegister(spec, newest.number, newest.by.name, newest.at, FactRecord.objects.filter(list=record, source=name).count())


def newest_version(record: ListRecord, name: str) -> OwnRegisterRecord | None:
    """One query."""
    return OwnRegisterRecord.objects.filter(list_id=record.pk, name=name).select_related("by").order_by("-number").first()


def broken_rows(record: ListRecord, before: RegisterSpec, after: RegisterSpec) -> tuple[str, ...]:
    """What rows that can be read now would say under another specification: the first few, each with its row. One query."""
    stored = list(FactRecord.objects.filter(list_id=record.pk, source=before.register_name).order_by("id").values_list("key", "row"))
    rows = [row for _, row in stored]
    was, becomes = _wrong(before, rows), _wrong(after, rows)
    told = [f"“{stored[place][0]}”{why}" for place, why in becomes.items() if place not in was]
    return (*told[:FEW], *([f"还有{len(told) - FEW}行也是这样"] if len(told) > FEW else []))


def _wrong(spec: RegisterSpec, rows: list[Mapping[str, str]]) -> dict[int, str]:
    """Place of a row → what is wrong with it."""
    header = tuple(dict.fromkeys(column for row in rows for column in row))
    cells = tuple((place, tuple(row.get(column) or "" for column in header)) for place, row in enumerate(rows))
    missing = [f.title for f in spec.fields if f.required and f.title not in header]
    if rows and missing:
        return dict.fromkeys(range(len(rows)), f"的“{missing[0]}”是空的")
    records, findings = import_records(spec, Sheet("", spec.register_name, header, cells))
    good = {int(record.origin.rpartition(" 第")[2].removesuffix("行")) for record in records}
    said = {place: next((f.message.split("行", 1)[1] for f in findings if f" 第{place}行" in f.message), "读不出来")
            for place in range(len(rows)) if place not in good}
    return {place: why.replace("这一行没有导入。", "") for place, why in said.items()}


def bound_to(record: ListRecord, name: str) -> int:
    """How many promises are counted from it, as agreed now: one query."""
    newest = {one.promise_id: one.agreed for one in BindingRecord.objects.filter(list_id=record.pk).order_by("number")}
    return sum(1 for agreed in newest.values() if (agreed.get("indicator") or {}).get("register") == name)
