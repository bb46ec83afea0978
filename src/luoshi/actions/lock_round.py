"""Lock a round of judging「锁定评审」: nothing in it changes any more, and what was signed becomes rows of its register. In: who, the round.
Out: how many rows. Raises StepRefused, Stale. Sheets that were not signed count no longer; without one that was, the round comes to nothing.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.fill_sheet import digest_of
from luoshi.actions.round_rows import rows_of_round
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.write_row import bump
from luoshi.actions.writing import writing
from luoshi.register.compare import hold
from luoshi.store.models import FactRecord, RoundRecord
from luoshi.store.queries.rounds import ExpertKnown, RoundAtHand, experts_known, why_tied, with_sheets
from luoshi.store.who import Who


def lock_round(who: Who, at: datetime, today: date, round_id: int, confirmed: bool) -> int:
    """confirmed: whoever locks it knows that some sheets are not signed."""
    with writing(who, "round.lock", at, right="hold_round") as entry:
        record = RoundRecord.objects.select_for_update(of=("self",)).select_related("list").get(pk=round_id)
        if record.locked_at is not None:
            raise Stale(_("这一轮已经锁定。"))
        held = with_sheets(record)
        _bar_tied(held)
        signed = [sheet for sheet in held.sheets if sheet.signed_at is not None and not sheet.barred]
        waiting = [sheet for sheet in held.sheets if sheet.signed_at is None and not sheet.barred]
        if waiting and not confirmed:
            raise StepRefused({"all": _("还有%(n)d张评分表没有签定。锁定以后不能再签，也不计；确实不等了，请勾选确认。") % {"n": len(waiting)}})
        rows = rows_of_round(held, today) if signed else []
        typed = hold(held.spec, rows)
        if len(typed) != len(rows):
            raise StepRefused({"all": _("有的评分表写不进台账“%(title)s”，它的栏目改过了。请系统管理员核对数据包。") % {"title": held.spec.title}})
        FactRecord.objects.bulk_create([FactRecord(
            list=record.list, source=record.source, key=one.record.key, row=dict(one.row), origin=f"评审 {record.title}", recorded_at=at,
            by_id=who.person_id, act="verdict") for one in typed])
        RoundRecord.objects.filter(pk=record.pk).update(locked_at=at, locked_by_id=who.person_id)
        bump(record.list)
        entry.about, entry.list_id = f"round:{record.pk}", record.list_id
        entry.detail = {"register": record.source, "signed": len(signed), "unsigned": len(waiting), "digests": [digest_of(one) for one in signed]}
    return len(rows)


def _bar_tied(held: RoundAtHand) -> None:
    """What was registered about experts since the round began, or since a sheet was signed, counts."""
    known = experts_known(held.record.list, held.rubric)
    for sheet in held.sheets:
        expert, subject = known.get(sheet.judge.person.username.lower(), ExpertKnown()), sheet.subject
        tied = why_tied(sheet.judge.unit, expert, subject)
        if tied and not sheet.barred:
            sheet.barred = tied
            sheet.save(update_fields=["barred"])
