"""Ids stay when a list is issued again. In: the new plan, which of its things are old ones. Out: the new plan with the ids of the old.

Reports, bindings and history are kept under ids: what is the same thing goes on under the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from luoshi.plan.new_id import new_id
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.walk import nouns_of, rebuilt


def carry_ids(new: Plan, old: Plan, same: Mapping[str, str]) -> Plan:
    """same: new id → old id. What is new but has an id that the old plan gave to something else gets another one."""
    taken = set(nouns_of(old)) | set(same.values())
    ids: dict[str, str] = {}
    for id in nouns_of(new):
        ids[id] = same.get(id) or (new_id(id.partition("-")[0], id, taken=taken) if id in taken else id)
        taken.add(ids[id])
    plan = rebuilt(new, lambda noun: (_renamed(noun, ids),))
    return replace(plan, findings=tuple(replace(f, about=ids.get(f.about or "", f.about)) for f in plan.findings))


def _renamed(noun: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(noun, Target):
        return replace(noun, id=ids[noun.id], of=ids.get(noun.of or "", noun.of))
    return replace(noun, id=ids[noun.id])
