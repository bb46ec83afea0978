"""导入预览：这个文件会改什么，哪几行是错的？ What a file of rows would do; take it in, or send it back; the wrong rows to take away."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.check_rows_of import SHOWN, start_checking
from luoshi.actions.confirm_rows import Taking, confirm_rows, warnings_of
from luoshi.actions.refuse_rows import refuse_rows
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.publish.register_sheets import by_row, refused_xlsx
from luoshi.register.intake import place_of
from luoshi.store.clock import now, today
from luoshi.store.queries.intake import may_enter, the_import, weigh
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = 50
"""Changes and wrong rows that the page shows open; the rest is folded."""


@page("enter_rows")
def rows_at_hand(request: Any, list_id: int, name: str, import_id: int) -> HttpResponse:
    """`do`: take, refuse, check. Whatever is missing is said beside its field, and what was typed stays."""
    record = the_list(request.who, list_id)
    may_enter(request.who, record, name)
    held = the_import(request.who, record, name, import_id)
    if request.method != "POST":
        if "progress" in request.GET and held.state not in {"received", "checking", "entering"}:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return _page(request, record, held)
    try:
        return _posted(request, held)
    except StepRefused as refused:
        return _page(request, record, the_import(request.who, record, name, import_id), refused.problems, 422)
    except Stale as stale:
        return _page(request, record, the_import(request.who, record, name, import_id), {"all": str(stale)}, 409)


def _posted(request: Any, held: Any) -> HttpResponse:
    do, here = request.POST.get("do"), redirect("rows_at_hand", list_id=held.list_id, name=held.source, import_id=held.pk)
    if do == "check":
        start_checking(request.who, now(), today(), held.pk)
        return here
    if do == "refuse":
        refuse_rows(request.who, now(), held.pk, request.POST.get("why", ""))
        messages.success(request, _("没有收这个文件，台账没有变。原件还在。"))
        return redirect("import_rows", list_id=held.list_id, name=held.source)
    version = request.POST.get("version", "")
    taking = Taking(request.POST.get("how", ""), int(version) if version.isdecimal() else -1,
                    {kind: request.POST.get(f"reason:{kind}", "").strip()[:500] for kind in warnings_of(held)})
    confirm_rows(request.who, now(), today(), held.pk, taking)
    return here


def _page(request: Any, record: Any, held: Any, problems: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    spec, _entering = may_enter(request.who, record, held.source)
    found = held.problems.get("found", [])
    warnings = [one for one in found if one["level"] == "warning"]
    kinds = [{"id": kind, "count": held.problems["by_id"][kind], "shown": [w["message"] for w in warnings if w["id"] == kind],
              "reason": request.POST.get(f"reason:{kind}", held.choice.get("reasons", {}).get(kind, "")), "problem": (problems or {}).get(kind)}
             for kind in warnings_of(held)]
    errors = [one for one in found if one["level"] == "error"]
    return render(request, "rows_at_hand/rows_at_hand.html", {
        "list": record, "spec": spec, "held": held, "problems": problems or {}, "kinds": kinds, "first": FIRST, "most": SHOWN,
        "wrong": _by_place(errors), "remarks": [one["message"] for one in found if one["level"] == "info"],
        "how": request.POST.get("how", held.choice.get("how", "")), "why": request.POST.get("why", ""),
        "counts": held.counts, "changed": held.preview.get("changed", []), "added": held.preview.get("added", []),
        "columns": tuple(dict.fromkeys(f[0] for each in held.preview.get("added", [])[:FIRST] for f in each["fields"]))[:5],
        "moving": held.state in {"received", "checking", "entering"},
    }, status=status)


def _by_place(errors: list[dict[str, Any]]) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """Errors by row, those of a whole sheet first."""
    return [(sheet, row, list(ones)) for (sheet, row), ones in groupby(errors, key=lambda one: (one["sheet"], one["row"]))]


@page("enter_rows")
def refused_rows(request: Any, list_id: int, name: str, import_id: int) -> HttpResponse:
    """The wrong rows as they were written, with every reason: corrected, they can be brought in as they are."""
    record = the_list(request.who, list_id)
    spec, entering = may_enter(request.who, record, name)
    held = the_import(request.who, record, name, import_id)
    found = weigh(held, entering, today())
    told = [(place.sheet, place.row, f.message) for f in found.comparison.findings if f.level == "error" and (place := place_of(f))]
    reasons, rows = by_row(told), []
    header = found.intake.sheets[0].header if found.intake.sheets else ()
    for sheet in found.intake.sheets:
        rows += [(sheet.file, row, line, reasons.get((sheet.file, row), "")) for row, line in sheet.rows
                 if (sheet.file, row) in found.comparison.wrong]
    answer = HttpResponse(refused_xlsx(header, rows), content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename=\"wrong-rows.xlsx\"; filename*=UTF-8''{quote(f'{spec.title}-错行清单.xlsx', safe='')}"
    return answer


@page("enter_rows")
def original_rows(request: Any, list_id: int, name: str, import_id: int) -> Any:
    """The file as it came; never by its path, and never run."""
    record = the_list(request.who, list_id)
    may_enter(request.who, record, name)
    held = the_import(request.who, record, name, import_id)
    kept = Path(settings.MEDIA_ROOT) / held.file
    if not kept.is_file():
        raise Http404
    response = FileResponse(kept.open("rb"), as_attachment=True, filename=held.name, content_type="application/octet-stream")
    response["Cache-Control"] = "private, no-store"
    return response


AT = "lists/<int:list_id>/registers/<str:name>/import/<int:import_id>/"
urlpatterns = [path(AT, rows_at_hand, name="rows_at_hand"), path(f"{AT}wrong-rows.xlsx", refused_rows, name="refused_rows"),
               path(f"{AT}original/", original_rows, name="original_rows")]
