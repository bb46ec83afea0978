"""What is checked before a report moves on. In: the report as it would be. Out: field → what is wrong, in words that help; empty where nothing is.

Raises nothing: `ReportRefused` is for the action that found something.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from luoshi.lexicon.written import day, number
from luoshi.status.stand import Item
from luoshi.store.models import ReportRecord
from luoshi.store.reporting import first_day, is_settled, last_day, month_of, period_words
from luoshi.supervision.schedule import Window

Problems = dict[str, str]


class ReportRefused(Exception):
    """「填报未过」 Something in it must be changed first. problems: field → words; the key `all` belongs to no field."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems


def date_problems(period: str, observed_on: date, today: date) -> Problems:
    """The day that the data are for lies in the period, and not after today."""
    if observed_on > today:
        words = _("数据日期%(on)s还没有到，今天是%(today)s。数据只能报到今天为止，请改成数据截止的那一天。")
        return {"observed_on": words % {"on": day(observed_on), "today": day(today)}}
    first, last = first_day(period), last_day(period)
    if not first <= observed_on <= last:
        words = _("数据日期%(on)s不在%(month)s里。这张表报的是%(first)s到%(last)s的数；别的期间请到那一期的表里填。")
        return {"observed_on": words % {"on": day(observed_on), "month": period_words(period), "first": day(first), "last": day(last)}}
    return {}


def settled_problems(period: str, settled_to: str) -> Problems:
    """Nothing of a settled month moves: its marks are frozen, and a value that comes later would stand beside marks that deny it."""
    if not is_settled(period, settled_to):
        return {}
    words = _("%(month)s已经月结，这一期不再收，也不再改。要补报或更正，请督查室在“月结”里先重开%(month)s。")
    return {"all": words % {"month": period_words(month_of(period))}}


def window_problems(window: Window, today: date, settled_to: str = "") -> Problems:
    """Nothing is filed before its window opens: the period is not over, or nearly so; nor after its month was settled."""
    if settled := settled_problems(window.period, settled_to):
        return settled
    if window.state_on(today) != "not_open":
        return {}
    words = _("%(period)s的还没有到填报时间：%(opens)s起可以填报，%(due)s截止。到时会列在“我的事”里。")
    return {"all": words % {"period": period_words(window.period), "opens": day(window.opens_on), "due": day(window.due_on)}}


def progress_problems(progress: str) -> Problems:
    """A period without a word says nothing."""
    return {} if progress.strip() else {"progress": _("没有写本期做了什么。写一两句；没有进展也请写明为什么，督查室要据此判断。")}


def falling_problems(report: ReportRecord, item: Item) -> Problems:
    """A cumulative value does not fall, unless somebody says why."""
    before = value_to_exceed(report, item)
    if before is None or report.value is None or before.value is None or report.value >= before.value or report.why_lower.strip():
        return {}
    words = _("累计数不会变小：%(on)s接收的是%(before)s，这次是%(now)s。数填错了就改数；确实减少，请在“为何减少”里写明原因。")
    return {"value": words % {"on": day(before.observed_on), "before": number(before.value), "now": number(report.value)}}


def value_to_exceed(report: ReportRecord, item: Item) -> ReportRecord | None:
    """The last accepted report with a value for the same promise, of any unit, up to the day of this one; only where the figure is cumulative."""
    if item.binding is None or item.binding.run != "cumulative":
        return None
    accepted = ReportRecord.objects.filter(list_id=report.list_id, promise_id=report.promise_id, state="accepted", value__isnull=False,
                                           observed_on__lte=report.observed_on)
    return accepted.exclude(pk=report.pk).order_by("-observed_on", "-id").first()
