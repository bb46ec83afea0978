"""批量办：这几行一起核验，或者一起改一列？ The rows of a register as a table with boxes: verify several, or set one column of several."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.step_refused import StepRefused
from luoshi.actions.verify_rows import verify_rows
from luoshi.actions.write_row import set_column
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.register.intake import OWN_TITLES, headed
from luoshi.register.record import fields_of
from luoshi.store.clock import now, today
from luoshi.store.queries.entering import entering_of
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.verifying import verifying_of
from luoshi.web.guard import page
from luoshi.web.register import RowsForm, filter_lines, the_register

ROWS = 100
COLUMNS = 4


@page("see_registers")
def rows_table(request: Any, list_id: int, name: str) -> HttpResponse:
    """The filter of the register, and what may be done with the rows that are ticked, all of them or none."""
    record = the_list(request.who, list_id)
    spec = the_spec(record, name)
    told = tell_list(record, today())
    entering, verifying = entering_of(request.who, spec), verifying_of(request.who, spec)
    if told is None or not (entering or verifying.levels):
        raise Http404
    seen = the_register(told, names_of(request.who), name)
    problems: dict[str, str] = {}
    form = RowsForm(request.GET, sorted({line.now.verification for line in seen.lines}))
    found = filter_lines(seen.lines, form.cleaned_data) if form.is_valid() else seen.lines
    if request.method == "POST":
        try:
            return _posted(request, record, name, [line.key for line in seen.lines], [line.key for line in found])
        except StepRefused as refused:
            problems = refused.problems
    rows = Paginator(found, ROWS).get_page(request.GET.get("page"))
    columns = [f for f in fields_of(spec) if f.title not in OWN_TITLES and f.name not in (*spec.key, spec.row_title)]
    shown = [f.title for f in columns][:COLUMNS]
    return render(request, "rows_table/rows_table.html", {
        "list": record, "spec": spec, "form": form, "rows": rows, "found": len(found), "shown": shown, "problems": problems,
        "lines": [(line, [dict(line.now.cells).get(title, "") for title in shown]) for line in rows],
        "picked": set(request.POST.getlist("key")), "typed": request.POST,
        "columns": [(f.title, headed(f)) for f in columns] if entering else [],
        "levels": [(level, VERIFICATION_WORDS[level]) for level in verifying.levels]}, status=422 if problems else 200)


def _posted(request: Any, record: Any, name: str, seen: list[str], found: list[str]) -> HttpResponse:
    """found: what the filter left, of all pages; they are meant where `every` says how many the person saw there."""
    ticked = set(request.POST.getlist("key"))
    keys = [key for key in seen if key in ticked]
    if every := request.POST.get("every"):
        if every != str(len(found)):
            raise StepRefused({"all": _("筛选出来的行刚才变了，现在是%(n)d行。请看清楚再办。") % {"n": len(found)}})
        keys = found
    if not keys:
        raise StepRefused({"all": _("没有选行。请在左边勾选要办的行。")})
    reason = request.POST.get("reason", "")[:500]
    if request.POST.get("do") == "verify":
        level = request.POST.get("level", "")
        if level not in VERIFICATION_WORDS:
            raise StepRefused({"level": _("请选核验的结果。")})
        done = verify_rows(request.who, now(), today(), record.pk, name, keys, level, reason)
        messages.success(request, _("%(n)d行已记为“%(level)s”。") % {"n": done, "level": VERIFICATION_WORDS[level]})
    else:
        column = request.POST.get("column", "")
        if column not in {f.title for f in fields_of(the_spec(record, name)) if f.title not in OWN_TITLES}:
            raise StepRefused({"column": _("请选要改的列。")})
        done = set_column(request.who, now(), today(), record.pk, name, keys, column, request.POST.get("text", "").strip()[:1000], reason)
        messages.success(request, _("%(n)d行的“%(column)s”改好了，等核验。") % {"n": done, "column": column})
    return redirect(request.get_full_path())


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/table/", rows_table, name="rows_table")]
