"""「公文」: one model of an official document, from which the .docx and its PDF twin are laid out. In: nothing. Out: the nouns.

Layout follows GB/T 9704-2012 as described in our own words: we say 按其排版, never 符合. Sizes stand here once, for both twins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["body", "h1", "h2", "h3"]
Align = Literal["left", "center"]

TEXT_WIDTH_MM, LINES, CHARACTERS = 156, 22, 28
PITCH_TWIPS, CELL_TWIPS = 579, 315.86
"""One line: 637.8 pt / 22, in whole twips. One cell: 442.2 pt / 28."""
MARK_POINTS = 62
DOCUMENT_NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,8}〔(19|20)\d{2}〕[1-9]\d*号$")
"""示例督〔2019〕3号"""
NOT_NUMBERED = "（草稿，未编号）"


@dataclass(frozen=True, slots=True)
class Passage:
    """「公文段」 One paragraph. head: the heading, run in before the text where there is any (`（一）总体进展。`)."""

    level: Level
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """「表栏」 A column of an annex's table; millimetres of a table add up to TEXT_WIDTH_MM."""

    title: str
    millimetres: int
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Annex:
    """「附件」 A table on a page of its own. note: below the table, without a final mark."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """「公文」 mark: the red mast; number: 发文字号, or NOT_NUMBERED; title: its lines; addressees: 主送; organ, signed_on: signature;
    remark: 附注, without brackets; copies_to: 抄送; printer, printed_on: 印发机关 and 印发日期.
    attendance: of minutes, 出席 → names: it stands in the place of signature and seal; addressees are empty then."""

    mark: str
    number: str
    title: tuple[str, ...]
    addressees: str
    passages: tuple[Passage, ...]
    annexes: tuple[Annex, ...]
    organ: str
    signed_on: date
    remark: str
    copies_to: str
    printer: str
    printed_on: date
    attendance: tuple[tuple[str, str], ...] = ()

    @property
    def mark_points(self) -> int:
        """As large as the type area allows, at most MARK_POINTS."""
        return min(MARK_POINTS, 420 // max(1, len(self.mark)))

    def annex_label(self, index: int) -> str:
        """附件 for a single one, else 附件1, 附件2."""
        return "附件" if len(self.annexes) == 1 else f"附件{index + 1}"

    def annex_names(self) -> tuple[str, ...]:
        """As the note under the text lists them: the name alone, or 1.name, 2.name."""
        titles = [annex.title for annex in self.annexes]
        return tuple(titles) if len(titles) == 1 else tuple(f"{i}.{title}" for i, title in enumerate(titles, 1))
