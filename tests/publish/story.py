"""The shipped example at 30 September 2019, told once for all tests of a process."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from luoshi.pack.find import find_pack
from luoshi.pipeline import Story, follow
from luoshi.publish.board import Board, make_board
from luoshi.status.stand import Item


@cache
def story(as_of: date = date(2019, 9, 30)) -> Story:
    return follow("jiaxing-2019", as_of)


@cache
def begun_story() -> Story:
    """The same of a city that has no register of listed firms yet: what its units report stands in."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(shutil.copytree(find_pack("jiaxing-2019"), Path(folder) / "jiaxing-2019"))
        (pack / "registers" / "listing" / "rows.example.csv").unlink()
        return follow(pack, date(2019, 9, 30))


def board(as_of: date = date(2019, 9, 30)) -> Board:
    told = story(as_of)
    return make_board(told.plan.document.title, told.as_of, told.year, told.plan.tasks, told.items)


def item(number: str, as_of: date = date(2019, 9, 30)) -> Item:
    return next(i for i in story(as_of).items if i.number == number)
