"""Figures with their light and because. In: a list id, a day. Out: the board of that day as `luoshi.board/1`, or one line of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.params.functions import Query

from luoshi.api.kept import kept_answer
from luoshi.api.lists import told_of
from luoshi.api.shapes import FigureShape, FiguresShape
from luoshi.publish.board import make_board
from luoshi.publish.board_json import board_tree, item_tree
from luoshi.status.stand import Item, without_rows
from luoshi.store.kept import Key
from luoshi.store.queries.registers import is_closed, names_of
from luoshi.store.queries.story import Told, state_of
from luoshi.store.who import Who

router = Router(tags=["数"])
ON: Any = Query(None, description="哪一天的数，YYYY-MM-DD；不写就是今天")
KNOWN: Any = Query(None, description="只用这一天（含）以前登记的事实：当时是怎么说的")


@router.get("/lists/{int:list_id}/figures", response=FiguresShape, summary="某一天的总览")
def figures(request: HttpRequest, list_id: int, on: date | None = ON, known: date | None = KNOWN) -> Any:
    """每一行带数、灯、依据：算法、口径、计入的行、未计入的行及原因。精确的数写成文字。"""
    record, told = told_of(request, list_id, on, known)
    return kept_answer(request, _state(request, record, told, known), lambda: _board(record.title, told, _seen(request, told)))


@router.get("/lists/{int:list_id}/figures/{promise_id}", response=FigureShape, summary="一个数和它的依据")
def figure(request: HttpRequest, list_id: int, promise_id: str, on: date | None = ON, known: date | None = KNOWN) -> Any:
    """promise_id 是指标或节点的编号（id），不是 9.1 那样的行号。"""
    record, told = told_of(request, list_id, on, known)
    item = next((item for item in _seen(request, told) if item.promise.id == promise_id), None)
    if item is None:
        raise Http404(f"没有编号为“{promise_id}”的指标或节点。编号见 /api/v1/lists/{list_id}/targets。")
    return kept_answer(request, (*_state(request, record, told, known), promise_id), lambda: item_tree(item))


def _board(title: str, told: Told, items: tuple[Item, ...]) -> dict[str, Any]:
    return board_tree(make_board(title, told.as_of, told.year, told.plan.tasks, items), items)


def _seen(request: HttpRequest, told: Told) -> tuple[Item, ...]:
    """Every line; the rows of a restricted register only for those who may open them, as on the pages."""
    names = names_of(request.auth)  # type: ignore[attr-defined]
    return tuple(without_rows(item) if is_closed(names, told, item) else item for item in told.items)


def _state(request: HttpRequest, record: Any, told: Told, known: date | None) -> Key:
    """The one thing that differs between people is whether restricted rows are open to them."""
    who: Who = request.auth  # type: ignore[attr-defined]
    return "figures", who.sees_all("see_registers"), *state_of(record), told.as_of, known
