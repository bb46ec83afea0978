"""Every address, as one literal list of pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from luoshi.api import service
from luoshi.web import (
    add_noun,
    blocker,
    blockers,
    board,
    breakdown,
    bulletin,
    bulletins,
    burden,
    calendar_feed,
    confirm_plan,
    contribution,
    contributions,
    cycles,
    edit_noun,
    evidence,
    export,
    health,
    import_document,
    import_question,
    import_rows,
    imports,
    journal,
    lists,
    my_duties,
    my_password,
    new_list,
    office,
    people,
    person,
    posts,
    record,
    register,
    register_files,
    registers,
    reissue,
    report,
    reviews,
    rows_at_hand,
    same_matters,
    search,
    set_up,
    sign_in,
    slip,
    slips,
    target,
    task,
    tokens,
    units,
)

PAGES = (sign_in, set_up, lists, board, new_list, imports, import_document, reissue, import_question, edit_noun, add_noun, confirm_plan, people,
         person, posts, units, tokens, journal, my_password, task, target, breakdown, export, search, registers,
         import_rows, register_files, rows_at_hand, register, record, my_duties,
         report, reviews, cycles, same_matters, burden, contributions, contribution, calendar_feed, evidence,
         bulletins, bulletin, slips, slip, blockers, blocker, office, health, service)
urlpatterns: list[URLPattern | URLResolver] = [pattern for each in PAGES for pattern in each.urlpatterns]
