"""What a report asks of leaders becomes a blocker「列为难点」, by one click. In: who, the report. Out: `CaseRecord`; the one that is there, if it is.

Raises NotAllowed, StepRefused."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import CaseRecord, ListRecord, ReportRecord
from luoshi.store.who import Who

TITLE = 60


def raise_from_report(who: Who, at: datetime, today: date, report_id: int) -> CaseRecord:
    """Its words stay as the unit wrote them; category and level are for the office to settle when it checks the matter."""
    with transaction.atomic():
        report = ReportRecord.objects.get(pk=report_id)
        who.must("raise_case", report.organ_id)
        ListRecord.objects.select_for_update().get(pk=report.list_id)
        there = CaseRecord.objects.filter(list_id=report.list_id, kind="blocker", data__report=str(report.pk)).first()
        if there is not None:
            return there
        asks = report.asks.strip()
        if not asks:
            raise StepRefused({"all": _("这份填报没有写请领导协调什么，不能列为难点。请单位先补上。")})
        return open_case(who, at, today, report.list_id, CaseText(
            "blocker", title_of(asks), asks, raised_by_id=report.organ_id, promise_id=report.promise_id,
            data={"category": "other", "level": "city", "asked_for": asks, "report": str(report.pk)}))


def title_of(words: str) -> str:
    """The first sentence; cut where it is long."""
    first = words.replace("；", "。").split("。")[0].strip()
    return first if len(first) <= TITLE else f"{first[:TITLE - 1]}…"
