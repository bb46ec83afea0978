"""The two languages of pages; built into every template. In: words, days, months of the core. Out: the page's language, or marked Chinese.

Lists, registers and the core's sentences are Chinese and stay so; on an English page they carry lang="zh-Hans" for screen readers.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from luoshi.lexicon.written import day as write_day
from luoshi.store.clock import told_at

register = template.Library()
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")                               # 总览，
CHINESE_RUN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef](?:[^A-Za-z<>&“”]*[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])?")   # 第3版


def is_english() -> bool:
    """Whether this page is shown in English."""
    return (get_language() or "").startswith("en")


@register.filter
def zh(value: Any) -> Any:
    """Data, or a sentence of the core: Chinese on every page, and marked so on an English one."""
    if not is_english() or not CHINESE.search(str(value)):
        return value
    return format_html('<span lang="zh-Hans">{}</span>', value)


@register.filter
def zh_within(value: Any) -> Any:
    """The same for a sentence in the page's language that names something Chinese: Closed 张三."""
    text = str(value)
    if not is_english() or not CHINESE.search(text):
        return value
    return mark_safe(CHINESE_RUN.sub(lambda run: f'<span lang="zh-Hans">{run[0]}</span>', conditional_escape(text)))


@register.filter
def zh_svg(drawing: Any) -> Any:
    """A picture whose words the core wrote."""
    return SafeString(str(drawing).replace("<svg ", '<svg lang="zh-Hans" ', 1)) if is_english() and CHINESE.search(str(drawing)) else drawing


@register.filter
def fixed(words: Any) -> str:
    """滞后 → behind: a word that the core or the tables always write the same way, for attributes."""
    return gettext(str(words)) if words else str(words or "")


@register.filter
def said(words: Any) -> Any:
    """The same between tags: what has no English is marked as Chinese."""
    return zh(fixed(words))


@register.filter
def day(when: date) -> str:
    """2019年9月30日, 30 September 2019."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}" if is_english() else write_day(when)


@register.filter
def short_day(when: date) -> str:
    """9月30日, 30 September."""
    return f"{when.day} {MONTHS[when.month - 1]}" if is_english() else f"{when.month}月{when.day}日"


@register.filter
def moment(at: datetime) -> str:
    """9月30日 17:00, 30 September, 17:00."""
    at = told_at(at)
    return f"{short_day(at)}{',' if is_english() else ''} {at:%H:%M}"


@register.filter
def full_moment(at: datetime) -> str:
    """2019年9月30日 17:00, 30 September 2019, 17:00."""
    at = told_at(at)
    return f"{day(at)}{',' if is_english() else ''} {at:%H:%M}"


@register.filter
def stamp(at: datetime | None) -> str:
    """2019-09-30 17:00; — where it never was."""
    return f"{told_at(at):%Y-%m-%d %H:%M}" if at else "—"


@register.filter
def truly(at: datetime | None) -> str:
    """The true moment, in a demonstration too: for what machines did."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else "—"


@register.filter
def month_of_year(number: int) -> str:
    """9月, September."""
    return MONTHS[number - 1] if is_english() else f"{number}月"
