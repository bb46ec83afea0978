"""Make a unit「单位」, change what is known of it, give it other names. In: names, `UnitText`. Out: `OrganRecord`. Raises NameTaken, UnitRefused.

A name or an alias belongs to one unit only: a document then never names two.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.writing import writing
from luoshi.store.models import AliasRecord, OrganRecord, PostRecord
from luoshi.store.who import Who

EXTERNAL = OrganRecord.EXTERNAL


class NameTaken(Exception):
    """「重名」 The name is another unit's, or its alias. str(error) is the Chinese message."""


class UnitRefused(Exception):
    """「单位未存」 problems: field → words that say what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class UnitText:
    """「单位信息」 What a person says of a unit besides its names. host: the unit in which an office is set up; counterpart: of an external
    unit, who here deals with it."""

    kind: str = "部门"
    parent_id: int | None = None
    host_id: int | None = None
    counterpart_id: int | None = None
    contact: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def make_unit(who: Who, at: datetime, name: str, text: UnitText) -> OrganRecord:
    """A unit that no document has named yet."""
    with writing(who, "unit.make", at, right="manage_units") as entry:
        _must_be_free(name)
        _check(None, text)
        organ = OrganRecord.objects.create(name=name, **asdict(text))
        entry.about, entry.detail = f"unit:{organ.pk}", {"name": name, **_told(organ)}
    return organ


def change_unit(who: Who, at: datetime, organ_id: int, text: UnitText) -> OrganRecord:
    """The name stays: confirmed plans and reports carry it. A new name is an alias."""
    with writing(who, "unit.change", at, right="manage_units") as entry:
        organ = OrganRecord.objects.select_for_update().get(pk=organ_id)
        _check(organ, text)
        before = _told(organ)
        for field in fields(text):
            setattr(organ, field.name, getattr(text, field.name))
        organ.save(update_fields=[field.name for field in fields(text)])
        after = _told(OrganRecord.objects.get(pk=organ_id))
        entry.about, entry.detail = f"unit:{organ.pk}", {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    return organ


def add_alias(who: Who, at: datetime, organ_id: int, name: str) -> AliasRecord:
    """How documents write the unit besides its name."""
    with writing(who, "unit.alias", at, right="manage_units") as entry:
        _must_be_free(name)
        alias = AliasRecord.objects.create(organ_id=organ_id, name=name)
        entry.about, entry.detail = f"unit:{organ_id}", {"alias": name}
    return alias


def remove_alias(who: Who, at: datetime, organ_id: int, alias_id: int) -> None:
    """Plans that are confirmed already keep what they were read as."""
    with writing(who, "unit.alias-removed", at, right="manage_units") as entry:
        alias = AliasRecord.objects.filter(pk=alias_id, organ_id=organ_id).first()
        entry.about, entry.detail = f"unit:{organ_id}", {"alias": alias.name if alias else None}
        if alias:
            alias.delete()


def _told(organ: OrganRecord) -> dict[str, Any]:
    """Units by name: an entry is read years later."""
    names = {name: getattr(organ, name).name if getattr(organ, f"{name}_id") else None for name in ("parent", "host", "counterpart")}
    return {"kind": organ.kind, **names, "contact": organ.contact, "valid_from": organ.valid_from, "valid_to": organ.valid_to}


def _check(organ: OrganRecord | None, text: UnitText) -> None:
    problems: dict[str, str] = {}
    external = text.kind == EXTERNAL
    if text.counterpart_id is not None and not external:
        problems["counterpart"] = _("只有外部单位才有本市对口单位。请把类型改成“外部单位”，或者空着。")
    for name, other in (("parent", text.parent_id), ("host", text.host_id)):
        if other is not None and external:
            problems[name] = _("外部单位不在本市的单位树里。请空着，写本市对口单位。")
        elif other is not None and organ is not None and organ.pk in _above(other):
            problems[name] = _("它就在本单位下面，或就是本单位，不能反过来。请另选一个。")
    if text.parent_id is not None and text.host_id is not None:
        problems["host"] = _("上级和挂靠只能写一个：归口管理的写上级，设在别的单位里的写挂靠。")
    if external and organ is not None and PostRecord.objects.filter(organ=organ).exists():
        problems["kind"] = _("它有岗位在填报，不是外部单位。请先到“岗位”里撤销。")
    if text.valid_from and text.valid_to and text.valid_to < text.valid_from:
        problems["valid_to"] = _("停用日期早于启用日期，请核对。")
    if problems:
        raise UnitRefused(problems)


def _above(organ_id: int) -> set[int]:
    """A unit and everything it stands under, by parent or host."""
    above = {pk: parent or host for pk, parent, host in OrganRecord.objects.values_list("pk", "parent_id", "host_id")}
    seen: set[int] = set()
    at: int | None = organ_id
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return seen


def _must_be_free(name: str) -> None:
    if OrganRecord.objects.filter(name=name).exists():
        raise NameTaken(_("“%(name)s”已经是一个单位的名称。") % {"name": name})
    alias = AliasRecord.objects.select_related("organ").filter(name=name).first()
    if alias:
        raise NameTaken(f"“{name}”已经是“{alias.organ.name}”的别名。")
