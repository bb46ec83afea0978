"""办一步：这一行走到下一阶段、核验，还是停用？ What somebody may do with a row: its next stage, a verification, taking it out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.evidence_kind import EXTENSIONS, MAX_BYTES, EvidenceRefused
from luoshi.actions.move_row import STAGE, Move, move_row
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.verify_rows import retire_row, verify_rows
from luoshi.actions.write_row import newest_of, newest_rows
from luoshi.pack.register_spec import FREE_FIELDS, RegisterSpec
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.store.clock import now, today
from luoshi.store.queries.entering import entering_of
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.verifying import verifying_of
from luoshi.store.who import Who
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload


def acts_on(who: Who, spec: RegisterSpec, supplier: str) -> tuple[bool, tuple[str, ...]]:
    """Whether the person may move, correct and retire the row; to which levels they may verify it."""
    entering, verifying = entering_of(who, spec), verifying_of(who, spec)
    covered = verifying.suppliers is None or supplier.removeprefix("示例") in verifying.suppliers
    return bool(entering and entering.covers(supplier)), verifying.levels if covered else ()


@page("see_registers")
@limited_upload(lambda: MAX_BYTES, lambda: 25_000_000)
def row_step(request: Any, list_id: int, name: str, key: str) -> HttpResponse:
    """`do`: move, verify or retire. Whoever may do none of them does not find the page."""
    record = the_list(request.who, list_id)
    spec = the_spec(record, name)
    row = newest_rows(record, name, [key]).get(key)
    may_write, levels = acts_on(request.who, spec, (row or {}).get(FREE_FIELDS["supplier"], ""))
    if row is None or not (may_write or levels):
        raise Http404
    problems, status = {}, 200
    if request.method == "POST":
        try:
            _do(request, record, spec, key)
            return redirect("record", list_id=list_id, name=name, key=key)
        except StepRefused as refused:
            problems, status = refused.problems, 422
        except EvidenceRefused as refused:
            problems, status = {"evidence": str(refused)}, 422
        except Stale as stale:
            problems, status = {"all": str(stale)}, 409
    stage = row.get(STAGE, "")
    ways = [one for one in spec.transitions if one.source == stage] or [one for one in spec.transitions if not stage]
    return render(request, "row_step/row_step.html", {
        "list": record, "spec": spec, "key": key, "title": row.get(_title_of(spec), key), "row": row, "stage": stage, "ways": ways,
        "others": [one for one in spec.stages if one != stage and one not in {way.to for way in ways}], "may_write": may_write,
        "levels": [(level, VERIFICATION_WORDS[level]) for level in levels], "problems": problems, "typed": request.POST,
        "today": today().isoformat(), "version": newest_of(record, name, key), "accept": ",".join(EXTENSIONS)}, status=status)


def _title_of(spec: RegisterSpec) -> str:
    return next(field.title for field in spec.fields if field.name == spec.row_title)


def _do(request: Any, record: Any, spec: RegisterSpec, key: str) -> None:
    do, form = request.POST.get("do", ""), request.POST
    if request.too_large:
        raise StepRefused({"evidence": _("“%(name)s”超过10 MB，没有收。请用手机的“中等大小”发送。") % {"name": request.too_large}})
    files = [(file.name, file.read()) for field in ("papers", "photo") for file in request.FILES.getlist(field)]
    if do == "move":
        version = form.get("version", "")
        move = Move(form.get("to", ""), _day(form.get("on", "")), int(version) if version.isdecimal() else 0, form.get("evidence", "").strip()[:400],
                    form.get("reason", "")[:500], files)
        move_row(request.who, now(), today(), record.pk, spec.register_name, key, move)
        messages.success(request, _("已走到“%(stage)s”，等核验。") % {"stage": move.to})
    elif do == "verify":
        level = form.get("level", "")
        if level not in VERIFICATION_WORDS:
            raise StepRefused({"level": _("请选核验的结果。")})
        verify_rows(request.who, now(), today(), record.pk, spec.register_name, [key], level, form.get("reason", "")[:500], files)
        messages.success(request, _("已记为“%(level)s”。") % {"level": VERIFICATION_WORDS[level]})
    elif do == "retire":
        retire_row(request.who, now(), today(), record.pk, spec.register_name, key, form.get("reason", "")[:500])
        messages.success(request, _("已停用，不再计入任何数；各个版本都还在。"))
    else:
        raise StepRefused({"all": _("没有选要办哪一步。")})


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise StepRefused({"on": _("这不是一个日期。请写成 2019-09-30 这样。")}) from error


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/<path:key>/step/", row_step, name="row_step")]
