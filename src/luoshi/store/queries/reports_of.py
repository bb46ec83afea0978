"""Reads about reports of a task. In: who, a list, its promises, a day. Out: reports that the person may see, newest period first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.store.models import ReportRecord
from luoshi.store.who import Who

SHOWN = 40


@dataclass(frozen=True, slots=True)
class TaskReport:
    """「任务填报」 What the page of a task shows of one report: its words, not its row, so that the page can be kept under them."""

    promise_id: str
    period: str
    organ: str
    was_late: bool
    progress: str
    next_step: str
    asks: str
    state: str

    @property
    def state_words(self) -> str:
        """submitted → 待单位负责人签发"""
        return dict(ReportRecord.STATES)[self.state]


def reports_of(who: Who, list_id: int, promise_ids: Iterable[str], as_of: date) -> tuple[TaskReport, ...] | None:
    """One query; None for those who may see none. Drafts belong to their unit alone; other units' reports are seen by those who may see all."""
    if not who.may("see_reports"):
        return None
    found = ReportRecord.objects.filter(list_id=list_id, promise_id__in=tuple(promise_ids), observed_on__lte=as_of)
    found = found.exclude(state="draft") if who.sees_all("see_reports") else found.filter(organ_id__in=who.organ_ids)
    shown = found.values_list("promise_id", "period", "organ__name", "was_late", "progress", "next_step", "asks", "state")[:SHOWN]
    return tuple(TaskReport(*values) for values in shown)
