"""登记一行：这一行怎么填，怎么更正？ A form for one row of a register, new or corrected, with evidence from a file or the camera."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.evidence_kind import EXTENSIONS, MAX_BYTES, EvidenceRefused
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.write_row import newest_of, newest_rows, write_row
from luoshi.pack.as_register import kind_of
from luoshi.pack.register_spec import FREE_FIELDS, FieldSpec, RegisterSpec
from luoshi.register.intake import OWN_TITLES, headed
from luoshi.register.record import fields_of
from luoshi.store.clock import now, today
from luoshi.store.queries.agreed import pack_of
from luoshi.store.queries.intake import may_enter
from luoshi.store.queries.lists import the_list
from luoshi.web.beside import differing
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload

AT_ONCE = 25_000_000


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class RowForm(forms.Form):
    """One field for each column; what a cell may say is decided by the register, with its words."""

    def __init__(self, spec: RegisterSpec, data: Any = None, initial: dict[str, str] | None = None, is_new: bool = True) -> None:
        super().__init__(data, initial={name: (initial or {}).get(title, "") for name, title in columns_of(spec).items()})
        for field in fields_of(spec):
            if field.title not in OWN_TITLES:
                self.fields[field.name] = field_for(field)
        self.fields["papers"] = forms.Field(label=_("佐证文件"), required=False, widget=FilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
                                            help_text=_("照片、PDF、Word、Excel，单份10 MB以内。"))
        self.fields["photo"] = forms.Field(label=_("现场拍照"), required=False, help_text=_("在手机上直接打开相机。"),
                                           widget=FilesInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}))
        self.fields["reason"] = forms.CharField(label=_("理由"), required=False, max_length=500,
                                                help_text=_("有提醒时写为什么无误；没有就不填。") if is_new else _("为什么更正，例如依据的文件。"))
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)


def columns_of(spec: RegisterSpec) -> dict[str, str]:
    """Field name → column title, of what a person fills in."""
    return {field.name: field.title for field in fields_of(spec) if field.title not in OWN_TITLES}


def field_for(field: FieldSpec) -> forms.Field:
    """A list where the column has one; a day's field for a day; words for the rest."""
    options = ("是", "否") if field.type == "boolean" else field.choices or tuple(span.code for span in field.valid)
    hint = "；".join(part for part in (field.note, f"尚未核实：{field.unconfirmed}" if field.unconfirmed else None) if part)
    label = headed(field) + ("*" if field.required else "")
    if options:
        return forms.CharField(label=label, required=False, help_text=hint, widget=forms.Select(choices=[("", "—"), *((o, o) for o in options)]))
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    if field.type == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif field.type in ("integer", "number", "money", "area"):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    elif field.type == "polygon":
        widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, help_text=hint, widget=widget, max_length=4000)


@page("enter_rows")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def new_row(request: Any, list_id: int, name: str) -> HttpResponse:
    """Whoever supplies the register."""
    record = the_list(request.who, list_id)
    spec, entering = may_enter(request.who, record, name)
    initial = {FREE_FIELDS["supplier"]: entering.suppliers[0]} if entering.suppliers else {}
    return _form(request, record, spec, "", initial)


@page("enter_rows")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def correct_row(request: Any, list_id: int, name: str, key: str) -> HttpResponse:
    """A correction is a new version; the old one stays."""
    record = the_list(request.who, list_id)
    spec, entering = may_enter(request.who, record, name)
    row = newest_rows(record, name, [key]).get(key)
    if row is None or not entering.covers(row.get(FREE_FIELDS["supplier"], "")):
        raise Http404
    return _form(request, record, spec, key, {title: text for title, text in row.items()})


def _form(request: Any, record: Any, spec: RegisterSpec, key: str, initial: dict[str, str]) -> HttpResponse:
    form, status = RowForm(spec, request.POST if request.method == "POST" else None, initial, not key), 200
    if request.method == "POST":
        if request.too_large:
            form.add_error("papers", _now("“%(name)s”超过10 MB，没有收。请用手机的“中等大小”发送。") % {"name": request.too_large})
        elif form.is_valid():
            saved = _save(request, record, spec, key, form)
            if saved is not None:
                return saved
        status = 409 if getattr(form, "stale", False) else 422
    newest = newest_of(record, spec.register_name, key) if key else 0
    version = newest if status == 409 else request.POST.get("version") or newest     # what was typed, sent again beside what is kept now, counts
    return render(request, "row_form/row_form.html", {"list": record, "spec": spec, "form": form, "key": key, "version": version,
                                                      "kind": kind_of(pack_of(record), spec.register_name),
                                                      "now_kept": _kept_now(record, spec, key, form) if status == 409 else ()}, status=status)


def _kept_now(record: Any, spec: RegisterSpec, key: str, form: RowForm) -> tuple[tuple[Any, Any], ...]:
    """Columns in which the row says something else now."""
    row = newest_rows(record, spec.register_name, [key]).get(key, {})
    return differing(form, {name: row.get(title, "") for name, title in columns_of(spec).items()})


def _save(request: Any, record: Any, spec: RegisterSpec, key: str, form: RowForm) -> HttpResponse | None:
    cells = {title: str(form.cleaned_data.get(name) or "").strip() for name, title in columns_of(spec).items()}
    files = [(file.name, file.read()) for field in ("papers", "photo") for file in request.FILES.getlist(field)]
    try:
        made = write_row(request.who, now(), today(), record.pk, spec.register_name, cells, key=key,
                         version=int(form.cleaned_data.get("version") or 0), reason=form.cleaned_data["reason"], files=files)
    except StepRefused as refused:
        by_title = {title: name for name, title in columns_of(spec).items()}
        for column, words in refused.problems.items():
            form.add_error(by_title.get(column, column if column in form.fields else None), words)
        return None
    except EvidenceRefused as refused:
        form.add_error("papers", str(refused))
        return None
    except Stale as stale:
        form.add_error(None, str(stale))
        form.stale = True        # type: ignore[attr-defined]
        return None
    messages.success(request, _now("已登记“%(key)s”，等核验。") % {"key": made.key})
    return redirect("record", list_id=record.pk, name=spec.register_name, key=made.key)


AT = "lists/<int:list_id>/registers/<str:name>/"
urlpatterns = [path(f"{AT}new/", new_row, name="new_row"), path(f"{AT}<path:key>/correct/", correct_row, name="correct_row")]
