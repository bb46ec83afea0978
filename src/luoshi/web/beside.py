"""Two people at one form: what is kept now, beside what the second of them typed. In: a form and what is kept. Out: fields that differ, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms


def typed_again(form: forms.Form, revision: int) -> Any:
    """What was typed, as the data of a form made from what is kept now: sent again, it counts."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data[form.add_prefix("revision")] = revision
    return data


def differing(form: forms.Form, kept: Mapping[str, Any]) -> tuple[tuple[Any, Any], ...]:
    """(label, what is kept) of every visible field in which it is not what was typed; choices by their words."""
    found = []
    for field in form.visible_fields():
        value, typed = kept.get(field.name), form.cleaned_data.get(field.name)
        if field.name in kept and _plain(value) != _plain(typed):
            found.append((field.label, _words(form.fields[field.name], value)))
    return tuple(found)


def _plain(value: Any) -> Any:
    """Nothing, however it is written, is nothing; numbers of rows are compared as text."""
    if isinstance(value, list | tuple):
        return sorted(str(each) for each in value)
    return "" if value is None else str(value) if isinstance(value, int) else value


def _words(field: forms.Field, value: Any) -> Any:
    choices = {str(key): words for key, words in getattr(field, "choices", ())}
    if isinstance(value, list | tuple):
        return "、".join(str(choices.get(str(each), each)) for each in value)
    return choices.get(str(value), value)
