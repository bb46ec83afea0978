"""Make a unit「单位」, change its kind and validity, give it other names. In: names and dates. Out: `OrganRecord`. Raises NameTaken.

A name or an alias belongs to one unit only: a document then never names two.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.writing import writing
from luoshi.store.models import AliasRecord, OrganRecord
from luoshi.store.who import Who


class NameTaken(Exception):
    """「重名」 The name is another unit's, or its alias. str(error) is the Chinese message."""


def make_unit(who: Who, at: datetime, name: str, kind: str, valid_from: date | None, valid_to: date | None) -> OrganRecord:
    """A unit that no document has named yet."""
    with writing(who, "unit.make", at, right="manage_units") as entry:
        _must_be_free(name)
        organ = OrganRecord.objects.create(name=name, kind=kind, valid_from=valid_from, valid_to=valid_to)
        entry.about, entry.detail = f"unit:{organ.pk}", {"name": name, "kind": kind, "valid": [valid_from, valid_to]}
    return organ


def change_unit(who: Who, at: datetime, organ_id: int, kind: str, valid_from: date | None, valid_to: date | None) -> OrganRecord:
    """The name stays: confirmed plans and reports carry it. A new name is an alias."""
    with writing(who, "unit.change", at, right="manage_units") as entry:
        organ = OrganRecord.objects.select_for_update().get(pk=organ_id)
        before = [organ.kind, organ.valid_from, organ.valid_to]
        organ.kind, organ.valid_from, organ.valid_to = kind, valid_from, valid_to
        organ.save(update_fields=["kind", "valid_from", "valid_to"])
        entry.about, entry.detail = f"unit:{organ.pk}", {"before": before, "after": [kind, valid_from, valid_to]}
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


def _must_be_free(name: str) -> None:
    if OrganRecord.objects.filter(name=name).exists():
        raise NameTaken(_("“%(name)s”已经是一个单位的名称。") % {"name": name})
    alias = AliasRecord.objects.select_related("organ").filter(name=name).first()
    if alias:
        raise NameTaken(f"“{name}”已经是“{alias.organ.name}”的别名。")
