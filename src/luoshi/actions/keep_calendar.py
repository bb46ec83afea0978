"""Put a year's days off into the office's calendar「定放假安排」, put it right, or take it out. In: who, the year, the notice. Out: `CalendarRecord`.

Every list of this server counts by it. Days that were written on slips and marks of reports that came in stay as they are. Raises NotAllowed,
Stale, CalendarRefused; then nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.lexicon.written import day
from luoshi.pack.calendar_spec import HolidayStated, Notice
from luoshi.store.models import CalendarRecord, ListRecord
from luoshi.store.who import Who

LONGEST = timedelta(16)
"""No notice of the State Council has given more days in a row; more is a slip of the pen."""


class CalendarRefused(Exception):
    """「放假安排未存」 problems: (row, field) → words; row -1: the notice as a whole."""

    def __init__(self, problems: dict[tuple[int, str], str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class HolidayText:
    """「放假一行」 As a person wrote it. row: of the form."""

    row: int
    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()


def keep_year(who: Who, at: datetime, year: int, reference: str, holidays: Sequence[HolidayText], revision: int) -> CalendarRecord:
    """revision: of the calendar that the form was made from; 0: there was none."""
    problems = _problems(year, reference, holidays)
    if problems:
        raise CalendarRefused(problems)
    stated = tuple(HolidayStated(name=each.name, first=each.first, last=each.last, worked=each.worked) for each in holidays)
    return _keep(who, at, year, Notice(year=year, reference=reference.strip(), holidays=stated).model_dump(mode="json"), revision)


def drop_year(who: Who, at: datetime, year: int, revision: int) -> CalendarRecord:
    """The packs' year counts again, or none."""
    return _keep(who, at, year, None, revision)


def _keep(who: Who, at: datetime, year: int, notice: dict[str, Any] | None, revision: int) -> CalendarRecord:
    with writing(who, "calendar.keep", at, right="keep_calendar") as entry:
        held = CalendarRecord.objects.select_for_update().first() or CalendarRecord(revision=0)
        if held.revision != revision:
            raise Stale(_("您打开页面以后，有人改过放假安排。请看清楚现在的；您写的还在下面。"))
        before = held.notices.get(str(year))
        held.notices = {**{key: value for key, value in held.notices.items() if key != str(year)}, **({str(year): notice} if notice else {})}
        held.revision, held.by_id, held.at = held.revision + 1, who.person_id, at
        held.save()
        ListRecord.objects.update(calendar=held, facts_version=F("facts_version") + 1)
        entry.about, entry.detail = f"calendar:{year}", {"year": year, "notice": [before, notice]}
    return held


def _problems(year: int, reference: str, holidays: Sequence[HolidayText]) -> dict[tuple[int, str], str]:
    problems: dict[tuple[int, str], str] = {}
    if not reference.strip():
        problems[-1, "reference"] = _("没有写依据。请写通知的名称和文号。")
    if not holidays:
        problems[-1, "reference"] = _("一个假期也没有写。请照通知逐个写。")
    off: dict[date, str] = {}
    for each in holidays:
        problems |= _row_problems(year, each, off)
        off |= {each.first + timedelta(n): each.name for n in range(max((each.last - each.first).days, 0) + 1)}
    for each in holidays:
        doubled = [worked for worked in each.worked if worked in off]
        if doubled:
            problems[each.row, "worked"] = _("%(day)s放假（%(name)s），不能又上班。") % {"day": day(doubled[0]), "name": off[doubled[0]]}
    return problems


def _row_problems(year: int, each: HolidayText, off: dict[date, str]) -> dict[tuple[int, str], str]:
    """off: the days of the rows above."""
    if not each.name.strip():
        return {(each.row, "name"): _("没有写是什么假。")}
    if each.last < each.first:
        return {(each.row, "last"): _("最后一天早于第一天，请核对。")}
    if each.last - each.first > LONGEST:
        return {(each.row, "last"): _("放假超过%(days)s天，请核对。") % {"days": LONGEST.days}}
    if each.last.year != year and each.first.year != year:
        return {(each.row, "first"): _("这一行不在%(year)s年。请核对年份，或写到那一年里。") % {"year": year}}
    if each.first in off or each.last in off:
        return {(each.row, "first"): _("和上面的“%(name)s”重了。") % {"name": off.get(each.first) or off[each.last]}}
    weekdays = [worked for worked in each.worked if worked.weekday() < 5]
    if weekdays:
        return {(each.row, "worked"): _("%(day)s不是周六、周日，本来就上班。") % {"day": day(weekdays[0])}}
    return {}
