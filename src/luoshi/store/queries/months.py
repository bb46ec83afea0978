"""The month of a list that is to be settled: who reported, what is open, what goes on into the next. In: a list, its story, a day. Out: `MonthSheet`.

A fixed number of queries, however many units there are.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.http import Http404

from luoshi.plan.plan import plain
from luoshi.store.models import BulletinRecord, CaseRecord, ClosingRecord, ListRecord, ReportRecord, SampleItemRecord
from luoshi.store.queries.burden import requests_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.reports import SENT
from luoshi.store.queries.story import Told
from luoshi.store.queries.windows import Windows, windows_of_list
from luoshi.store.reporting import first_day, last_day, month_of
from luoshi.store.who import Who
from luoshi.supervision.burden import burden_of
from luoshi.supervision.course import COURSES
from luoshi.supervision.month import BLOCKS, MonthLine, OpenKind, Return, month_lines, open_returns

SCHEMA = "luoshi.month/1"


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """「转入下月」 Matters of one kind that are not finished. overdue: how many of them are past their day."""

    kind: str
    title: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """「月结表」 open: by what is still to be done; bulletin: the number of the month's issued one, "" where there is none; fields: typed by hand
    in a month over all units; spared: filled in already; seal: of what a person saw before they settle it."""

    month: str
    returns: tuple[Return, ...]
    lines: tuple[MonthLine, ...]
    open: tuple[tuple[OpenKind, tuple[Return, ...]], ...]
    bulletin: str
    bulletin_id: int | None
    carried: tuple[CarriedOver, ...]
    fields: float
    spared: float
    is_over: bool
    seal: str

    @property
    def blocks(self) -> bool:
        """Whether something must be done first."""
        return not self.is_over or any(kind in BLOCKS for kind, _ in self.open)

    @property
    def is_clean(self) -> bool:
        """Nothing open at all, and a bulletin issued."""
        return not self.open and bool(self.bulletin) and self.is_over


def next_month(record: ListRecord, told: Told, windows: Windows) -> str:
    """The first month that is asked for and not settled; "" where the year is."""
    months = {month_of(window.period) for item in told.items for window in windows.all_of(item.promise.id) if windows.is_owed(window)}
    return min(months, default="")


def month_sheet(record: ListRecord, told: Told, month: str, today: date) -> MonthSheet:
    """As it stands today."""
    first, last = first_day(month), last_day(month)
    returns = _returns(record, told, windows_of_list(record), month)
    found = SampleItemRecord.objects.filter(sample__list=record, result__in=("false", "partly"), checked_on__range=(first, last), organ__isnull=False)
    false = Counter(found.values_list("organ__name", flat=True))
    issued = BulletinRecord.objects.filter(list=record, state="issued", as_of__range=(first, last)).order_by("-number").first()
    bulletin = issued.content["issued"]["number"] if issued else ""
    asked = burden_of(requests_of(record, today).requests)
    return MonthSheet(month, returns, month_lines(returns, false), open_returns(returns, today), bulletin, issued.pk if issued else None,
                      _carried(record, today), round(sum(line.fields for line in asked), 1), round(sum(line.spared for line in asked), 1),
                      last < today, _hash([month, [plain(each) for each in returns], bulletin, sorted(false.items())]))


def content_of(sheet: MonthSheet, record: ListRecord, today: date) -> dict[str, Any]:
    """What is frozen when the month is settled."""
    return {"schema": SCHEMA, "list": record.pk, "plan": record.plan_id, "facts_version": record.facts_version, "month": sheet.month,
            "on": today.isoformat(), "bulletin": sheet.bulletin, "lines": [asdict(line) for line in sheet.lines],
            "returns": [plain(each) for each in sheet.returns],
            "open": [[kind, [[r.unit, r.title] for r in left]] for kind, left in sheet.open],
            "carried": [asdict(each) for each in sheet.carried], "burden": {"fields": sheet.fields, "spared": sheet.spared}}


def hash_of_month(content: Mapping[str, Any]) -> str:
    """The journal keeps it, so that a closing that was changed afterwards is found."""
    return _hash(content)


def closings_of(who: Who, record: ListRecord) -> tuple[ClosingRecord, ...]:
    """The newest first, without their contents."""
    who.must("see_reports")
    return tuple(ClosingRecord.objects.filter(list=record).select_related("by", "opened_by").defer("content"))


def the_closing(who: Who, record: ListRecord, closing_id: int) -> ClosingRecord:
    """Http404 where it is not there, or of another list."""
    found = ClosingRecord.objects.filter(list=record, pk=closing_id).select_related("by", "opened_by").first() if who.may("see_reports") else None
    if found is None:
        raise Http404
    return found


def lines_for(who: Who, content: Mapping[str, Any]) -> tuple[MonthLine, ...]:
    """Those of the closing that the person may see: all, or their own units'."""
    lines = tuple(MonthLine(**line) for line in content["lines"])
    if who.sees_all("see_reports"):
        return lines
    own = {each["unit"] for each in content["returns"] if each["organ_id"] in who.organ_ids}
    return tuple(line for line in lines if line.unit in own)


def _returns(record: ListRecord, told: Told, windows: Windows, month: str) -> tuple[Return, ...]:
    """One for each unit that leads; where another leading unit has sent it, nothing is owed."""
    units = units_of_items(record, told.items)
    found = {(r.promise_id, r.organ_id, r.period): r for r in ReportRecord.objects.filter(list=record).defer("snapshot")}
    sent = {(promise, period) for (promise, _, period), r in found.items() if r.state in SENT}
    made = []
    for item in told.items:
        for window in windows.all_of(item.promise.id):
            if month_of(window.period) != month or not windows.is_asked(window):
                continue
            for organ_id, unit in units[item.promise.id].leads.items():
                report = found.get((item.promise.id, organ_id, window.period))
                if report is None and (item.promise.id, window.period) in sent:
                    continue
                held = (report.state, report.filed_on, report.was_late, report.returns) if report else ()
                made.append(Return(item.promise.id, f"{item.number} {item.title}", organ_id, unit, window.period, window.due_on,
                                   window.on_time_until, *held))
    return tuple(made)


def _carried(record: ListRecord, today: date) -> tuple[CarriedOver, ...]:
    """In the order of the courses; kinds without an open matter are left out."""
    opened: dict[str, list[date | None]] = {}
    for kind, state, due in CaseRecord.objects.filter(list=record).exclude(state="draft").values_list("kind", "state", "due_on"):
        if state not in COURSES[kind].closed:
            opened.setdefault(kind, []).append(due)
    return tuple(CarriedOver(kind, course.title, len(opened[kind]), sum(due is not None and due < today for due in opened[kind]))
                 for kind, course in COURSES.items() if kind in opened)


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
