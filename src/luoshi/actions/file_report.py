"""File a report「填报」: save it as a draft, or submit it to the head of the unit; submitted, it goes to every list that asks the same.

In: who, the list, which promise, unit and period, what was typed, the revision that the form was made from. Out: `ReportRecord`.
Raises NotAllowed, Stale, ReportRefused, EvidenceRefused; then nothing is written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.keep_evidence import copy_evidence, keep_evidence
from luoshi.actions.report_guards import Problems, ReportRefused, date_problems, falling_problems, progress_problems, window_problems
from luoshi.actions.report_steps import ReportStep, step_for
from luoshi.actions.stale import Stale
from luoshi.actions.writing import Entry, noted, writing
from luoshi.status.stand import Item
from luoshi.store.models import ListRecord, ReportRecord
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.reports import SENT
from luoshi.store.queries.same_matter import SamePlace, same_places
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.windows import Windows, windows_of_list
from luoshi.store.reporting import asked_of
from luoshi.store.who import NotAllowed, Who
from luoshi.supervision.schedule import Window

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class ReportText:
    """「填报内容」 What a person typed. value: None where nothing is asked or known; in the unit of the promise."""

    observed_on: date
    progress: str
    value: Decimal | None = None
    why_lower: str = ""
    next_step: str = ""
    asks: str = ""
    forecast_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """「填报位置」 Which report: one promise, one unit, one period (2019-09, 2019-Q3, 2019-H1, 2019)."""

    promise_id: str
    organ_id: int
    period: str


def file_report(who: Who, at: datetime, today: date, list_id: int, place: ReportPlace, text: ReportText, revision: int, submit: bool,
                files: tuple[tuple[str, bytes], ...] = (), drop: frozenset[int] = frozenset()) -> ReportRecord:
    """revision: 0 where there was no report yet. files: (name, bytes) to add; drop: ids of evidence to take off."""
    act = "submit" if submit else "save"
    with writing(who, f"report.{act}", at, right="file_report", list_id=list_id, organ_id=place.organ_id) as entry:
        others = same_places(list_id, place.promise_id) if submit else ()
        held = _lock(list_id, others)[list_id]
        report = _file(who, at, today, held, place, text, revision, act, entry)
        _attach(who, at, report, files, drop, entry)
        entry.about = f"report:{report.pk}"
        entry.detail |= {"same": same} if (same := [pk for other in others if (pk := _file_same(who, at, today, report, text, other))]) else {}
    return report


def _lock(list_id: int, others: tuple[SamePlace, ...]) -> dict[int, ListRecord]:
    """In one order, so that two people who file the same matter from two lists never wait for each other."""
    wanted = {list_id, *(other.list_id for other in others)}
    return {held.pk: held for held in ListRecord.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}


def _file(who: Who, at: datetime, today: date, held: ListRecord, place: ReportPlace, text: ReportText, revision: int, act: str,
          entry: Entry) -> ReportRecord:
    """One report of one list, by its own guards."""
    item, windows = _led_item(held, place, today), windows_of_list(held)
    window = _window(held, windows, place)
    report = ReportRecord.objects.filter(list=held, promise_id=place.promise_id, organ_id=place.organ_id, period=place.period).first()
    step = _step(report, act, revision)
    report = report or ReportRecord(list=held, promise_id=place.promise_id, organ_id=place.organ_id, period=place.period, revision=0)
    entry.detail = {"promise": place.promise_id, "organ": place.organ_id, "period": place.period, "state": [step.at, step.to],
                    "changed": _write(report, text, asked=bool(asked_of(item)))}
    _check(report, step, item, window, today, held.settled_to)
    report.state, report.revision, report.author_id, report.changed_at = step.to, report.revision + 1, who.person_id, at
    if act == "submit":
        report.reason, report.signed_by = "", None
        if report.filed_on is None:      # what was sent back and sent again is as late as it was the first time
            report.filed_on, report.due_on, report.was_late = today, window.due_on, windows.is_late(window, today)
            entry.detail |= {"overdue": True} if report.was_late else {}
    report.save()
    return report


def _file_same(who: Who, at: datetime, today: date, report: ReportRecord, text: ReportText, other: SamePlace) -> int | None:
    """The same return in another list: its id; None where the unit does not lead there, nothing is asked for now, or it was sent already."""
    held = ListRecord.objects.select_related("plan").get(pk=other.list_id)
    window = windows_of_list(held).at(other.promise_id, text.observed_on)
    if window is None or window.state_on(today) == "not_open" or not _leads(held, other.promise_id, report.organ_id, today):
        return None
    place = ReportPlace(other.promise_id, report.organ_id, window.period)
    kept = ReportRecord.objects.filter(list=held, promise_id=place.promise_id, organ_id=place.organ_id, period=place.period).first()
    if kept is not None and kept.state in SENT:
        return None
    with writing(who, "report.submit", at, right="file_report", list_id=held.pk, organ_id=place.organ_id) as entry:
        try:
            filed = _file(who, at, today, held, place, text, kept.revision if kept else 0, "submit", entry)
        except ReportRefused as refused:
            words = _("这一项同时报给“%(list)s”，那边没有通过：%(why)s")
            raise ReportRefused({"all": words % {"list": held.title, "why": str(refused)}}) from refused
        here = set(filed.evidence.values_list("sha256", flat=True))
        new = [e for e in report.evidence.all() if e.sha256 not in here]
        filed.evidence.add(*(copy_evidence(who, at, held.pk, e, "file_report", place.organ_id) for e in new))
        entry.about = f"report:{filed.pk}"
        entry.detail["from"] = report.pk
    return filed.pk


def _leads(held: ListRecord, promise_id: str, organ_id: int, today: date) -> bool:
    told = tell_list(held, today)
    item = next((i for i in told.items if i.promise.id == promise_id), None) if told else None
    return item is not None and organ_id in units_of_items(held, (item,))[promise_id].leads


def _led_item(held: ListRecord, place: ReportPlace, today: date) -> Item:
    """The line of the board that is reported on. Only a unit that leads reports; a supporting unit sees."""
    told = tell_list(held, today)
    item = next((i for i in told.items if i.promise.id == place.promise_id), None) if told else None
    if item is None or place.organ_id not in units_of_items(held, (item,))[place.promise_id].leads:
        raise NotAllowed("file_report")
    return item


def _window(held: ListRecord, windows: Windows, place: ReportPlace) -> Window:
    window = windows.window(place.promise_id, place.period)
    if window is None:
        words = _("%(period)s不是这一项的填报期间：清单是%(year)s年的，这一项的报送安排是“%(cycle)s”。请从“我的事”里点进来填。")
        raise ReportRefused({"all": words % {"period": place.period, "year": held.year, "cycle": windows.cycle_of(place.promise_id).title}})
    return window


def _step(report: ReportRecord | None, act: str, revision: int) -> ReportStep:
    step = step_for(report.state if report else "none", act)
    if step is None:
        raise Stale(_("这份填报已经提交，不能再改。要改，请负责人或督查室先退回。您刚才写的字还在下面。"))
    if (report.revision if report else 0) != revision:
        raise Stale(_("您打开这张表以后，别人存过一次。您写的字都还在下面；请对照已存的内容改好，再交一次。"))
    return step


def _write(report: ReportRecord, text: ReportText, asked: bool) -> dict[str, list[Any]]:
    """Field → [before, after], for those that changed. A value is taken only where one is asked."""
    changed: dict[str, list[Any]] = {}
    for name in (f.name for f in fields(text)):
        before = getattr(report, name)
        after = getattr(text, name) if asked or name not in {"value", "why_lower"} else type(before)() if name == "why_lower" else None
        after = after.strip() if isinstance(after, str) else after
        if before != after:
            changed[name] = [noted(before), noted(after)]
            setattr(report, name, after)
    return changed


def _check(report: ReportRecord, step: ReportStep, item: Item, window: Window, today: date, settled_to: str) -> None:
    problems: Problems = {}
    if "window" in step.guards:
        problems |= window_problems(window, today, settled_to)
    if "date" in step.guards:
        problems |= date_problems(report.period, report.observed_on, today)
    if "progress" in step.guards:
        problems |= progress_problems(report.progress)
    if "falling" in step.guards:
        problems |= falling_problems(report, item)
    if problems:
        raise ReportRefused(problems)


def _attach(who: Who, at: datetime, report: ReportRecord, files: tuple[tuple[str, bytes], ...], drop: frozenset[int], entry: Entry) -> None:
    """New files are kept and attached, dropped ones detached: the files themselves stay, for the journal's sake."""
    attached = list(report.evidence.all())
    gone = [e for e in attached if e.pk in drop]
    here = {e.sha256 for e in attached} - {e.sha256 for e in gone}
    new = {sha256: (name, content) for name, content in files if (sha256 := hashlib.sha256(content).hexdigest()) not in here}
    if len(here) + len(new) > MOST_FILES:
        raise ReportRefused({"papers": _("一份填报最多%(most)s份佐证。请只留最能证明的几份。") % {"most": MOST_FILES}})
    report.evidence.remove(*gone)
    report.evidence.add(*(keep_evidence(who, at, report.list_id, name, content, "file_report", report.organ_id) for name, content in new.values()))
    entry.detail["evidence"] = {"added": list(new), "dropped": [e.sha256 for e in gone]}
