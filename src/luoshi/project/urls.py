"""Every address, as one literal list of pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from luoshi.api import service
from luoshi.web import (
    board,
    bulletin,
    bulletins,
    evidence,
    health,
    import_document,
    imports,
    journal,
    lists,
    my_duties,
    my_password,
    new_list,
    people,
    person,
    posts,
    record,
    register,
    registers,
    report,
    reviews,
    search,
    set_up,
    sign_in,
    target,
    task,
    tokens,
    units,
)

PAGES = (sign_in, set_up, lists, board, new_list, imports, import_document, people, person, posts, units, tokens, journal, my_password,
         task, target, search, registers, register, record, my_duties, report, reviews, evidence, bulletins, bulletin, health, service)
urlpatterns: list[URLPattern | URLResolver] = [pattern for each in PAGES for pattern in each.urlpatterns]
