"""Periods, codes and what is asked, in templates: `{% load reports %}`. In: a period, a line of the board. Out: words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from luoshi.status.stand import Item
from luoshi.store.reporting import asked_of, months_in, period_words
from luoshi.supervision.burden import MONTHS_OF_YEAR, Request
from luoshi.supervision.schedule import Window
from luoshi.web.templatetags.language import month_of_year, zh

register = template.Library()
CASE_PAGES: dict[str, str] = {"slip": "slip", "blocker": "blocker", "change": "change", "contribution": "contribution", "incoming": "incoming"}
_OF = "A-Za-z0-9_.:|%-"
# jiaxing-2019, see_journal, target|100|%, password, op
CODE = re.compile(rf"((?<![A-Za-z0-9])(?:(?=[{_OF}]*[A-Za-z])(?=[{_OF}]*[0-9_|-])[A-Za-z0-9_][{_OF}]+|[a-z]{{2,}}(?![A-Za-z0-9])))")


@register.filter
def period(name: str) -> str:
    """2019-09 → 9月, September; 2019-Q3 → 三季度, quarter 3; 2019-H1 → 上半年, first half; 2019 → 全年, whole year."""
    _, first, last = months_in(name)
    if first == last:
        return month_of_year(first)
    return gettext(period_words(name))


@register.filter
def window_state(window: Window, today: date) -> str:
    """not_open, open, due, grace or late."""
    return window.state_on(today)


@register.filter
def days_to(first: date, last: date) -> int:
    """Whole days from one day to another."""
    return (last - first).days


@register.filter
def case_page(case: Any) -> str:
    """Where a matter is shown."""
    try:
        return reverse(CASE_PAGES[case.kind], args=(case.list_id, case.pk))
    except NoReverseMatch:
        return reverse("my_duties", args=(case.list_id,))


@register.filter
def per_month(request: Request) -> str:
    """Fields a month, with one decimal."""
    return f"{request.fields * request.times / MONTHS_OF_YEAR:.1f}"


@register.filter
def lasted(waited: timedelta) -> str:
    """3天, 5小时, 40分钟: how long something stood, in the largest unit that fits."""
    minutes = int(waited.total_seconds()) // 60
    if minutes >= 1440:
        return ngettext("%(n)s天", "%(n)s天", minutes // 1440) % {"n": minutes // 1440}
    if minutes >= 60:
        return ngettext("%(n)s小时", "%(n)s小时", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s分钟", "%(n)s分钟", minutes) % {"n": minutes}


@register.filter
def asked(item: Item | None) -> str:
    """number, done, or nothing: what a unit types."""
    return asked_of(item) if item else ""


@register.filter
def codes(words: str) -> SafeString:
    """Hashes, ids and names of the program stand out as such; the rest is Chinese or the page's language."""
    parts = CODE.split(words)
    return format_html_join("", "{}", ((format_html("<code>{}</code>", part) if place % 2 else zh(part),) for place, part in enumerate(parts)))
