"""What an office has agreed about its own list: registers of its own, how promises are counted. In: a list. Out: its pack with that in it;
one promise's versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from luoshi.lexicon.written import day
from luoshi.pack.agreed import Agreed, read_agreed, with_agreed
from luoshi.pack.binding_spec import Binding
from luoshi.pack.load import load_pack
from luoshi.pack.own_register import read_register, with_registers
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.provenance import Finding
from luoshi.store.models import BindingRecord, ListRecord, OwnRegisterRecord
from luoshi.store.queries.office import calendar_of_list


@dataclass(frozen=True, slots=True)
class BindingVersion:
    """「约定的一版」 agreed: None where the office's own was taken back. restores: which version was restored, if one was."""

    number: int
    agreed: Agreed | None
    restores: int | None
    by: str
    at: datetime


def city_pack(record: ListRecord) -> tuple[Pack, tuple[Finding, ...]]:
    """The list's pack with its year and the registers that the office made itself; what promises agree on is held against it. One query."""
    pack, findings = load_pack(record.pack)
    if pack.file.year is None:
        pack = replace(pack, file=pack.file.model_copy(update={"year": record.year}))
    if record.calendar is not None:
        pack = replace(pack, calendar=calendar_of_list(record))
    made, broken = own_registers(record)
    held, found = with_registers(pack, made)
    return held, (*findings, *broken, *found)


def own_registers(record: ListRecord) -> tuple[dict[str, RegisterSpec], tuple[Finding, ...]]:
    """The registers that the office made, as they stand, by name; those taken back are not among them. One query."""
    newest = {one.name: one for one in OwnRegisterRecord.objects.filter(list_id=record.pk).order_by("number")}
    made: dict[str, RegisterSpec] = {}
    broken = []
    for name, one in newest.items():
        spec, complaints = read_register(one.spec) if one.spec else (None, ())
        if spec is not None:
            made[name] = spec
        elif complaints:
            text = f"自建台账“{one.spec.get('title', name)}”读不出来：{'；'.join(c.text for c in complaints)}。请在“台账”页改它的栏目。"
            broken.append(Finding("register.no-longer-fits", f"register.no-longer-fits:{name}", "warning", text, about=name))
    return made, tuple(broken)


def agreed_pack(record: ListRecord) -> tuple[Pack, dict[str, Binding], tuple[Finding, ...]]:
    """The same with everything agreed in it; the bindings agreed on by promise. Two queries."""
    pack, findings = city_pack(record)
    newest = {one.promise_id: one for one in _versions(record)}
    agreed: dict[str, Agreed] = {}
    broken: list[Finding] = []
    for promise, one in newest.items():
        read, complaints = read_agreed(one.agreed) if one.agreed else (None, ())
        if read is not None:
            agreed[promise] = _signed(read, one)
        elif complaints:
            text = f"“怎么算”里第{one.number}次约定读不出来：{'；'.join(c.text for c in complaints)}。请在“怎么算”页重新约定。"
            broken.append(Finding("binding.no-longer-fits", f"binding.no-longer-fits:{promise}", "warning", text, about=promise))
    held, bindings, found = with_agreed(pack, agreed)
    return held, bindings, (*findings, *broken, *found)


def pack_of(record: ListRecord) -> Pack:
    """The pack that describes a list, with what its office agreed."""
    return agreed_pack(record)[0]


def versions_of_binding(record: ListRecord, promise_id: str) -> tuple[BindingVersion, ...]:
    """Newest first: one query."""
    found = _versions(record).filter(promise_id=promise_id).order_by("-number")
    return tuple(BindingVersion(v.number, read_agreed(v.agreed)[0] if v.agreed else None, v.restores, v.by.name, v.at) for v in found)


def _versions(record: ListRecord) -> QuerySet[BindingRecord]:
    return BindingRecord.objects.filter(list_id=record.pk).select_related("by").order_by("number")


def _signed(agreed: Agreed, version: BindingRecord) -> Agreed:
    """Who agreed on it and when stands in the note, wherever the binding is shown."""
    said = f"{version.by.name}于{day(localtime(version.at).date())}在“怎么算”约定，第{version.number}版"
    note = "；".join(filter(None, (agreed.binding.note, said)))
    return agreed.model_copy(update={"binding": agreed.binding.model_copy(update={"note": note})})
