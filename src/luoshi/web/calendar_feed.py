"""日历订阅：手机日历里怎么看到我的事？ A secret address for each person that calendars ask by themselves; and the page that gives it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from luoshi.actions.make_person import hash_of
from luoshi.actions.open_feed import close_feed, open_feed
from luoshi.publish.icalendar import DueDay, write_calendar
from luoshi.store.clock import now, today
from luoshi.store.queries.duties import Todo
from luoshi.store.queries.feed import feed_lists, feed_owner, feed_since
from luoshi.store.reporting import period_words
from luoshi.store.who import Who
from luoshi.web.guard import page
from luoshi.web.templatetags.reports import case_page


@never_cache
@page("file_report")
def calendar(request: Any) -> HttpResponse:
    """The address is in the answer to the POST only: what is kept cannot give it back."""
    made = ""
    if request.method == "POST" and request.POST.get("do") == "close":
        close_feed(request.who, now())
        messages.success(request, _("订阅已停用，原来的地址打不开了。"))
        return redirect("calendar")
    if request.method == "POST":
        made = request.build_absolute_uri(reverse("calendar_feed", args=(open_feed(request.who, now()),)))
    return render(request, "calendar_feed/calendar.html", {"made": made, "since": feed_since(request.who)})


def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Without sign-in, since calendars cannot: whoever knows the address sees what its person owes, and nothing else."""
    who = feed_owner(hash_of(token))
    if who is None or request.method not in {"GET", "HEAD"}:
        raise Http404
    text = write_calendar(_due_days(request, who), _("落实·%(name)s的事") % {"name": who.name}, now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="luoshi.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def _due_days(request: HttpRequest, who: Who) -> Iterator[DueDay]:
    for each in feed_lists(who, today()):
        for todo in each.todos:
            if todo.due is not None:
                yield _todo_day(request, each.record, todo)
        link = request.build_absolute_uri(reverse("my_duties", args=(each.record.pk,)))
        for due, period, many in each.coming:
            title = _("%(period)s填报截止（%(many)s项）") % {"period": period_words(period), "many": many}
            yield DueDay(f"list-{each.record.pk}-{period}-{due}@luoshi", due, title, each.record.title, link)


def _todo_day(request: HttpRequest, record: Any, todo: Todo) -> DueDay:
    assert todo.due is not None
    if todo.report is not None:
        owed = todo.report
        names = {"period": period_words(owed.period), "title": owed.item.title}
        title = _("退回：%(period)s报%(title)s") % names if todo.is_returned else _("%(period)s报：%(title)s") % names
        link = reverse("report", args=(record.pk, owed.item.promise.id, owed.organ_id, owed.period))
        uid = f"report-{record.pk}-{owed.item.promise.id}-{owed.organ_id}-{owed.period}@luoshi"
        return DueDay(uid, todo.due, title, record.title, request.build_absolute_uri(link))
    assert todo.waiting is not None
    case = todo.waiting.case
    title = f"{todo.waiting.kind_words}{case.number}：{case.title}"
    return DueDay(f"case-{case.pk}@luoshi", todo.due, title, todo.waiting.state_words, request.build_absolute_uri(case_page(case)))


urlpatterns = [path("calendar/", calendar, name="calendar"), path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed")]
