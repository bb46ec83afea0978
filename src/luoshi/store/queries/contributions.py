"""What leading units ask of supporting ones. In: who, a list. Out: requests by whose turn it is; one with its steps; where one may ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.status.stand import Item
from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord
from luoshi.store.queries.cases import acts_now, cases_of, steps_of, the_case
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.reports import units_filing
from luoshi.store.queries.story import Told
from luoshi.store.who import Who
from luoshi.supervision.course import CONTRIBUTION


@dataclass(frozen=True, slots=True)
class AskedFor:
    """「配合请求一行」 One request: whether it waits for this person, whether it is over, and which line of the board it serves."""

    case: CaseRecord
    item: Item | None
    waits_for_me: bool

    @property
    def state_words(self) -> str:
        """asked → 待配合单位答复"""
        return CONTRIBUTION.states[self.case.state]

    @property
    def is_closed(self) -> bool:
        """Nothing to do any more."""
        return self.case.state in CONTRIBUTION.closed


@dataclass(frozen=True, slots=True)
class MayAsk:
    """「可请配合」 A line that the person's unit leads: for which of its units they ask, and which units support it."""

    item: Item
    leads: tuple[tuple[int, str], ...]
    supports: tuple[tuple[int, str], ...]


def contributions_of(who: Who, record: ListRecord, told: Told | None) -> tuple[AskedFor, ...]:
    """Those that wait for this person first, then by day. One query."""
    items = {item.promise.id: item for item in told.items} if told else {}
    found = [AskedFor(case, items.get(case.promise_id), any(step.act != "withdraw" for step in acts_now(who, case)))
             for case in cases_of(who, record, "contribution").order_by("due_on", "id")]
    return tuple(sorted(found, key=lambda asked: (asked.is_closed, not asked.waits_for_me)))


def the_contribution(who: Who, record: ListRecord, case_id: int) -> tuple[CaseRecord, tuple[CaseStepRecord, ...]]:
    """Another's is not there, nor is a matter of another kind. Four queries."""
    case = the_case(who, record, "contribution", case_id)
    return case, steps_of(case)


def may_ask(who: Who, record: ListRecord, items: Iterable[Item]) -> tuple[MayAsk, ...]:
    """Lines for which this person may ask another unit: led by a unit of theirs; for the office every line. One query."""
    items, everywhere, mine = tuple(items), who.may("supervise"), units_filing(who)
    units = units_of_items(record, items)
    made = []
    for item in items:
        of = units[item.promise.id]
        leads = tuple((pk, name) for pk, name in of.leads.items() if everywhere or pk in mine)
        if leads:
            made.append(MayAsk(item, leads, tuple(of.supports.items())))
    return tuple(made)


def contributions_to(who: Who, record: ListRecord, promise_ids: Iterable[str]) -> tuple[AskedFor, ...]:
    """Requests that serve these lines, for the pages of a task and a report. One query."""
    found = cases_of(who, record, "contribution").filter(promise_id__in=tuple(promise_ids)).order_by("due_on", "id")
    return tuple(AskedFor(case, None, bool(acts_now(who, case))) for case in found)
