"""工作日历：哪天放假，哪天补班，到期日怎么数？ A year's days off and days made up, where they come from, one's own year; counting days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.keep_calendar import CalendarRefused, HolidayText, drop_year, keep_year
from luoshi.actions.stale import Stale
from luoshi.store.clock import now, today
from luoshi.store.queries.calendar import YearShown, the_year
from luoshi.web.case_act import day_field
from luoshi.web.guard import page

USUAL = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
ROWS = 9
SEPARATED = re.compile(r"[\s、，,；;]+")     # 2019-09-29、2019-10-12
FIRST_YEAR, LAST_YEAR = 1990, 2100


class NoticeForm(forms.Form):
    """Which notice states the year; the rows stand below it."""

    reference = forms.CharField(label=_("依据"), max_length=200, help_text=_("通知的名称和文号，照原件写全"),
                                error_messages={"required": _("没有写依据。请写通知的名称和文号。")})
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class HolidayForm(forms.Form):
    """One holiday; an empty row counts for nothing."""

    name = forms.CharField(label=_("假期"), max_length=40, required=False)
    first = day_field(_("放假第一天"), required=False)
    last = day_field(_("放假最后一天"), required=False)
    worked = forms.CharField(label=_("补班的周末"), max_length=100, required=False, widget=forms.TextInput(attrs={"placeholder": "2019-09-29"}))

    def clean_worked(self) -> tuple[date, ...]:
        """Days with marks between them."""
        try:
            return tuple(date.fromisoformat(word) for word in SEPARATED.split(self.cleaned_data["worked"]) if word)
        except ValueError as wrong:
            raise forms.ValidationError(_("日期写成 2019-09-29 这样，几天用、隔开。")) from wrong

    def clean(self) -> None:
        """A row is whole, or empty."""
        typed = self.cleaned_data
        if self.text_wanted() and not self.errors:
            for name in ("first", "last"):
                if not typed.get(name):
                    self.add_error(name, _("这一行没有写全。"))

    def text_wanted(self) -> bool:
        """Whether a day stands in the row: the name alone is only offered."""
        return any(self.cleaned_data.get(name) for name in ("first", "last", "worked"))


HolidayForms = forms.formset_factory(HolidayForm, extra=0, min_num=0, max_num=ROWS + 3, absolute_max=40)


class CountForm(forms.Form):
    """So many working days after a day."""

    since = day_field(_("从哪天起"), _("这一天不算。"))
    days = forms.IntegerField(label=_("几个工作日"), min_value=0, max_value=1000)


@page("see_lists")
def work_calendar(request: Any) -> HttpResponse:
    """?year=2027 another year; ?since=…&days=… counts; POST puts the year in, or (`do=drop`) takes it out."""
    year = _year(request)
    shown = the_year(year)
    notice, rows, status = NoticeForm(initial=_first(shown)), HolidayForms(initial=_rows(shown), prefix="h"), 200
    if request.method == "POST":
        request.who.must("keep_calendar")
        notice, rows = NoticeForm(request.POST), HolidayForms(request.POST, prefix="h")
        status = _posted(request, year, notice, rows)
        if status == 302:
            messages.success(request, _now("%(year)s年的放假安排已存。各张清单的工作日、截止日从现在起照它数；已经写定的期限不变。") % {"year": year})
            return redirect(f"{reverse('work_calendar')}?year={year}")
    return render(request, "work_calendar/work_calendar.html", {
        "shown": shown, "months": shown.months(), "notice": notice, "rows": rows, "years": (year - 1, year + 1),
        "may_keep": request.who.may("keep_calendar"), "count": _counted(request, shown), "is_open": status != 200}, status=status)


def _year(request: Any) -> int:
    asked = request.GET.get("year", str(today().year))
    if not (asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR):
        raise Http404
    return int(asked)


def _first(shown: YearShown) -> dict[str, Any]:
    return {"reference": shown.notice.reference if shown.notice else "", "revision": shown.revision}


def _rows(shown: YearShown) -> list[dict[str, Any]]:
    """The year that counts, to be put right; the usual names, where there is none."""
    known = [{"name": each.name, "first": each.first, "last": each.last, "worked": "、".join(day.isoformat() for day in each.worked)}
             for each in shown.notice.holidays] if shown.notice else [{"name": name} for name in USUAL]
    return [*known, *({} for _n in range(max(ROWS - len(known), 1)))]


def _posted(request: Any, year: int, notice: NoticeForm, rows: Any) -> int:
    """302 where it was done; else the answer's status, and what is wrong stands in the forms."""
    drops = request.POST.get("do") == "drop"
    whole = notice.is_valid() and rows.is_valid()
    if not (whole or (drops and "revision" in notice.cleaned_data)):
        return 422
    revision = notice.cleaned_data["revision"]
    try:
        if drops:
            drop_year(request.who, now(), year, revision)
        else:
            keep_year(request.who, now(), year, notice.cleaned_data["reference"], _texts(rows), revision)
    except Stale as stale:
        typed = request.POST.copy()
        typed["revision"] = str(the_year(year).revision)
        notice.data = typed
        notice.add_error(None, str(stale))
        return 409
    except CalendarRefused as refused:
        for (row, name), words in refused.problems.items():
            (notice if row < 0 else rows.forms[row]).add_error(name, words)
        return 422
    return 302


def _texts(rows: Any) -> tuple[HolidayText, ...]:
    return tuple(HolidayText(place, typed.get("name", ""), typed["first"], typed["last"], typed.get("worked", ()))
                 for place, form in enumerate(rows.forms) if form.text_wanted() for typed in [form.cleaned_data])


def _counted(request: Any, shown: YearShown) -> dict[str, Any]:
    """The form; and the day, with what to know of it."""
    asks = "since" in request.GET
    form = CountForm(request.GET if asks else None, initial={"since": today(), "days": 5})
    if not asks or not form.is_valid():
        return {"form": form}
    since, days = form.cleaned_data["since"], form.cleaned_data["days"]
    reckoned = shown.calendar.after(since, days)
    off = sum(not shown.calendar.is_workday(since + timedelta(n)) for n in range(1, (reckoned.day - since).days + 1))
    return {"form": form, "day": reckoned.day, "since": since, "days": days, "off": off, "unpublished": reckoned.unpublished}


urlpatterns = [path("working-days/", work_calendar, name="work_calendar")]
