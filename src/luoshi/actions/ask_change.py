"""Ask for another value or day of a target, or for a recovery plan beside it「申请指标调整」. In: who, the unit, what, why. Out: `CaseRecord`.

Raises NotAllowed, StepRefused. The original is never edited: the leader's decision makes a new version (approve_change.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.step_refused import StepRefused
from luoshi.lexicon.written import day as day_words
from luoshi.plan.fields import written_fields
from luoshi.plan.target import Target
from luoshi.status.stand import Item, unit_of
from luoshi.store.models import CaseRecord, ListRecord
from luoshi.store.queries.office import office_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class ChangeText:
    """「调整申请」 organ_id: the unit that asks, which leads. value_to, due_to: None where it stays; curve: month → value of a recovery plan."""

    promise_id: str
    organ_id: int
    reason: str
    value_to: Decimal | None = None
    due_to: date | None = None
    recovery: str = ""
    curve: dict[int, Decimal] = field(default_factory=dict)


def ask_change(who: Who, at: datetime, today: date, list_id: int, text: ChangeText, files: tuple[tuple[str, bytes], ...] = ()) -> CaseRecord:
    """A second request for the same target waits until the first is decided."""
    held = ListRecord.objects.select_related("plan").get(pk=list_id)
    told = tell_list(held, today)
    item = next((item for item in told.items if item.promise.id == text.promise_id), None) if told else None
    if item is None:
        raise StepRefused({"promise_id": _("现行方案里没有这一项。请回到指标页重新申请。")})
    who.must("raise_case", text.organ_id)
    data = {**_asked(item, text), **_recovery(item, text, today)}
    _check(held, item, text, today, bool(_asked(item, text)))
    return open_case(who, at, today, list_id, CaseText(
        "change", _title(item, data), text.reason, organ_id=text.organ_id, raised_by_id=text.organ_id, promise_id=text.promise_id,
        task_no=item.task.no or "", data=data), files)


def _check(held: ListRecord, item: Item, text: ChangeText, today: date, changes: bool) -> None:
    problems: dict[str, str] = {}
    until = office_of(held).change_until
    if not text.reason.strip():
        problems["reason"] = _("没有写理由。督查室要据此审核，请写为什么原来的要求办不到。")
    if not changes and not text.curve:
        problems["all"] = _("没有写要改什么。请写新的数值或期限，或写追赶计划各月的数。")
    if changes and until is not None and today > until:
        problems["all"] = _("调整最晚要在%(until)s以前提出，已经过了。仍可只报追赶计划，不改原定要求。") % {"until": day_words(until)}
    if text.organ_id not in units_of_items(held, (item,))[item.promise.id].leads:
        problems["organ"] = _("只有牵头单位可以申请调整。请由牵头单位提出。")
    if CaseRecord.objects.filter(list=held, kind="change", promise_id=text.promise_id, state__in=("asked", "reviewed")).exists():
        problems["all"] = _("这一项已有一件调整申请还没有决定。请等决定以后再提，或先撤回那一件。")
    if problems:
        raise StepRefused(problems)


def _asked(item: Item, text: ChangeText) -> dict[str, Any]:
    """What shall be different, with what it is now; what is the same is not asked for."""
    now = written_fields(item.promise)
    data: dict[str, Any] = {}
    if isinstance(item.promise, Target) and text.value_to is not None and text.value_to != item.promise.value:
        data |= {"value_from": now["value"], "value_to": text.value_to, "unit": unit_of(item.promise)}
    if text.due_to is not None and text.due_to.isoformat() != now["due"]:
        data |= {"due_from": now["due"], "due_to": text.due_to}
    return data


def _recovery(item: Item, text: ChangeText, today: date) -> dict[str, Any]:
    """Months to come only: what has passed cannot be undertaken any more."""
    if not text.curve:
        return {}
    problems = {}
    if not isinstance(item.promise, Target):
        problems["all"] = _("节点没有数，不能写追赶计划；请写新的期限。")
    if not text.recovery.strip():
        problems["recovery"] = _("没有写怎么追。请写做什么、谁来做。")
    if any(month < today.month for month in text.curve):
        problems["all"] = _("追赶计划只写今后的月份。")
    months = sorted(text.curve)
    falls = any(text.curve[b] < text.curve[a] for a, b in pairwise(months))
    if falls and item.binding is not None and item.binding.run == "cumulative":
        problems["all"] = _("累计数不会减少：追赶计划后一个月的数不能比前一个月小。")
    if problems:
        raise StepRefused(problems)
    return {"recovery": text.recovery, "curve": text.curve, **({"unit": unit_of(item.promise)} if isinstance(item.promise, Target) else {})}


def _title(item: Item, data: dict[str, Any]) -> str:
    parts = [words for name, words in (("value_to", _("改数值")), ("due_to", _("改期限")), ("curve", _("追赶计划"))) if name in data]
    return f"{item.number} {item.title}"[:180] + f"：{'、'.join(parts)}"
