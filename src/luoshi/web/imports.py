"""导入：文件交上去了吗，读懂了吗？ Upload a document; the documents of the list so far."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.receive_document import receive_document, too_large
from luoshi.actions.start_reading import start_reading
from luoshi.reading import read
from luoshi.store.clock import now
from luoshi.store.queries.documents import documents_of
from luoshi.store.queries.lists import the_list
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload


class UploadForm(forms.Form):
    """One file. An empty one is kept and refused like every file that cannot be read."""

    file = forms.FileField(label=_("任务清单文件"), allow_empty_file=True, max_length=1000,
                           help_text=_("docx、xlsx、html、txt、pdf、doc、wps，不超过50 MB。原件照原样保存"),
                           error_messages={"required": _("还没有选文件。请选一份任务清单再上传。")})


@page("import_document")
@limited_upload(lambda: read.MAX_BYTES)
def imports(request: Any, list_id: int) -> HttpResponse:
    """A file is kept first and read then: whatever becomes of the reading, the file is there."""
    record = the_list(request.who, list_id)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST":
        if request.too_large:
            form.add_error("file", str(too_large(request.too_large)))
        elif form.is_valid():
            return _received(request, list_id, form.cleaned_data["file"])
    documents = documents_of(request.who, list_id)
    return render(request, "imports/imports.html", {"list": record, "form": form, "documents": documents,
                                                    "may_make_list": request.who.may("make_list")}, status=422 if form.errors else 200)


def _received(request: Any, list_id: int, file: Any) -> HttpResponse:
    document, is_new = receive_document(request.who, now(), list_id, file.name, file.chunks())
    if is_new:
        start_reading(request.who, now(), document.pk)
    else:
        messages.info(request, _now("这份文件以前传过了（%(name)s），没有再存一份。下面就是它。") % {"name": document.name})
    return redirect("import_document", list_id=list_id, document_id=document.pk)


urlpatterns = [path("lists/<int:list_id>/imports/", imports, name="imports")]
