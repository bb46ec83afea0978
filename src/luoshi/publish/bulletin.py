"""「通报」: a bulletin from the data of one day. In: plan, items, an office. Out: `Bulletin`: words around bound numbers.

The words state what the data says, by fixed rules that the text names; nothing is judged that no rule judged before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from luoshi.plan.plan import Plan
from luoshi.publish.board import make_board
from luoshi.publish.bulletin_annexes import annexes_of
from luoshi.publish.bulletin_numbers import PLACEHOLDER, Binder, BoundNumber, braces_away
from luoshi.publish.bulletin_text import Before, ahead, behind, opening, overall, requirements
from luoshi.publish.official import Annex, Level, Passage
from luoshi.publish.official_words import full_width
from luoshi.status.stand import Item

_TAIL = re.compile(r"(?:（[^（）]*）|任务清单|任务分解表|清单|分解表)+$")
"""任务清单（示例，改写）"""
MARK = "督查通报"


@dataclass(frozen=True, slots=True)
class Office:
    """「发文单位」 Who speaks: organ as it signs; mark: the red mast; code: 代字 of the number; addressees: 主送; copies_to: 抄送."""

    organ: str
    code: str
    addressees: str = "各牵头单位"
    copies_to: str = ""
    mark: str = MARK


@dataclass(frozen=True, slots=True)
class Bulletin:
    """「通报」 title, passages and annexes hold placeholders; numbers stand behind them. sample: facts are invented."""

    office: Office
    title: str
    as_of: date
    passages: tuple[Passage, ...]
    annexes: tuple[Annex, ...]
    numbers: tuple[BoundNumber, ...]
    sample: bool

    def filled(self, words: str) -> str:
        """Words with their numbers in."""
        return PLACEHOLDER.sub(lambda match: self.numbers[int(match[1]) - 1].text, words)


def compose_bulletin(list_title: str, plan: Plan, items: tuple[Item, ...], as_of: date, office: Office,
                     previous: Before | None = None, sample: bool = False) -> Bulletin:
    """The draft as the data says it. previous: the day of the bulletin before, and the list's lines on that day."""
    binder = Binder()
    year = plan.document.year or as_of.year
    board = make_board(list_title, as_of, year, plan.tasks, items)
    passages = (*opening(binder, plan, items, as_of, year, braces_away(list_title)), *overall(binder, items, previous),
                *ahead(binder, items), *behind(binder, items, board.worst), *requirements(binder, items))
    annexes = annexes_of(binder, items)
    return Bulletin(office, bulletin_title(list_title), as_of, tuple(_tidy(p) for p in passages), annexes, tuple(binder.bound), sample)


def bulletin_title(list_title: str) -> str:
    """嘉平县2019年重点工作任务清单（试行） → 关于嘉平县2019年重点工作进展情况的通报."""
    subject = braces_away(_TAIL.sub("", list_title.strip())) or "重点工作"
    return full_width(f"关于{subject}{'' if subject.endswith(('工作', '任务', '事项')) else '工作'}进展情况的通报")


def level_of(level: str) -> Level:
    """A level as it was kept. Raises ValueError where it is none."""
    levels: tuple[Level, ...] = ("body", "h1", "h2", "h3")
    found = [each for each in levels if each == level]
    if not found:
        raise ValueError(f"没有“{level}”这一级段落")
    return found[0]


def _tidy(passage: Passage) -> Passage:
    return Passage(passage.level, full_width(passage.head), full_width(passage.text))
