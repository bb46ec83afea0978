"""What units owe in a list, for reminders: reports by period, matters with a day, registers to supply. In: a list, a day. Out: `OwedTo`s.

Reports of one unit for one period that wait in the same way are one thing: nobody is reminded forty times of forty figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime, make_aware

from luoshi.pack.pack import Pack
from luoshi.store.models import AliasRecord, CaseRecord, FactRecord, ListRecord, OrganRecord, ReportRecord
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import Told
from luoshi.store.queries.windows import windows_of_list
from luoshi.store.reporting import last_day, period_words
from luoshi.supervision.course import COURSES
from luoshi.supervision.reminder import Owed, Waiting
from luoshi.supervision.schedule import Window

SENT = ("signed", "accepted")
WAITING: dict[str, Waiting] = {"draft": "draft", "submitted": "approval", "returned": "returned"}
AROUND = timedelta(62)
"""No preset looks further back or ahead than two months."""
NO_DUTY = ("withdraw", "ask_extension")


@dataclass(frozen=True, slots=True)
class OwedTo:
    """「谁应办」 organ_id: the unit that must act; None for the office itself. link: the page where it is done."""

    owed: Owed
    organ_id: int | None
    link: str


def owed_of_list(record: ListRecord, told: Told, today: date) -> tuple[OwedTo, ...]:
    """A fixed number of queries, whatever the list's length."""
    return (*_reports(record, told, today), *_cases(record, today), *_supplies(record, told.pack, today))


def _reports(record: ListRecord, told: Told, today: date) -> Iterator[OwedTo]:
    """A report that another leading unit has sent is not owed; one that is signed waits for the office, which sees it on its own pages."""
    units, windows = units_of_items(record, told.items), windows_of_list(record)
    rows = ReportRecord.objects.filter(list=record).values_list("promise_id", "organ_id", "period", "state", "changed_at")
    found = {(promise, organ, period): (state, localtime(at).date()) for promise, organ, period, state, at in rows}
    sent = {(promise, period) for (promise, _, period), (state, _) in found.items() if state in (*SENT, "submitted")}
    groups: dict[tuple[int, str, Window, Waiting, date | None], list[str]] = {}
    for item in told.items:
        for window in windows.all_of(item.promise.id):
            if not windows.is_owed(window) or abs(window.due_on - today) > AROUND:
                continue
            for organ_id, name in units[item.promise.id].leads.items():
                state, since = found.get((item.promise.id, organ_id, window.period), ("none", None))
                if state in SENT or (state == "none" and (item.promise.id, window.period) in sent):
                    continue
                group = (organ_id, name, window, WAITING.get(state, "nothing"), since)
                groups.setdefault(group, []).append(item.title)
    for (organ_id, name, window, waiting, since), names in groups.items():
        period, due = window.period, window.due_on
        key = f"report:{record.pk}:{organ_id}:{period}:{due:%m%d}:{waiting}:{since or ''}"
        first = f"{names[0][:20]}{'等' if len(names) > 1 else ''}"
        title = f"《{record.title[:40]}》{last_day(period).year}年{period_words(period)}填报{len(names)}项（{first}）"
        page = "reviews" if waiting == "approval" else "my-duties"
        yield OwedTo(Owed(key, title, name, due, waiting, since, (window.on_time_until - due).days), organ_id, f"/lists/{record.pk}/{page}/")


def _cases(record: ListRecord, today: date) -> Iterator[OwedTo]:
    """Matters that have a day and wait for somebody: whoever can take the next step owes it."""
    for case in CaseRecord.objects.filter(list=record).select_related("organ", "raised_by"):
        course, due = COURSES[case.kind], case.next_on if case.state == "consulting" else case.due_on or case.next_on
        if due is None or case.state in course.closed or case.state in ("paused", "draft") or abs(due - today) > AROUND:
            continue
        organ = acting_organ(case)
        title = f"{course.title}{case.number}“{case.title[:40]}”（{course.states[case.state]}）"
        link = f"/lists/{record.pk}/my-duties/" if organ else f"/lists/{record.pk}/"
        yield OwedTo(Owed(f"case:{case.pk}:{case.state}:{due.isoformat()}", title, organ.name if organ else "督查室", due),
                     organ.pk if organ else None, link)


def acting_organ(case: CaseRecord) -> OrganRecord | None:
    """The unit whose step is next; None: the office, a leader or a checker."""
    parties = {party for step in COURSES[case.kind].steps if step.at == case.state and step.act not in NO_DUTY for party in step.by}
    if parties & {"proposer", "lead"}:
        return case.raised_by
    return case.organ if parties & {"unit", "head"} else None


def _supplies(record: ListRecord, pack: Pack, today: date) -> Iterator[OwedTo]:
    """A register with a day of the month is owed until a row of it comes in that month."""
    due = {spec.register_name: spec for spec in pack.registers.values() if spec.supply.due_day}
    names = {spec.supply.unit for spec in due.values()}
    organs = {organ.name: organ for organ in OrganRecord.objects.filter(name__in=names)}
    organs |= {alias.name: alias.organ for alias in AliasRecord.objects.filter(name__in=names).select_related("organ")}
    first = today.replace(day=1)
    begun = make_aware(datetime.combine(first, time()))
    supplied = set(FactRecord.objects.filter(list=record, source__in=due, recorded_at__gte=begun).values_list("source", flat=True).distinct())
    for name, spec in due.items():
        organ = organs.get(spec.supply.unit)
        if organ is not None and name not in supplied:
            day = min(spec.supply.due_day or 1, last_day(f"{first:%Y-%m}").day)
            title = f"{first.month}月更新台账“{spec.title}”"
            yield OwedTo(Owed(f"supply:{record.pk}:{name}:{first:%Y-%m}", title, organ.name, first.replace(day=day)), organ.pk,
                         f"/lists/{record.pk}/registers/{name}/")
