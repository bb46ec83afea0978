"""What the page 怎么算 asks about one promise. In: a list, a promise. Out: what is promised and where, and what could count it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count
from django.http import Http404

from luoshi.indicator.match import match_bindings
from luoshi.indicator.propose import Proposal, propose
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.status.stand import unit_of
from luoshi.store.models import FactRecord, ListRecord
from luoshi.store.queries.story import Told


@dataclass(frozen=True, slots=True)
class Promised:
    """「要算的」 A target or milestone of the plan in force, and who holds it; a milestone without a date has no line on the board."""

    task: Task
    holder: Task | Measure
    promise: Target | Milestone

    @property
    def title(self) -> str:
        """Its metric, or its text."""
        return self.promise.metric if isinstance(self.promise, Target) else self.promise.text

    @property
    def unit(self) -> str:
        """In which its figure is compared."""
        return unit_of(self.promise) if isinstance(self.promise, Target) else "项"


def the_promise(told: Told, promise_id: str) -> Promised:
    """Http404 where the plan in force has no such promise."""
    found = next((one for one in promised_in(told.plan) if one.promise.id == promise_id), None)
    if found is None:
        raise Http404
    return found


def promised_in(plan: Plan) -> Iterator[Promised]:
    """Every target, then every milestone."""
    yield from (Promised(*one) for one in plan.targets())
    yield from (Promised(*one) for one in plan.milestones())


def rows_at_hand(record: ListRecord) -> dict[str, int]:
    """Register, series or deliverables → rows stored, versions counted: one query."""
    found = FactRecord.objects.filter(list_id=record.pk).order_by("source").values_list("source").annotate(rows=Count("pk"))
    return {source: rows for source, rows in found}


def proposals_for(record: ListRecord, told: Told, promised: Promised, rows: dict[str, int]) -> tuple[Proposal, ...]:
    """Ranked; what the office or the pack already counts for the same task speaks for its registers."""
    matched, _ = match_bindings(told.plan, told.pack.bindings)
    of_task = {one.promise.id for one in promised_in(told.plan) if one.task.id == promised.task.id}
    used = [binding.indicator for promise, binding in matched.items() if promise in of_task and binding.indicator]
    shown = {name: spec for name, spec in told.pack.indicators.items() if not name.startswith("own_")}
    pack = replace(told.pack, indicators=shown)
    return propose(pack, promised.task, promised.holder, promised.promise, promised.unit, rows, used)
