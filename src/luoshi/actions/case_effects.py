"""What an act changes in a matter besides its state. In: the matter, what was given, the day. Out: nothing; take_step saves it.

This literal is the whole of it: an act that is not here only moves the matter on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from luoshi.actions.case_data import checked_data
from luoshi.actions.incoming_effects import check_part, check_pause
from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import CaseRecord
from luoshi.store.queries.office import calendar_of_list, office_of, preset_of
from luoshi.supervision.clock import ClockRefused, check_extension, day_after_pause
from luoshi.supervision.course import COURSES
from luoshi.supervision.numbering import number_of

if TYPE_CHECKING:
    from luoshi.actions.take_step import Given

Effect = Callable[["CaseRecord", "Given", date], None]


def _issue(case: CaseRecord, given: Given, today: date) -> None:
    """The number is given when it goes out, so that no number is left out; the list's row is locked by then."""
    held = CaseRecord.objects.filter(list_id=case.list_id, kind=case.kind, year=case.year).aggregate(last=Max("serial"))
    case.serial = (held["last"] or 0) + 1
    case.number = number_of(office_of(case.list).slip_scheme, case.year, case.serial)
    _assign(case, given, today)


def _assign(case: CaseRecord, given: Given, _today: date) -> None:
    case.organ_id = given.organ_id or case.organ_id
    case.due_on = given.due_on or case.due_on
    case.next_on = given.next_on or case.next_on


def _extend(case: CaseRecord, given: Given, today: date) -> None:
    """Asked for before the day ran out, to a day that the preset allows; a unit's request counts from the day on which it was made."""
    preset = preset_of(case.list, case.clock)
    asked = case.steps.filter(act__in=("ask_extension", "extend", "refuse_extension")).order_by("-id").first()
    on = asked.on if asked is not None and asked.act == "ask_extension" else today
    assert case.due_on is not None
    assert given.due_on is not None
    try:
        check_extension(preset, case.steps.filter(act="extend").count(), on, case.due_on, given.due_on, calendar_of_list(case.list))
    except ClockRefused as refused:
        raise StepRefused({"due_on": str(refused)}) from refused
    case.due_on = given.due_on


def _pause(case: CaseRecord, given: Given, _today: date) -> None:
    """Only for what the preset names."""
    preset = preset_of(case.list, case.clock)
    if given.text.strip() not in preset.pauses:
        raise StepRefused({"text": _("%(title)s不能因此暂停计时；可以暂停的是：%(allowed)s。") % {
            "title": preset.title, "allowed": "、".join(preset.pauses) or _("没有可以暂停的事由")}})


def _resume(case: CaseRecord, given: Given, _today: date) -> None:
    """The day moves by as many days as stood still."""
    began = case.steps.filter(act="pause").order_by("-id").first()
    assert began is not None
    assert case.due_on is not None
    case.due_on = day_after_pause(preset_of(case.list, case.clock), case.due_on, began.on, max(given.on, began.on), calendar_of_list(case.list))


def _triage(case: CaseRecord, given: Given, today: date) -> None:
    """Who checks it may find that it is of another kind, or stands higher, than the unit thought."""
    _assign(case, given, today)
    case.data = {**case.data, **checked_data(case.kind, given.data)}


def check_next_day(case: CaseRecord, today: date) -> None:
    """A matter that needs another province is nobody's own: while it is open, there is always a day on which somebody takes it up again."""
    is_open = case.state not in COURSES[case.kind].closed
    if case.kind == "blocker" and is_open and case.data.get("level") == "cross_province" and (case.next_on is None or case.next_on < today):
        raise StepRefused({"next_on": _("这是跨省事项，一直要有下一步日期。请写下次什么时候办，今天或以后的一天。")})


def _close(case: CaseRecord, given: Given, _today: date) -> None:
    case.closed_on, case.next_on = given.on, None


def _reopen(case: CaseRecord, _given: Given, _today: date) -> None:
    case.closed_on = None


def _merge(case: CaseRecord, given: Given, _today: date) -> None:
    into = CaseRecord.objects.filter(list_id=case.list_id, kind=case.kind, pk=given.merged_into_id or 0).exclude(pk=case.pk).first()
    if into is None or into.state == "merged":
        raise StepRefused({"merged_into": _("请选要并入的那一件：同一份清单里、还没有并入别处的。")})
    if CaseRecord.objects.filter(merged_into=case).exists():
        raise StepRefused({"merged_into": _("已有别的事项并入这一件，不能再把它并入别处。请反过来合并，或先取消那些合并。")})
    case.merged_into = into


def _separate(case: CaseRecord, _given: Given, _today: date) -> None:
    case.merged_into = case.closed_on = None


def _rate(case: CaseRecord, given: Given, _today: date) -> None:
    """Both sides of a contribution may rate the other, each its own fields: the lead when it confirms, the other when it is done."""
    own = "_of_support" if case.state == "confirmed" else "_of_lead"
    case.data = {**case.data, **{name: value for name, value in checked_data(case.kind, given.data).items() if name.endswith(own)}}


def _move_on(_case: CaseRecord, _given: Given, _today: date) -> None:
    """Its day is reckoned from its steps."""


EFFECTS: dict[str, Effect] = {
    "issue": _issue, "triage": _triage, "decide": _assign, "extend": _extend, "pause": _pause, "resume": _resume,
    "close": _close,
    "confirm": _rate, "finish": _rate, "merge": _merge, "separate": _separate, "reject": _reopen,
    "incoming.pause": check_pause, "incoming.resume": _move_on, "incoming.finish_part": check_part, "incoming.hand_on": _assign}
"""By act, or by kind and act where a kind goes its own way."""
