"""What the list's ladder proposes today for the lines of the board, given the slips they have had. In: a list, the day. Out: `Proposed`s.

Nothing is sent by itself: a proposal becomes a draft when a person asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from luoshi.pack.supervision_spec import LadderPreset
from luoshi.publish.months import month_ends
from luoshi.status.stand import Item
from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord
from luoshi.store.queries.case_clock import pending_request
from luoshi.store.queries.office import office_of, presets_of
from luoshi.store.queries.promises import UnitsOf, units_of_items
from luoshi.store.queries.story import Told, tell_days
from luoshi.supervision.ladder import LightName, Matter, Proposal, RungTaken, Weight, propose_rung

BEHIND = ("late", "seriously_late")


@dataclass(frozen=True, slots=True)
class Proposed:
    """「系统建议」 A proposal with the line that it is about. organ_id: the first that leads; open_slip: one that is still under way."""

    proposal: Proposal
    item: Item
    organ_id: int | None
    support_ids: tuple[int, ...]
    open_slip: CaseRecord | None = None


def proposals_of(record: ListRecord, today: date) -> tuple[Proposed, ...]:
    """Every line for which a rung's signal has come, in the order of the list. A fixed number of queries."""
    office = office_of(record)
    ladder = presets_of(record).ladders.get(office.ladder)
    if ladder is None or record.plan is None:
        return ()
    days = month_ends(record.year, today)
    told = tell_days(record, (*days, today))
    return tuple(_propose(record, told, days, today, ladder, office.allowed_rung or None))


def proposal_for(record: ListRecord, today: date, promise_id: str) -> Proposed | None:
    """The one about a target or milestone; None where the ladder has nothing to say of it."""
    return next((each for each in proposals_of(record, today) if each.item.promise.id == promise_id), None)


def _propose(record: ListRecord, told: Mapping[date, Told], days: Sequence[date], today: date, ladder: LadderPreset,
             allowed: str | None) -> Iterator[Proposed]:
    items, slips = told[today].items, _slips(record)
    units, lights = units_of_items(record, items), _lights(told, [*(day for day in days if day < today), today])
    known = allowed if allowed in {rung.rung for rung in ladder.rungs} else None
    for item in items:
        every = slips.get(item.promise.id, ())
        taken = [slip for slip in every if is_on(slip, ladder)]
        matter = _matter(item, lights[item.promise.id], taken, today)
        proposal = propose_rung(ladder, matter, today, known)
        if proposal is not None and not any(slip.state == "draft" for slip in taken):
            yield _proposed(proposal, item, units[item.promise.id], every)


def _proposed(proposal: Proposal, item: Item, units: UnitsOf, slips: Sequence[CaseRecord]) -> Proposed:
    under_way = next((slip for slip in slips if slip.state != "closed"), None)
    return Proposed(proposal, item, next(iter(units.leads), None), tuple(units.supports), under_way)


def _slips(record: ListRecord) -> dict[str, list[CaseRecord]]:
    """Promise id → its slips, the oldest first, with their steps: two queries."""
    cases = CaseRecord.objects.filter(list=record, kind="slip").exclude(promise_id="").exclude(state="withdrawn")
    held: dict[str, list[CaseRecord]] = {}
    for case in cases.prefetch_related("steps").order_by("id"):
        held.setdefault(case.promise_id, []).append(case)
    return held


def _lights(told: Mapping[date, Told], days: Sequence[date]) -> dict[str, tuple[LightName, ...]]:
    """Promise id → its light at the end of each month, and today."""
    made: dict[str, list[LightName]] = {}
    for day in days:
        for item in told[day].items:
            made.setdefault(item.promise.id, []).append(item.light.state)
    return {promise: tuple(lights) for promise, lights in made.items()}


def _matter(item: Item, lights: tuple[LightName, ...], slips: Sequence[CaseRecord], today: date) -> Matter:
    """missed: months at whose end it was behind its plan. A done line climbs no more."""
    due = date.fromisoformat(item.promise.due.date) if item.promise.due and item.promise.due.date else None
    weight = cast(Weight, slips[-1].weight if slips else "ordinary")
    done = today if item.light.state == "done" else None
    return Matter(item.leads[0] if item.leads else "责任单位", item.title, weight, due, done, lights, sum(light in BEHIND for light in lights),
                  taken=tuple(taken_by(slip, tuple(slip.steps.all())) for slip in slips))


def is_on(slip: CaseRecord, ladder: LadderPreset) -> bool:
    """Whether it is a step of this ladder: one that was drawn up by hand names no rung, and a rung may be gone from the pack."""
    return slip.ladder == ladder.ladder and any(rung.rung == slip.rung for rung in ladder.rungs)


def taken_by(slip: CaseRecord, steps: tuple[CaseStepRecord, ...]) -> RungTaken:
    """Answered once the check has confirmed the answer; an extension that the office agreed to has moved its day already."""
    verified = next((step.on for step in reversed(steps) if step.act == "verify"), None) if slip.state in ("verified", "closed") else None
    waiting = pending_request(steps) is not None or slip.state in ("paused", "replied")
    return RungTaken(slip.rung, slip.raised_on, slip.due_on, verified, waiting)
