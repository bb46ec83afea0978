"""导入台账：我有一个表，怎么交上去？ Upload rows of a register as Excel or CSV; take the template; the files so far."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.check_rows_of import start_checking
from luoshi.actions.receive_rows import receive_rows
from luoshi.register.intake import MAX_BYTES
from luoshi.store.clock import now, today
from luoshi.store.queries.intake import imports_of, may_enter
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload


class RowsFileForm(forms.Form):
    """One file. What it holds is checked by its content, not by its name."""

    file = forms.FileField(label=_("台账文件"), max_length=1000,
                           help_text=_("xlsx 或 csv，不超过50 MB。先给您看会变什么，您确认以后才入库；原件照原样保存。"),
                           widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
                           error_messages={"required": _("还没有选文件。请选一个按模板填好的表。"), "empty": _("这是空文件，没有内容。请重新选择。")})


@page("enter_rows")
@limited_upload(lambda: MAX_BYTES)
def import_rows(request: Any, list_id: int, name: str) -> HttpResponse:
    """A file that came before leads to what became of it."""
    record = the_list(request.who, list_id)
    spec, entering = may_enter(request.who, record, name)
    form = RowsFileForm(request.POST, request.FILES) if request.method == "POST" else RowsFileForm()
    if request.method == "POST":
        if request.too_large:
            form.add_error("file", _now("“%(name)s”超过50 MB，没有收。请分成几个文件，或只留这本台账的列。") % {"name": request.too_large})
        elif form.is_valid():
            return _received(request, list_id, name, form.cleaned_data["file"])
    return render(request, "import_rows/import_rows.html", {
        "list": record, "spec": spec, "form": form, "imports": imports_of(request.who, record, name), "suppliers": entering.suppliers,
        "key": [field.title for field in spec.fields if field.name in spec.key],
    }, status=422 if form.errors else 200)


def _received(request: Any, list_id: int, source: str, file: Any) -> HttpResponse:
    made, is_new = receive_rows(request.who, now(), list_id, source, file.name, file.read())
    if made.by_id != request.who.person_id and not request.who.sees_all("enter_rows"):
        messages.info(request, _now("这个文件别人已经传过了（内容一模一样），没有再收一次。"))
        return redirect("import_rows", list_id=list_id, name=source)
    if made.state in {"entered", "entering"}:
        messages.info(request, _now("这个文件以前传过，而且已经入库：内容一模一样，没有再入一次，什么都没有变。"))
    elif is_new or made.state != "checking":
        start_checking(request.who, now(), today(), made.pk)
    return redirect("rows_at_hand", list_id=list_id, name=source, import_id=made.pk)


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/import/", import_rows, name="import_rows")]
