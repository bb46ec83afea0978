"""The day that pages of a list show: `?on=2019-08-31`. In: a request. Out: a form, a date, and what links carry on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.store.clock import today


class DayForm(forms.Form):
    """Which day the pages of a list show."""

    on = forms.DateField(label=_("统计日"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                         error_messages={"invalid": _("没有这一天，下面显示的是默认的一天。日期写成 2019-09-30 这样。")})


def ask_day(request: Any) -> tuple[DayForm, date]:
    """The day in the address, else the day that pages open at; a day that does not exist is said to be so."""
    form = form_of(request.GET.get("on") or today().isoformat())
    return form, (form.is_valid() and form.cleaned_data["on"]) or today()


def form_of(on: str) -> DayForm:
    """The day as somebody wrote it."""
    return DayForm({"on": on})


def day_query(request: Any, as_of: date) -> str:
    """What links within the list carry on, so that another day stays the day."""
    return on_query(request.GET.get("on", ""), as_of)


def on_query(on: str, as_of: date) -> str:
    """The same from the day as it was asked for."""
    return f"?on={as_of.isoformat()}" if on else ""
