"""Lights, bars, days and places in templates: `{% load lights %}`. In: nouns of the core. Out: words, classes, SVG."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from luoshi.lexicon.written import number, place_words
from luoshi.pack.indicator_spec import CLASS_WORDS
from luoshi.plan.task import Task
from luoshi.publish.board_html import CSS_CLASSES, source_word, task_leads
from luoshi.publish.board_html import bullet as draw_bullet
from luoshi.publish.explain import headline as write_headline
from luoshi.status.light import STATE_WORDS, State
from luoshi.status.stand import Item

register = template.Library()


@register.filter
def css_class(state: State) -> str:
    """normal → ok: the class that gives a light its shape and colour."""
    return CSS_CLASSES[state]


@register.filter
def word(state: State) -> str:
    """normal → 正常, on track."""
    return gettext(STATE_WORDS[state])


@register.filter
def headline(item: Item) -> str:
    """20 / 21个."""
    return write_headline(item)


@register.filter
def bullet(item: Item, time_share: Decimal | None) -> SafeString:
    """The bar of a line; markupsafe has escaped what it holds."""
    return SafeString(draw_bullet(item, time_share))


@register.filter
def source(item: Item) -> str:
    """What the figure rests on, in a word."""
    return gettext(source_word(item))


@register.filter
def class_words(item: Item) -> str:
    """A 台账计算, A from registers."""
    if item.binding is None:
        return gettext("未定")
    words = f"{item.binding.figure_class} {gettext(CLASS_WORDS[item.binding.figure_class])}"
    return words + gettext("（现为填报数）") if item.value_from == "reported" else words


@register.filter
def leads(task: Task) -> str:
    """市自然资源和规划局 等3家."""
    return task_leads(task)


@register.filter
def task_ref(task: Task) -> str:
    """How an address names a task: by its number, else by its id."""
    return task.no or task.id


@register.filter
def place(written: str) -> str:
    """table 1 row 3 column 2 → 表1第3行第2列."""
    return place_words(written)


@register.filter
def minus_or_plus(value: Decimal | int) -> str:
    """+3, −1: a minus sign, not a hyphen."""
    return f"+{number(Decimal(value))}" if value > 0 else f"−{number(-Decimal(value))}"


@register.filter
def amount(value: Decimal | None, decimals: int = 4) -> str:
    """A number with separators; — where there is none."""
    return "—" if value is None else number(value, decimals)
