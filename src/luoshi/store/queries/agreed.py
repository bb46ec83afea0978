"""What an office has agreed about how its promises are counted. In: a list. Out: its pack with that in it; one promise's versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from luoshi.lexicon.written import day
from luoshi.pack.agreed import Agreed, read_agreed, with_agreed
from luoshi.pack.binding_spec import Binding
from luoshi.pack.load import load_pack
from luoshi.pack.pack import Pack
from luoshi.provenance import Finding
from luoshi.store.models import BindingRecord, ListRecord


@dataclass(frozen=True, slots=True)
class BindingVersion:
    """「约定的一版」 agreed: None where the office's own was taken back. restores: which version was restored, if one was."""

    number: int
    agreed: Agreed | None
    restores: int | None
    by: str
    at: datetime


def agreed_pack(record: ListRecord) -> tuple[Pack, dict[str, Binding], tuple[Finding, ...]]:
    """The list's pack, with its year and everything agreed in it; the bindings agreed on by promise. One query."""
    pack, findings = load_pack(record.pack)
    if pack.file.year is None:
        pack = replace(pack, file=pack.file.model_copy(update={"year": record.year}))
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
