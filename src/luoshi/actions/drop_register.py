"""Take back a register of the office's own「撤销自建台账」 that has no row yet. In: who, the list, its name, the version that the page showed.
Out: nothing. Raises Stale, CannotDefine. Its versions stay, and its name is not given again.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.define_register import CannotDefine, hold_definition
from luoshi.actions.write_row import bump
from luoshi.actions.writing import writing
from luoshi.pack.said import Complaint
from luoshi.store.models import FactRecord, OwnRegisterRecord
from luoshi.store.queries.own_registers import bound_to
from luoshi.store.who import Who


def drop_register(who: Who, at: datetime, list_id: int, name: str, expected: int) -> None:
    """While it has no row and no promise is counted from it; its versions stay. Raises Stale, CannotDefine."""
    with writing(who, "register.drop", at, right="make_register", list_id=list_id) as entry:
        held, last = hold_definition(list_id, name, expected)
        assert last is not None, "a name was given"
        if FactRecord.objects.filter(list=held, source=name).exists():
            raise CannotDefine((Complaint((), _("这本台账已经有行，不能撤销。不再用的，把行停用，在用途里写明。")),))
        bound = bound_to(held, name)
        if bound:
            text = _("有%(n)d个指标约定照它算，先到“怎么算”改掉，再来撤销。") % {"n": bound}
            raise CannotDefine((Complaint((), text),))
        OwnRegisterRecord.objects.create(list=held, name=name, number=expected + 1, spec={}, by_id=who.person_id, at=at)
        bump(held)
        entry.about, entry.detail = f"list:{list_id}", {"register": name, "number": expected + 1, "before": last.spec, "after": None}
