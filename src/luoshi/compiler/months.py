"""Pass 9: 三个月内 → a date, counted from the day the document bears. In: `Draft` with due dates. Out: the same, dated; or a finding.

The day is the one that stands alone on a line (2025年3月1日), the last of several. Where there is none, nobody can count.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TypeVar

from luoshi.compiler.draft import Draft, map_holders, tidy
from luoshi.lexicon.numeral import fold, parse_numeral
from luoshi.lexicon.period import months_in
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import holders_of
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task
from luoshi.provenance import Finding
from luoshi.reading.source import Paragraph

# 2025年3月1日 · 二〇二五年三月一日
_DAY = re.compile(r"(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年"
                  r"(?P<month>[\d一二三四五六七八九十]{1,2})月(?P<day>[\d一二三四五六七八九十]{1,3})日")
_DECEMBER = 12
Holder = TypeVar("Holder", Task, Measure)
Dated = TypeVar("Dated", Task, Measure, Target, Milestone)


def count_months(draft: Draft) -> Draft:
    """Date every due that counts months; say so where the document bears no day."""
    counted = [d for task in draft.tasks for holder in holders_of(task) for d in _dues(holder) if _months(d)]
    if not counted:
        return draft
    day = day_of(draft)
    if day is None:
        written = "、".join(dict.fromkeys(f"“{d.written}”" for d in counted))
        return draft.found(Finding("due.counted-from-nowhere", "due.counted-from-nowhere", "warning",
                                   f"{written}从哪一天算起，文件里没有写明（没有找到单独成行的成文日期），所以没有日期，到期不会提醒。请在导入时补上日期。"))

    draft = map_holders(draft, lambda task: _filled(task, day), lambda _, measure: _filled(measure, day))
    return draft.found(Finding("due.counted", "due.counted", "info", f"“几个月内”从文件上的日期{day.isoformat()}算起，请核对。"))


def day_of(draft: Draft) -> date | None:
    """「成文日期」 The day that the document bears."""
    found = [m for block in draft.document.blocks if isinstance(block, Paragraph) if (m := _DAY.fullmatch(fold(tidy(block.text)).strip("（）")))]
    if not found:
        return None
    year, month, day = (int(parse_numeral(found[-1][part].replace("○", "〇"))) for part in ("year", "month", "day"))
    return date(year, month, day) if 1 <= month <= _DECEMBER and 1 <= day <= monthrange(year, month)[1] else None


def _filled(holder: Holder, day: date) -> Holder:
    targets, milestones = (_dated(t, day) for t in holder.targets), (_dated(m, day) for m in holder.milestones)
    return _dated(replace(holder, targets=tuple(targets), milestones=tuple(milestones)), day)


def _dues(holder: Task | Measure) -> list[Due]:
    return [d for d in (holder.due, *(t.due for t in holder.targets), *(m.due for m in holder.milestones)) if d]


def _months(due: Due | None) -> int | None:
    return months_in(fold(due.written).strip("。；，")) if due and not due.date and due.written else None


def _dated(noun: Dated, day: date) -> Dated:
    months = _months(noun.due)
    if not months or noun.due is None:
        return noun
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = min(day.day, monthrange(year, month + 1)[1])
    return replace(noun, due=Due(date(year, month + 1, last).isoformat(), noun.due.written))
