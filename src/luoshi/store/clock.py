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
    fixed = os.environ.get("LUOSHI_TODAY")
    return date.fromisoformat(fixed) if fixed else now().date()
