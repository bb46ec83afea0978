"""What a person must do by when, of every kind. In: who, what they may file, a day. Out: `Todo`s: returned first, then by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.store.models import CaseRecord, ListRecord
from luoshi.store.queries.cases import acts_now, cases_of
from luoshi.store.queries.reports import Filing, Owed, owed_by
from luoshi.store.who import Who
from luoshi.supervision.course import COURSES, CourseStep

NO_DUTY = ("withdraw", "ask_extension")
"""What one may do, but need not."""


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """「待办事项」 A slip, a blocker, a contribution … that waits for this person's unit, and what can be done now."""

    case: CaseRecord
    acts: tuple[CourseStep, ...]

    @property
    def state_words(self) -> str:
        """issued → 已发出，待签收"""
        return COURSES[self.case.kind].states[self.case.state]

    @property
    def kind_words(self) -> str:
        """slip → 督办单"""
        return COURSES[self.case.kind].title


@dataclass(frozen=True, slots=True)
class Todo:
    """「我的一件事」 One thing with the day by which it must be done; a report or a matter. days: until then, negative where it is past."""

    due: date | None
    days: int | None
    is_returned: bool
    report: Owed | None = None
    waiting: WaitingCase | None = None


def todos_of(who: Who, filing: Filing, day: date) -> tuple[tuple[Todo, ...], tuple[Owed, ...]]:
    """What is open; and the reports that are sent. Two queries."""
    owed = owed_by(filing, day)
    todos = [Todo(o.due, (o.due - day).days, o.state == "returned", report=o) for o in owed if o.is_open]
    for waiting in waiting_cases(who, filing.record):
        due = waiting.case.due_on or waiting.case.next_on
        todos.append(Todo(due, (due - day).days if due else None, False, waiting=waiting))
    todos.sort(key=lambda t: (not t.is_returned, t.due or date.max))
    return tuple(todos), tuple(o for o in owed if not o.is_open)


def waiting_cases(who: Who, record: ListRecord) -> tuple[WaitingCase, ...]:
    """Matters in which this person's unit can take the next step. One query."""
    found = []
    for case in cases_of(who, record, only_open=True).order_by("due_on", "id"):
        acts = tuple(step for step in acts_now(who, case) if step.act not in NO_DUTY and not set(step.by) <= {"office", "leader"})
        if acts and (case.organ_id in who.organ_ids or case.raised_by_id in who.organ_ids):
            found.append(WaitingCase(case, acts))
    return tuple(found)

