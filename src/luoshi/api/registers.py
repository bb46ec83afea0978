"""Registers, series and deliverables, as far as the person may see them. In: a list id, a name, a page. Out: JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Router
from ninja.params.functions import Query

from luoshi.api.answer import answer, write_json
from luoshi.api.figures import ON
from luoshi.api.lists import told_of
from luoshi.api.shapes import RegistersShape, RowsShape
from luoshi.publish.register_rows import RegisterLine, cards_of
from luoshi.store.kept import Kept
from luoshi.store.queries.registers import SeenRegister, names_of, registers_of, see_register
from luoshi.store.queries.story import Told, state_of

router = Router(tags=["台账"])
_written: Kept[bytes] = Kept(settings.KEPT_PAGES // 4, len)
"""Answers as they were written, for those who may see the same rows, until something of the list changes."""
PAGE: Any = Query(1, ge=1, description="第几页")
SIZE: Any = Query(100, ge=1, le=1000, description="每页条数，最多1000")


@router.get("/lists/{int:list_id}/registers", response=RegistersShape, summary="台账、序列和成果清单")
def registers(request: HttpRequest, list_id: int, on: date | None = ON) -> Any:
    """数从哪里算出来。只管本单位的岗位，只计看得到的行，hidden 是看不到的行数。"""
    who = request.auth  # type: ignore[attr-defined]
    who.must("see_registers")
    _, told = told_of(request, list_id, on)
    return answer({"list": list_id, "as_of": told.as_of.isoformat(), "registers": [_register(seen) for seen in registers_of(told, names_of(who))]})


@router.get("/lists/{int:list_id}/registers/{name}", response=RowsShape, summary="一份台账的各行")
def rows(request: HttpRequest, list_id: int, name: str, on: date | None = ON, page: int = PAGE, size: int = SIZE) -> Any:
    """每行是这一天有效的一版，按登记先后排。"""
    who = request.auth  # type: ignore[attr-defined]
    who.must("see_registers")
    record, told = told_of(request, list_id, on)
    names = names_of(who)
    key = (*state_of(record), told.as_of, name, names, page, size)
    return answer(_written.get(key, lambda: write_json(_rows(list_id, told, name, names, page, size))))


def _rows(list_id: int, told: Told, name: str, names: frozenset[str] | None, page: int, size: int) -> dict[str, Any]:
    card = next((card for card in cards_of(told.pack) if card.name == name), None)
    if card is None:
        raise Http404(f"这张清单没有叫“{name}”的台账、序列或成果清单。名称见 /api/v1/lists/{list_id}/registers。")
    seen = see_register(told, card, names)
    shown = seen.lines[(page - 1) * size:page * size]
    return {**_register(seen), "as_of": told.as_of.isoformat(), "page": page, "pages": max(1, -(-len(seen.lines) // size)),
            "lines": [_line(line) for line in shown]}


def _register(seen: SeenRegister) -> dict[str, Any]:
    card = seen.card
    return {"name": card.name, "title": card.title, "kind": card.kind, "supplier": card.supplier, "rows": len(seen.lines), "hidden": seen.hidden,
            "recorded_on": card.recorded.isoformat() if card.recorded else None}


def _line(line: RegisterLine) -> dict[str, Any]:
    now = line.now
    return {"key": line.key, "title": line.title, "cells": dict(now.cells), "on": now.on.isoformat() if now.on else None,
            "recorded_on": now.recorded.isoformat() if now.recorded else None, "supplier": now.supplier, "verification": now.verification,
            "evidence": list(now.evidence), "origin": now.origin, "versions": len(line.versions)}
