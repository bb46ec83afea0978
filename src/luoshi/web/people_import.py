"""导入人员：一张表，一次把人和岗位建好？ CSV in, every row checked and shown; made only when all are right; each new person gets a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from luoshi.actions.import_people import COLUMNS, PersonRow, import_people, read_people
from luoshi.store.clock import now
from luoshi.web.guard import page

BIGGEST = 500_000


class TableForm(forms.Form):
    """A file, or what was pasted; the preview sends the same text back."""

    file = forms.FileField(label=_("CSV 文件"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}))
    text = forms.CharField(label=_("或者贴在这里"), required=False, strip=False, max_length=BIGGEST, widget=forms.Textarea(attrs={"rows": 8}))

    def content(self) -> bytes:
        """What is to be read."""
        file = self.cleaned_data.get("file")
        return file.read(BIGGEST + 1) if file else str(self.cleaned_data.get("text", "")).encode()

    def clean(self) -> None:
        """One of both, and not too big."""
        file = self.cleaned_data.get("file")
        if not file and not (self.cleaned_data.get("text") or "").strip():
            self.add_error("file", _("请选一个文件，或把表贴在下面。"))
        if file and file.size > BIGGEST:
            self.add_error("file", _("文件太大：一次最多2000行，请分成几个文件。"))


@never_cache
@page("manage_people")
def people_import(request: Any) -> HttpResponse:
    """do=check shows what would become; do=enter makes it. What is entered is read and checked again."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, status=422 if request.method == "POST" else 200)
    content = form.content()
    rows = read_people(content)
    if isinstance(rows, str):
        form.add_error(None, rows)
        return _show(request, form, status=422)
    wrong = sum(bool(row.problems) for row in rows)
    if wrong or request.POST.get("do") != "enter":
        return _show(request, form, rows, wrong, _text(content), 422 if wrong else 200)
    try:
        made = import_people(request.who, now(), rows)
    except (ValueError, IntegrityError):
        form.add_error(None, _now("刚才有别人改过人员或单位，请再查一遍。"))
        return _show(request, form, read_people(content), wrong, _text(content), 409)
    links = [(person, request.build_absolute_uri(f"/invited/{token}/")) for person, token in made]
    return render(request, "people_import/made.html", {"links": links, "posts": len(rows)})


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _show(request: Any, form: TableForm, rows: tuple[PersonRow, ...] | str = (), wrong: int = 0, text: str = "", status: int = 200) -> HttpResponse:
    shown = {"form": form, "rows": rows, "wrong": wrong, "text": text, "columns": COLUMNS}
    return render(request, "people_import/people_import.html", shown, status=status)


urlpatterns = [path("people/import/", people_import, name="people_import")]
