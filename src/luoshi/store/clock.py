"""The only place that looks at a clock. In: settings (LUOSHI_TODAY). Out: now, today; everything below takes them as arguments."""

from __future__ import annotations

import os
from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, Asia/Shanghai."""
    return timezone.localtime()


def today() -> date:
    """The day that pages open at: the calendar's, or the fixed day of a demonstration."""
    return fixed_day() or now().date()


def fixed_day() -> date | None:
    """The day at which a demonstration stands still."""
    fixed = os.environ.get("LUOSHI_TODAY")
    return date.fromisoformat(fixed) if fixed else None


def told_at(at: datetime) -> datetime:
    """A moment as pages tell it: what is done in a demonstration after its day is told as of its day, or a report of September 2019 would
    have been accepted years later. Only the telling: what is stored, and the journal, keep the true moment."""
    local, fixed = timezone.localtime(at), fixed_day()
    return datetime.combine(fixed, local.timetz()) if fixed and local.date() > fixed else local
