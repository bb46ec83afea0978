"""What the list's ladder proposes for slips that hang on no line of the board: a leader's note, a meeting's decision, a complaint.

In: a list, the day. Out: `FollowUp`s. Such a matter has no plan line and no light: past its own day it counts as behind. A follow-up names the slip
that it follows (origin), so that all of them together are one matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import Http404

from luoshi.pack.supervision_spec import LadderPreset
from luoshi.store.models import CaseRecord, ListRecord
from luoshi.store.queries.case_clock import pending_request
from luoshi.store.queries.ladders import is_on, taken_by
from luoshi.store.queries.office import office_of, presets_of
from luoshi.supervision.ladder import Matter, Proposal, Weight, propose_rung

UNDER_WAY = frozenset(("issued", "received", "paused", "replied", "verified"))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """「续办建议」 case: the newest slip of the matter that is out and not done; first: the one with which the matter began."""

    proposal: Proposal
    case: CaseRecord
    first: CaseRecord


def follow_ups_of(record: ListRecord, today: date) -> tuple[FollowUp, ...]:
    """In the order of their days. Four queries, however many slips there are."""
    office = office_of(record)
    ladder = presets_of(record).ladders.get(office.ladder)
    if ladder is None:
        return ()
    known = office.allowed_rung if office.allowed_rung in {rung.rung for rung in ladder.rungs} else None
    found = [each for chain in _chains(record) for each in _proposed(chain, ladder, today, known)]
    return tuple(sorted(found, key=lambda each: (each.first.due_on or date.max, each.first.pk)))


def follow_up_for(record: ListRecord, today: date, slip_id: int) -> FollowUp:
    """Of one slip; Http404 where the ladder has nothing to say of it."""
    found = next((each for each in follow_ups_of(record, today) if each.case.pk == slip_id), None)
    if found is None:
        raise Http404
    return found


def _chains(record: ListRecord) -> Iterable[list[CaseRecord]]:
    """Slips that follow each other, the oldest first."""
    slips = CaseRecord.objects.filter(list=record, kind="slip", promise_id="").exclude(state="withdrawn")
    slips = slips.select_related("organ").prefetch_related("steps", "support").order_by("id")
    held: dict[int, list[CaseRecord]] = {}
    roots: dict[int, int] = {}
    for slip in slips:
        root = roots[slip.pk] = roots.get(slip.origin_id or 0, slip.pk)
        held.setdefault(root, []).append(slip)
    return held.values()


def _proposed(chain: list[CaseRecord], ladder: LadderPreset, today: date, allowed: str | None) -> Iterator[FollowUp]:
    first, last = chain[0], next((slip for slip in reversed(chain) if slip.state in UNDER_WAY), None)
    if last is None or first.state in ("draft", "closed") or any(slip.state == "draft" for slip in chain):
        return
    waits = last.state in ("paused", "replied", "verified") or pending_request(tuple(last.steps.all())) is not None
    behind = first.due_on is not None and first.due_on < today
    taken = tuple(taken_by(slip, tuple(slip.steps.all())) for slip in chain if is_on(slip, ladder))
    matter = Matter(first.organ.name if first.organ else "承办单位", first.title, cast(Weight, first.weight), first.due_on,
                    lights=("late",) if behind else (), missed=int(behind), excused=waits, taken=taken)
    proposal = propose_rung(ladder, matter, today, allowed)
    if proposal is not None:
        yield FollowUp(proposal, last, first)
