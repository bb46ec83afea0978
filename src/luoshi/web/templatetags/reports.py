"""Months and what is asked, in templates: `{% load reports %}`. In: a month, a line of the board. Out: words."""

from __future__ import annotations

from django import template

from luoshi.status.stand import Item
from luoshi.store.reporting import asked_of
from luoshi.web.templatetags.language import month_of_year

register = template.Library()


@register.filter
def month(period: str) -> str:
    """2019-09 → 9月, September."""
    return month_of_year(int(period[5:]))


@register.filter
def asked(item: Item | None) -> str:
    """number, done, or nothing: what a unit types."""
    return asked_of(item) if item else ""
