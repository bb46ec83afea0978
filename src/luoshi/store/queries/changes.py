"""Reads about changes of targets: those asked for, one with its decision, the recovery plan in force of a target. Limited by Who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.status.stand import Item
from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord, PlanRecord
from luoshi.store.queries.blockers import BlockerOfPromise, open_blockers
from luoshi.store.queries.cases import cases_of, steps_of, the_case
from luoshi.store.queries.doubts import Doubt, doubt_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.who import Who
from luoshi.supervision.course import TARGET_CHANGE


@dataclass(frozen=True, slots=True)
class ChangePage:
    """「调整全貌」 version: number of the plan that the approval made."""

    case: CaseRecord
    steps: tuple[CaseStepRecord, ...]
    version: int | None

    @property
    def state_words(self) -> str:
        """待领导决定"""
        return TARGET_CHANGE.states[self.case.state]

    @property
    def curve(self) -> tuple[tuple[int, Decimal], ...]:
        """Months of the recovery plan."""
        return curve_of(self.case)


@dataclass(frozen=True, slots=True)
class Recovery:
    """「在行追赶计划」 Of a target, as the leader approved it; it can be a key of what is kept."""

    case_id: int
    words: str
    decided_on: date
    curve: tuple[tuple[int, Decimal], ...]


def changes_of(who: Who, record: ListRecord) -> tuple[CaseRecord, ...]:
    """The newest first. One query."""
    return tuple(cases_of(who, record, "change"))


def the_change(who: Who, record: ListRecord, case_id: int) -> ChangePage:
    """One; another kind of matter, or another unit's, is not there."""
    case = the_case(who, record, "change", case_id)
    version = PlanRecord.objects.filter(list=record, carried__case=case.pk).values_list("number", flat=True).first()
    return ChangePage(case, steps_of(case), version)


def recovery_of(record: ListRecord, promise_id: str) -> Recovery | None:
    """The last one approved; everybody who sees the target sees it. One query."""
    cases = CaseRecord.objects.filter(list=record, kind="change", state="approved", promise_id=promise_id).order_by("-closed_on", "-id")
    found = next((case for case in cases if case.data.get("curve")), None)
    if found is None or found.closed_on is None:
        return None
    return Recovery(found.pk, found.data.get("recovery", ""), found.closed_on, curve_of(found))


def curve_of(case: CaseRecord) -> tuple[tuple[int, Decimal], ...]:
    """By month."""
    return tuple(sorted((int(month), Decimal(value)) for month, value in case.data.get("curve", {}).items()))


def pending_change(who: Who, record: ListRecord, promise_id: str) -> int | None:
    """One that is not decided yet."""
    return cases_of(who, record, "change", only_open=True).filter(promise_id=promise_id).values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class Solving:
    """「解决情况」 What the page of a target shows of its troubles: the recovery plan, open blockers; what the person may do about them;
    doubt: what spot checks found partly true."""

    recovery: Recovery | None
    blockers: tuple[BlockerOfPromise, ...]
    may_ask: bool
    may_raise: bool
    doubt: Doubt | None = None


def solving_of(who: Who, record: ListRecord, told: Told | None, promise_id: str) -> Solving:
    """Four queries at most; two more where a spot check found something partly true."""
    item = next((item for item in told.items if item.promise.id == promise_id), None) if told else None
    may_raise = who.may("raise_case")
    leads = units_of_items(record, (item,))[promise_id].leads if item and may_raise else {}
    return Solving(recovery_of(record, promise_id), tuple(b for b in open_blockers(who, record) if b.promise_id == promise_id),
                   any(who.may("raise_case", pk) for pk in leads), may_raise, doubt_of(record, item, _kind(told, item)))


def _kind(told: Told | None, item: Item | None) -> str:
    """How the figure is computed: count, sum, ratio …"""
    return told.pack.indicators[item.figure.indicator].kind if told and item and item.figure and item.figure.indicator in told.pack.indicators else ""
