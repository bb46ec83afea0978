"""The report that somebody acts on, locked, in the state and revision that they saw. In: id, act, revision. Out: list, report, step.

Of two people who act at once the second gets Stale: the list's row is locked first, by every action on its reports.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from luoshi.actions.report_guards import Problems, ReportRefused, falling_problems, settled_problems
from luoshi.actions.report_steps import ReportStep, step_for
from luoshi.actions.stale import Stale
from luoshi.status.stand import Item
from luoshi.store.models import ListRecord, ReportRecord
from luoshi.store.queries.story import Told


def step_at_hand(report_id: int, act: str) -> tuple[ReportRecord, ReportStep]:
    """Before the transaction: whose report it is, and which right the act needs in its state."""
    report = ReportRecord.objects.get(pk=report_id)
    step = step_for(report.state, act)
    if step is None:
        raise Stale(_("这份填报现在是“%(state)s”，不能再做这一步：刚才有人先做了。请看下面的经过。") % {"state": report.get_state_display()})
    return report, step


def lock_report(report_id: int, step: ReportStep, revision: int) -> tuple[ListRecord, ReportRecord]:
    """Inside the transaction: the same report, still in the same state and revision, of a month that is not settled."""
    held = ListRecord.objects.select_for_update().get(reports=report_id)
    report = ReportRecord.objects.select_for_update().get(pk=report_id)
    if report.state != step.at or report.revision != revision:
        raise Stale(_("您打开页面以后，这份填报变过：现在是“%(state)s”。请看清楚现在的内容，再决定。") % {"state": report.get_state_display()})
    if problems := settled_problems(report.period, held.settled_to):
        raise ReportRefused(problems)
    return held, report


def value_problems(report: ReportRecord, told: Told | None) -> tuple[Item | None, Problems]:
    """The line of the board that it is about, and whether its value has meanwhile fallen below what was accepted elsewhere."""
    item = next((i for i in told.items if i.promise.id == report.promise_id), None) if told else None
    return item, falling_problems(report, item) if item else {}
