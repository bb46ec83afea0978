"""Define a register of the office's own「自建台账」, or change its columns. In: who, the list, the specification as JSON, the version that the
form showed. Out: `OwnRegisterRecord`, a new version. Raises Stale, CannotDefine. The list's facts version moves: everything is told anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.write_row import bump
from luoshi.actions.writing import writing
from luoshi.pack.own_register import change_complaints, check_register, own_register_name, read_register, register_to_json
from luoshi.pack.register_spec import RegisterSpec
from luoshi.pack.said import Complaint
from luoshi.store.models import FactRecord, ListRecord, OwnRegisterRecord
from luoshi.store.queries.agreed import city_pack
from luoshi.store.queries.own_registers import broken_rows, newest_version
from luoshi.store.who import Who


class CannotDefine(Exception):
    """「不能这样建」 complaints: what is wrong, each with the key of the specification that it is about."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        self.complaints = complaints
        super().__init__("；".join(complaint.text for complaint in complaints))


def define_register(who: Who, at: datetime, list_id: int, name: str, tree: Mapping[str, Any], expected: int) -> OwnRegisterRecord:
    """name: of the register whose columns change; "": a new one. expected: number of the version that the form was made from, 0 for none."""
    with writing(who, "register.define", at, right="make_register", list_id=list_id) as entry:
        held, last = hold_definition(list_id, name, expected)
        before = read_register(last.spec)[0] if last else None
        spec, complaints = read_register({**tree, "register": name or _next_name(held)})
        if spec is not None:
            complaints = _complaints(held, before, spec)
        if spec is None or complaints:
            raise CannotDefine(complaints)
        made = OwnRegisterRecord.objects.create(list=held, name=spec.register_name, number=expected + 1, spec=register_to_json(spec),
                                                by_id=who.person_id, at=at)
        bump(held)
        entry.about = f"list:{list_id}"
        entry.detail = {"register": made.name, "number": made.number, "before": last.spec if last else None, "after": made.spec}
    return made


def _complaints(held: ListRecord, before: RegisterSpec | None, spec: RegisterSpec) -> tuple[Complaint, ...]:
    complaints = check_register(city_pack(held)[0], spec)
    if before is None or complaints or not FactRecord.objects.filter(list=held, source=spec.register_name).exists():
        return complaints
    complaints = change_complaints(before, spec)
    return complaints or tuple(Complaint(("fields",), f"现有的行读不下去：{told}") for told in broken_rows(held, before, spec))


def hold_definition(list_id: int, name: str, expected: int) -> tuple[ListRecord, OwnRegisterRecord | None]:
    """The list, locked, and the newest version; Stale where that is another one, or none any more."""
    held = ListRecord.objects.select_for_update().get(pk=list_id)
    last = newest_version(held, name) if name else None
    if (last.number if last else 0) != expected or (last is not None and not last.spec):
        raise Stale(_("您打开页面以后，别人改了这本台账的栏目，所以没有保存。下面是您填的；请和现在的栏目核对后再存。"))
    return held, last


def _next_name(held: ListRecord) -> str:
    """Of names once given none is given again, whatever became of the register."""
    return own_register_name(held.pk, OwnRegisterRecord.objects.filter(list=held).values("name").distinct().count() + 1)
