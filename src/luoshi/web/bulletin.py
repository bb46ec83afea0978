"""一份通报：写得对不对，能不能印发？ Preview in official look, every number with its because; wording, issue, download."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from luoshi.actions.bulletin_content import seal_of
from luoshi.actions.delete_bulletin import delete_bulletin
from luoshi.actions.draft_bulletin import composed
from luoshi.actions.edit_bulletin import edit_bulletin
from luoshi.actions.issue_bulletin import fonts_folder, issue_bulletin
from luoshi.actions.stale import Stale
from luoshi.publish.bulletin_changes import changes_since
from luoshi.publish.bulletin_document import SAMPLE, bulletin_document
from luoshi.publish.bulletin_edit import LONGEST, CannotReword
from luoshi.publish.bulletin_json import bulletin_from_json
from luoshi.publish.official import NOT_NUMBERED
from luoshi.publish.official_docx import official_docx
from luoshi.publish.official_typst import official_pdf
from luoshi.store.clock import now, today
from luoshi.store.queries.bulletins import the_bulletin
from luoshi.store.queries.lists import the_list
from luoshi.web.bulletin_view import edited_passages, shown_annexes, shown_passages
from luoshi.web.guard import page

KINDS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


@page("see_lists")
def bulletin(request: Any, list_id: int, bulletin_id: int) -> HttpResponse:
    """GET shows it; POST rewords a draft around its numbers."""
    record = the_list(request.who, list_id)
    stored = the_bulletin(request.who, list_id, bulletin_id)
    if request.method == "POST":
        return _reworded(request, record, stored)
    return _page(request, record, stored)


@page("issue_bulletin")
def issue(request: Any, list_id: int, bulletin_id: int) -> HttpResponse:
    """Once: a second click or a second person is told that it is done."""
    record = the_list(request.who, list_id)
    stored = the_bulletin(request.who, list_id, bulletin_id)
    try:
        made = issue_bulletin(request.who, now(), today(), list_id, bulletin_id, request.POST.get("seal", ""))
    except Stale as stale:
        stored.refresh_from_db()
        return _page(request, record, stored, status=409, said=str(stale))
    messages.success(request, _now("已印发：%(number)s。内容从此不变；有更正的，另发一期。") % {"number": made.content["issued"]["number"]})
    return redirect("bulletin", list_id=list_id, bulletin_id=bulletin_id)


@page("make_bulletin")
def delete(request: Any, list_id: int, bulletin_id: int) -> HttpResponse:
    """A draft only, as it was seen."""
    record = the_list(request.who, list_id)
    stored = the_bulletin(request.who, list_id, bulletin_id)
    try:
        delete_bulletin(request.who, now(), list_id, bulletin_id, request.POST.get("seal", ""))
    except Stale as stale:
        stored.refresh_from_db()
        return _page(request, record, stored, status=409, said=str(stale))
    messages.success(request, _now("草稿已删：%(title)s。") % {"title": stored.title})
    return redirect("bulletins", list_id=list_id)


@page("see_lists")
def download(request: Any, list_id: int, bulletin_id: int, kind: str) -> Any:
    """A draft is laid out as it stands; an issued one is the very file of its day, checked against its seal."""
    record = the_list(request.who, list_id)
    stored = the_bulletin(request.who, list_id, bulletin_id)
    if kind not in KINDS:
        raise Http404
    if stored.state == "draft":
        laid = bulletin_document(bulletin_from_json(stored.content))
        content = official_docx(laid) if kind == "docx" else official_pdf(laid, fonts_folder())
        name = f"{stored.title}（草稿）.{kind}"
    else:
        file = stored.docx if kind == "docx" else stored.pdf
        content = (Path(settings.MEDIA_ROOT) / file).read_bytes()
        if hashlib.sha256(content).hexdigest() != stored.content["issued"]["sha256"][kind]:
            said = _now("这份文件和印发时的不一样，已停止下载。请系统管理员从备份恢复数据目录里的 %(file)s。") % {"file": file}
            return _page(request, record, stored, status=409, said=said)
        name = f"{stored.content['issued']['number']}　{stored.title}.{kind}"
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=KINDS[kind])


def _reworded(request: Any, record: Any, stored: Any) -> HttpResponse:
    made = bulletin_from_json(stored.content)
    texts = tuple(request.POST.get(f"p{place}", passage.text) if passage.text else "" for place, passage in enumerate(made.passages))
    try:
        edit_bulletin(request.who, now(), record.pk, stored.pk, texts, request.POST.get("seal", ""))
    except CannotReword as wrong:
        return _page(request, record, stored, status=422, texts=texts, faults=wrong.faults)
    except Stale as stale:
        stored.refresh_from_db()
        return _page(request, record, stored, status=409, texts=texts, said=str(stale))
    messages.success(request, _now("文字已存。"))
    return redirect("bulletin", list_id=record.pk, bulletin_id=stored.pk)


def _page(request: Any, record: Any, stored: Any, status: int = 200, said: str = "", texts: tuple[str, ...] = (),
          faults: dict[int, str] | None = None) -> HttpResponse:
    made = bulletin_from_json(stored.content)
    issued = stored.content.get("issued")
    laid = bulletin_document(made, issued["number"] if issued else NOT_NUMBERED, date.fromisoformat(issued["on"]) if issued else None)
    drafting = stored.state == "draft" and request.who.may("make_bulletin")
    changes = changes_since(made, composed(record, made.as_of, made.office)) if record.plan_id else ()
    return render(request, "bulletin/bulletin.html", {
        "list": record, "stored": stored, "bulletin": made, "laid": laid, "said": said, "seal": seal_of(stored.content), "sample": SAMPLE,
        "passages": shown_passages(made, record.pk), "annexes": shown_annexes(made, laid, record.pk), "changes": changes,
        "edited": edited_passages(made, texts, faults or {}) if drafting else (), "longest": LONGEST, "faults": faults,
        "may_issue": stored.state == "draft" and request.who.may("issue_bulletin"),
    }, status=status)


_AT = "lists/<int:list_id>/bulletins/<int:bulletin_id>/"
urlpatterns = [path(_AT, bulletin, name="bulletin"), path(f"{_AT}issue/", require_POST(issue), name="issue_bulletin"),
               path(f"{_AT}delete/", require_POST(delete), name="delete_bulletin"),
               path(f"{_AT}file.<str:kind>", download, name="download_bulletin")]
