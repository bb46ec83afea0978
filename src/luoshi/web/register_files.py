"""台账文件：给我一个空表，或者把现有的行拿走。 The template of a register, and its rows as far as the person sees them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import path

from luoshi.publish.register_sheets import rows_csv, rows_xlsx, template_xlsx
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of, records_at_hand
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day
from luoshi.web.guard import page
from luoshi.web.register import the_register

TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@page("see_registers")
def template(request: Any, list_id: int, name: str) -> HttpResponse:
    """Says nothing about any row: whoever sees registers may take it."""
    spec = the_spec(the_list(request.who, list_id), name)
    return _file(template_xlsx(spec), f"{spec.title}-模板.xlsx", "xlsx")


@page("see_registers")
def export_rows(request: Any, list_id: int, name: str, format: str) -> HttpResponse:
    """The rows in force on the day, as far as the person sees them; personal data is kept digested or masked, and leaves so."""
    record = the_list(request.who, list_id)
    _form, as_of = ask_day(request)
    told = tell_list(record, as_of)
    if told is None or format not in TYPES:
        raise Http404
    spec = the_spec(record, name)
    records = records_at_hand(told, the_register(told, names_of(request.who), name))
    data = rows_xlsx(spec, records) if format == "xlsx" else rows_csv(spec, records)
    return _file(data, f"{spec.title}-{as_of}.{format}", format)


def _file(data: bytes, name: str, format: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=TYPES[format])
    answer["Content-Disposition"] = f"attachment; filename=\"register.{format}\"; filename*=UTF-8''{quote(name, safe='')}"
    answer["Cache-Control"] = "private, no-store"
    return answer


AT = "lists/<int:list_id>/registers/<str:name>/"
urlpatterns = [path(f"{AT}template.xlsx", template, name="register_template"), path(f"{AT}rows.<str:format>", export_rows, name="export_rows")]
