"""The Monday list of a list, from what is stored: who is to be called, and why. In: who asks, a list, the day. Out: `Monday`.

A fixed number of queries, however many lines there are; what is not here needs no call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from django.db.models import Prefetch

from luoshi.publish.months import month_ends
from luoshi.status.exceptions import GROUPS, LATE, Call, CallsOfUnit, Waiting, by_unit, calls_of_items, calls_of_matters, calls_of_silence
from luoshi.store.models import CaseRecord, CaseStepRecord, JournalRecord, ListRecord, OrganRecord, PostRecord
from luoshi.store.queries.blockers import needs_next
from luoshi.store.queries.call_sources import calls_of_evidence, calls_of_owed, new_rows_of, silent_units
from luoshi.store.queries.case_clock import CaseClock, clock_of
from luoshi.store.queries.cases import cases_of
from luoshi.store.queries.office import calendar_of_list, preset_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import Told, tell_days
from luoshi.store.who import Who
from luoshi.supervision.course import COURSES

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Contact:
    """「联系人」 Whom of a unit to call. name: empty where the post is vacant."""

    organ_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Noted:
    """「记的一笔」 What was said in a call, by whom, when."""

    at: datetime
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Monday:
    """「周一清单所载」 units: in the order of calling; contacts: unit → whom; rest: lines that need no call; quiet: units without any call;
    last_week: how many matters were open a week ago, and how many of them are closed; months: number of a line → months behind in a row, with
    this one; notes: what was noted last, by subject; kinds: of each matter."""

    units: tuple[CallsOfUnit, ...]
    contacts: Mapping[str, Contact]
    promises: Mapping[str, str]
    rest: int
    quiet: int
    last_week: tuple[int, int]
    months: Mapping[str, int]
    notes: Mapping[str, Noted]
    kinds: Mapping[int, str]

    @property
    def calls(self) -> tuple[Call, ...]:
        """All of them."""
        return tuple(call for unit in self.units for call in unit.calls)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Group → how many."""
        held = [call.kind for call in self.calls]
        return tuple((name, sum(kind in kinds for kind in held)) for name, kinds in GROUPS.items())


def monday_of(who: Who, record: ListRecord, today: date) -> Monday | None:
    """None before a plan is confirmed."""
    told = tell_days(record, (today, today - WEEK))
    if not told:
        return None
    now, before = told[today], told[today - WEEK]
    units = units_of_items(record, now.items)
    lines = _cases(who, record, today)
    leading = {organ_id: name for each in units.values() for organ_id, name in each.leads.items()}
    calls = [*calls_of_items(now.items, {item.promise.id: item for item in before.items}, today, new_rows_of(now, today)),
             *calls_of_matters([_waiting(case, clock, today) for case, clock in lines if case.state not in COURSES[case.kind].closed], today),
             *calls_of_owed(record, now, today), *calls_of_evidence(record, now), *calls_of_silence(silent_units(record, leading, today))]
    shown = by_unit(calls, [item.leads[0] for item in now.items if item.leads])
    called = {call.subject for call in calls if call.subject.startswith("item:")}
    return Monday(shown, _contacts([unit.unit for unit in shown]), {item.number: item.promise.id for item in now.items},
                  sum(f"item:{item.number}" not in called for item in now.items),
                  len(set(leading.values()) - {unit.unit for unit in shown}), _last_week(lines, today),
                  _months_behind(record, now, today), notes_of(record), {case.pk: case.kind for case, _ in lines})


def _cases(who: Who, record: ListRecord, today: date) -> list[tuple[CaseRecord, CaseClock]]:
    """Every matter with its clock: two queries."""
    calendar = calendar_of_list(record)
    cases = cases_of(who, record).prefetch_related(Prefetch("steps", CaseStepRecord.objects.order_by("id")))
    return [(case, clock_of(case, tuple(case.steps.all()), preset_of(record, case.clock), calendar, today)) for case in cases]


def _waiting(case: CaseRecord, clock: CaseClock, today: date) -> Waiting:
    steps = tuple(case.steps.all())
    moved = next((step.on for step in reversed(steps) if step.from_state != step.to_state), case.raised_on)
    since = clock.asked.on if clock.asked is not None else moved
    title = f"{case.number} {case.title}".strip()
    unit = (case.organ or case.raised_by).name if (case.organ or case.raised_by) else "还没有定由谁办"  # type: ignore[union-attr]
    return Waiting(f"case:{case.pk}", case.kind, unit, title, case.state, since, clock.stand,  # type: ignore[arg-type]
                   clock.asked.due_on if clock.asked is not None else None, needs_next(case, today))


def _last_week(lines: Sequence[tuple[CaseRecord, CaseClock]], today: date) -> tuple[int, int]:
    """Matters that were open a week ago; those of them that have closed since."""
    then = [case for case, _ in lines if case.raised_on <= today - WEEK and (case.closed_on is None or case.closed_on > today - WEEK)]
    return len(then), sum(case.closed_on is not None for case in then)


def _contacts(names: Sequence[str]) -> dict[str, Contact]:
    """Unit → its liaison; two queries."""
    ids = dict(OrganRecord.objects.filter(name__in=names).values_list("name", "pk"))
    holders = dict(PostRecord.objects.filter(organ__name__in=names, role="liaison", holder__isnull=False).order_by("-id")
                   .values_list("organ__name", "holder__name"))
    return {name: Contact(pk, holders.get(name, "")) for name, pk in ids.items()}


def _months_behind(record: ListRecord, now: Told, today: date) -> dict[str, int]:
    """From today back, month end by month end, until it was not behind."""
    ends = [day for day in month_ends(now.year, today) if day < today and (day.year, day.month) != (today.year, today.month)]
    earlier = [{item.promise.id: item.light.state for item in told.items} for _, told in sorted(tell_days(record, ends).items(), reverse=True)]
    return {item.number: 1 + sum(1 for _ in takewhile(lambda states, i=item: states.get(i.promise.id) in LATE, earlier))  # type: ignore[misc]
            for item in now.items if item.light.state in LATE}


def notes_of(record: ListRecord) -> dict[str, Noted]:
    """Subject → the latest note. One query."""
    entries = JournalRecord.objects.filter(list_id=record.pk, action="call.note").select_related("person").order_by("number")
    return {entry.detail["subject"]: Noted(datetime.fromisoformat(entry.at), entry.person.name if entry.person else "", entry.detail["text"])
            for entry in entries}
