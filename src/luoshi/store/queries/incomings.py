"""What came in from outside: who deals with it, by which day, how its clocks stand. In: who, a list, a day. Out: `IncomingSeen`s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.pack.supervision_spec import IncomingPreset
from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord
from luoshi.store.queries.cases import cases_of, steps_of, the_case
from luoshi.store.queries.office import calendar_of_list, presets_of
from luoshi.store.who import Who
from luoshi.supervision.course import INCOMING
from luoshi.supervision.incoming import IncomingStep, PartStand, next_due, stands_of


@dataclass(frozen=True, slots=True)
class IncomingSeen:
    """「来件一行」 kind: None where the pack no longer has it; parts: its clocks. due_on: the day that counts now."""

    case: CaseRecord
    steps: tuple[CaseStepRecord, ...]
    kind: IncomingPreset | None
    parts: tuple[PartStand, ...]
    due_on: date | None

    @property
    def state_words(self) -> str:
        """handling → 办理中"""
        return INCOMING.states[self.case.state]

    @property
    def is_closed(self) -> bool:
        """Nothing to do any more."""
        return self.case.state in INCOMING.closed

    @property
    def is_late(self) -> bool:
        """A clock ran out."""
        return any(part.stand.state == "overdue" for part in self.parts)


def incomings_of(who: Who, record: ListRecord, today: date) -> tuple[IncomingSeen, ...]:
    """Open ones first, by the day that counts. Two queries."""
    found = [seen_of(record, case, tuple(case.steps.all()), today) for case in cases_of(who, record, "incoming").prefetch_related("steps")]
    return tuple(sorted(found, key=lambda one: (one.is_closed, one.due_on or date.max, one.case.pk)))


def the_incoming(who: Who, record: ListRecord, case_id: int, today: date) -> IncomingSeen:
    """Another's is not there, nor is a matter of another kind. Four queries."""
    case = the_case(who, record, "incoming", case_id)
    return seen_of(record, case, steps_of(case), today)


def seen_of(record: ListRecord, case: CaseRecord, steps: Sequence[CaseStepRecord], today: date) -> IncomingSeen:
    """With its clocks on the day. No query where the steps are at hand."""
    presets = presets_of(record)
    kind = presets.incomings.get(case.data.get("incoming", ""))
    parts = stands_of(kind, presets.clocks, [_step(step) for step in steps], calendar_of_list(record), today) if kind else ()
    return IncomingSeen(case, tuple(steps), kind, parts, next_due(parts) or case.due_on)


def _step(step: CaseStepRecord) -> IncomingStep:
    return IncomingStep(step.act, step.on, step.data.get("clock", ""), step.text)


def kinds_of(record: ListRecord) -> tuple[IncomingPreset, ...]:
    """What may come in, by the list's pack. No query."""
    return tuple(presets_of(record).incomings.values())
