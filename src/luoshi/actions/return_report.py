"""Send a report back to the unit「退回」, by its head or by the office. In: who, which report, the revision seen, the reason. Out: `ReportRecord`.
Raises NotAllowed, Stale, ReportRefused."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.report_at_hand import lock_report, step_at_hand
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.writing import writing
from luoshi.store.models import ReportRecord
from luoshi.store.who import Who


def return_report(who: Who, at: datetime, report_id: int, revision: int, reason: str) -> ReportRecord:
    """Without a reason nobody knows what to change."""
    seen, step = step_at_hand(report_id, "return")
    with writing(who, "report.return", at, right=step.right, list_id=seen.list_id, organ_id=seen.organ_id) as entry:
        _held, report = lock_report(report_id, step, revision)
        reason = reason.replace("\0", "").strip()
        if not reason:
            raise ReportRefused({"reason": _("没有写退回的原因。请写明哪里不对、要怎么改，填报的人才知道做什么。")})
        report.state, report.reason, report.signed_by = step.to, reason, None
        report.returns += step.right == "accept_report"    # what the head returns stays in the house
        report.revision, report.changed_at = report.revision + 1, at
        report.save()
        entry.about, entry.detail = f"report:{report.pk}", {"state": [step.at, step.to], "revision": report.revision, "reason": report.reason}
    return report
