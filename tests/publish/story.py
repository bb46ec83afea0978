"""The shipped example at 30 September 2019, told once for all tests of a process."""

from __future__ import annotations

from datetime import date
from functools import cache

from luoshi.pipeline import Story, follow
from luoshi.publish.board import Board, make_board
from luoshi.status.stand import Item


@cache
def story(as_of: date = date(2019, 9, 30)) -> Story:
    return follow("jiaxing-2019", as_of)


def board(as_of: date = date(2019, 9, 30)) -> Board:
    told = story(as_of)
    return make_board(told.plan.document.title, told.as_of, told.year, told.plan.tasks, told.items)


def item(number: str, as_of: date = date(2019, 9, 30)) -> Item:
    return next(i for i in story(as_of).items if i.number == number)
