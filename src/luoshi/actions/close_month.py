"""Settle a month「办月结」, and open it again with a reason. In: who, the list, the month, the seal of what they saw. Out: `ClosingRecord`.

From then on no report of the month moves and its marks stay as they are. Months are settled in their order, the newest is opened first.
Raises NotAllowed, Stale, StepRefused; then nothing is written.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.lexicon.written import day
from luoshi.store.models import ClosingRecord, ListRecord
from luoshi.store.queries.months import MonthSheet, content_of, hash_of_month, month_sheet, next_month
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.windows import windows_of_list
from luoshi.store.reporting import last_day, period_words
from luoshi.store.who import Who
from luoshi.supervision.month import OPEN_WORDS


def close_month(who: Who, at: datetime, today: date, list_id: int, month: str, seal: str, sure: bool) -> ClosingRecord:
    """sure: the person saw what is still open and settles the month all the same: what was not sent is marked as missing."""
    with writing(who, "month.close", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        told = tell_list(held, today)
        if told is None or next_month(held, told, windows_of_list(held)) != month:
            raise Stale(_("%(month)s不是现在要结的月份：刚才有人结过或重开过。请看下面现在的情况。") % {"month": period_words(month)})
        sheet = month_sheet(held, told, month, today)
        if sheet.seal != seal:
            raise Stale(_("您打开页面以后，这个月的填报或通报变过。请再看一遍还有什么没了，再月结。"))
        _check(sheet, sure)
        content = content_of(sheet, held, today)
        made = ClosingRecord.objects.create(list=held, month=month, on=today, at=at, by_id=who.person_id, content=content,
                                            sha256=hash_of_month(content))
        held.settled_to = month
        held.save(update_fields=["settled_to"])
        entry.about, entry.detail = f"closing:{made.pk}", {
            "month": month, "owed": len(sheet.returns), "accepted": sum(line.accepted for line in sheet.lines),
            "overdue": sum(line.late for line in sheet.lines), "missing": sum(line.missing for line in sheet.lines),
            "returned": sum(line.returned for line in sheet.lines), "bulletin": sheet.bulletin, "sha256": made.sha256}
    return made


def reopen_month(who: Who, at: datetime, list_id: int, closing_id: int, reason: str) -> ClosingRecord:
    """What was settled stays readable as it was; the next settling makes another."""
    with writing(who, "month.reopen", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        closing = ClosingRecord.objects.get(list=held, pk=closing_id)
        if closing.opened_at is not None:
            raise Stale(_("%(month)s已经有人重开过。您写的原因还在下面。") % {"month": period_words(closing.month)})
        if closing.month != held.settled_to:
            words = _("后面的%(month)s已经月结。请从最后一个月起，一个月一个月重开。")
            raise StepRefused({"reason": words % {"month": period_words(held.settled_to)}})
        reason = reason.replace("\0", "").strip()
        if not reason:
            raise StepRefused({"reason": _("没有写重开的原因。请写明哪一份要补报或更正，以后核对要看。")})
        closing.opened_at, closing.opened_by_id, closing.reason = at, who.person_id, reason
        closing.save()
        held.settled_to = ClosingRecord.objects.filter(list=held, opened_at=None).aggregate(last=Max("month"))["last"] or ""
        held.save(update_fields=["settled_to"])
        entry.about, entry.detail = f"closing:{closing.pk}", {"month": closing.month, "reason": reason, "sha256": closing.sha256}
    return closing


def _check(sheet: MonthSheet, sure: bool) -> None:
    """What must be done first is named; what may stay open wants to be seen."""
    open_now = dict(sheet.open)
    if not sheet.is_over:
        words = _("%(month)s还没有过完，%(day)s以后才能月结。")
        raise StepRefused({"all": words % {"month": period_words(sheet.month), "day": day(last_day(sheet.month))}})
    if "in_time" in open_now:
        due = max(each.on_time_until for each in open_now["in_time"])
        words = _("还有%(n)s份没到期，也没有交，最晚的到%(due)s。到期以后再月结，或先催齐。")
        raise StepRefused({"all": words % {"n": len(open_now["in_time"]), "due": day(due)}})
    if "to_accept" in open_now:
        raise StepRefused({"all": _("还有%(n)s份等督查室接收。请先到“审核”里接收或退回，再月结。") % {"n": len(open_now["to_accept"])}})
    if not sure and not sheet.is_clean:
        left = [f"{_(OPEN_WORDS[kind])}{len(these)}" for kind, these in sheet.open] + ([] if sheet.bulletin else [_("通报没有印发")])
        raise StepRefused({"sure": _("还有没了的（%(left)s）。看过了，仍要月结，请勾选下面的一条。") % {"left": "、".join(left)}})
