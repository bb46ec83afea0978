"""The form of one task, measure, target or milestone, for the pages that change and add them. In: its kind, texts. Out: a form.

What a field may hold is the plan's to say (plan/fields.py): the form only asks.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from luoshi.plan.edit import BadEdit, Values
from luoshi.plan.fields import CHOICES, FIELDS, NAMES
from luoshi.publish.step_words import CHOICE_WORDS

HINTS = {"value": "只写数，例如 1450", "value2": "比较方式选“区间”时才填", "unit": "照原文写，例如 亿元、个、%", "due": "没有期限就空着",
         "condition": "一项要满足什么才算数，例如 可开发空间1万亩以上", "metric": "数的是什么，或量的是什么"}
LONG = ("goal", "text", "metric", "condition")


def noun_form(kind: type, data: Any = None, initial: dict[str, str] | None = None) -> forms.Form:
    """Every field that can be changed; none is required here, so that the plan's own words refuse."""
    form = forms.Form(data, initial=initial)
    for field in FIELDS[kind]:
        form.fields[field] = _field(field)
    return form


def _field(name: str) -> forms.Field:
    label, hint = _(NAMES[name]), _(HINTS[name]) if name in HINTS else ""
    if name in CHOICES:
        return forms.CharField(label=label, required=False, help_text=hint,
                               widget=forms.Select(choices=[(choice, _(CHOICE_WORDS[name][choice])) for choice in CHOICES[name]]))
    widget: forms.Widget = forms.TextInput(attrs={"lang": "zh-Hans", "autocomplete": "off"})
    if name in LONG:
        widget = forms.Textarea(attrs={"rows": 2 if name in {"metric", "condition"} else 4, "lang": "zh-Hans"})
    if name == "due":
        widget = forms.DateInput(attrs={"type": "date"})
    if name in {"value", "value2"}:
        widget.attrs["inputmode"] = "decimal"
    return forms.CharField(label=label, required=False, help_text=hint, widget=widget, strip=False)


def values_in(form: forms.Form) -> Values:
    """What was typed, field by field."""
    form.is_valid()
    return tuple((field, form.cleaned_data.get(field, "")) for field in form.fields)


def refuse(form: forms.Form, bad: BadEdit) -> None:
    """The refusal at its field, or above the form."""
    form.is_valid()
    form.add_error(bad.field if bad.field in form.fields else None, str(bad))
