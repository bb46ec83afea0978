"""Open an accepted report again「退回重报」. In: who, which report, the revision seen, the reason. Out: `ReportRecord`, back at its unit.
Raises NotAllowed, Stale, ReportRefused."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.accept_report import hash_of
from luoshi.actions.report_at_hand import lock_report, step_at_hand
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.writing import writing
from luoshi.store.models import ReportRecord, SealedReportRecord
from luoshi.store.who import Who


def reopen_report(who: Who, at: datetime, report_id: int, revision: int, reason: str) -> ReportRecord:
    """What was accepted is put aside as it was; its value counts no longer. Issued bulletins do not move."""
    seen, step = step_at_hand(report_id, "reopen")
    with writing(who, "report.reopen", at, right=step.right, list_id=seen.list_id, organ_id=seen.organ_id) as entry:
        held, report = lock_report(report_id, step, revision)
        reason = reason.replace("\0", "").strip()
        if not reason:
            raise ReportRefused({"reason": _("没有写退回重报的原因。请写明接收的内容哪里不对，填报的人才知道改什么。")})
        sealed = SealedReportRecord.objects.create(report=report, snapshot=report.snapshot, opened_by_id=who.person_id, opened_at=at, reason=reason)
        report.state, report.reason, report.signed_by, report.accepted_by, report.snapshot = step.to, reason, None, None, None
        report.revision, report.changed_at, report.returns = report.revision + 1, at, report.returns + 1
        report.save()
        held.facts_version += 1
        held.save(update_fields=["facts_version"])
        entry.about, entry.detail = f"report:{report.pk}", {"state": [step.at, step.to], "revision": report.revision, "reason": reason,
                                                            "sealed": sealed.pk, "snapshot_sha256": hash_of(sealed.snapshot)}
    return report
