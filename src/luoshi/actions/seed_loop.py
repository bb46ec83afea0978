"""The example's units as a tree, one external unit, and a ceiling of what a unit fills in: so that the demonstration shows where they are seen.

In: the list, the moment. Out: the same through the actions that everybody uses. Every external unit and number is invented and marked 示例.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from luoshi.actions.choose_office import choose_office
from luoshi.actions.make_unit import EXTERNAL, UnitText, change_unit, make_unit
from luoshi.actions.seed_slips import OFFICE
from luoshi.store.models import OrganRecord, PersonRecord
from luoshi.store.who import who_is

CEILING = Decimal(60)
HOSTED = (("市金融办", "市财政局"),)
"""An office and the unit in which it is set up, as the example has it."""
OUTSIDE = (("邻市发展改革委（示例）", "市发展改革委", "长三角处（示例）"), ("省铁路建设办公室（示例）", "市发展改革委", "前期处（示例）"))
"""Name, who here deals with it, whom to call."""


def seed_loop(at: datetime, list_id: int) -> None:
    """After seed_slips, whose choices it completes."""
    office = who_is(PersonRecord.objects.get(username="ducha"))
    organs = {organ.name: organ for organ in OrganRecord.objects.all()}
    for name, host in HOSTED:
        if name in organs and host in organs:
            change_unit(office, at, organs[name].pk, UnitText(organs[name].kind, host_id=organs[host].pk))
    for name, counterpart, contact in OUTSIDE:
        if name not in organs:
            make_unit(office, at, name, UnitText(EXTERNAL, counterpart_id=organs[counterpart].pk, contact=contact))
    choose_office(office, at, list_id, replace(OFFICE, ceiling=CEILING))
