"""The head of the unit signs a submitted report「签发」. In: who, which report, the revision seen. Out: `ReportRecord`. Raises NotAllowed, Stale,
ReportRefused."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.actions.report_at_hand import lock_report, step_at_hand, value_problems
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.writing import writing
from luoshi.store.models import ReportRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who


def sign_report(who: Who, at: datetime, today: date, report_id: int, revision: int) -> ReportRecord:
    """With the signature the unit stands for what it says; it goes on to the office."""
    seen, step = step_at_hand(report_id, "sign")
    with writing(who, "report.sign", at, right=step.right, list_id=seen.list_id, organ_id=seen.organ_id) as entry:
        held, report = lock_report(report_id, step, revision)
        _item, problems = value_problems(report, tell_list(held, today))
        if problems:
            raise ReportRefused(problems)
        report.state, report.signed_by_id, report.revision, report.changed_at = step.to, who.person_id, report.revision + 1, at
        report.save()
        entry.about, entry.detail = f"report:{report.pk}", {"state": [step.at, step.to], "revision": report.revision}
    return report
