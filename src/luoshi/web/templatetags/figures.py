"""Figures in templates: `{% load figures %}`. In: a `Figure`, or none. Out: words."""

from __future__ import annotations

from django import template

from luoshi.indicator.figure import Figure
from luoshi.publish.explain import figure_words as write_figure

register = template.Library()


@register.filter
def figure_words(figure: Figure | None) -> str:
    """12.5亿元; — where it is not known."""
    return write_figure(figure) if figure else "—"
