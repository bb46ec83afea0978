"""Where every number of a text went: none is dropped in silence.

In: text, the list's year and title. Out: `Accounted` for every run of digits and every Chinese numeral, in text order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from luoshi.compiler.deadlines import deadlines_in
from luoshi.compiler.refusals import Refusal
from luoshi.compiler.targets import sort_out
from luoshi.compiler.wording import Wording

Account = Literal["target", "word"] | Refusal

REASONS: dict[Account, str] = {
    "target": "读成了指标",
    "date": "是日期、期限或年份",
    "name": "是名称、版本或型号的一部分",
    "ordinal": "是序号、编号",
    "condition": "是对象要满足的条件，不是要完成的量",
    "slogan": "在引号里，是口号或名称",
    "past": "说的是已经完成的情况",
    "base": "是基数或计算的单位",
    "formula": "在算式里",
    "places": "是涉及多少个地方，后面另有要完成的量",
    "period": "是持续的年限",
    "rate": "是补助、奖励、收费的标准",
    "word": "是词语里的字，不表示数量",
    "unread": "没有读懂，列入提示",
}
"""Why a number is, or is not, a target: for people."""

# 1,450.5 · 三十五 · ① · Ⅲ
NUMBER_RUN = re.compile(r"\d+(?:[.,]\d+)*|[〇零一二两三四五六七八九十百千万亿]+|[①-⑳]|[Ⅰ-Ⅻ]")
_HEAD = re.compile(r"(?:^|\n)[ \t　（(第]*$")  # （|一）
_TIME = re.compile(r"[ \t]*(?:个)?(?:年|月|日|季度|周|星期|天|小时|分钟|时期|期间|五[”\"]?(?:时期|期间|规划|末))")  # 三|年行动
_NUMBERED = frozenset("第之")
_BEFORE_POINT = frozenset("。；：，（")
_POINT = re.compile(r"[是要]|、|）")  # 一|是


@dataclass(frozen=True, slots=True)
class Accounted:
    """「数的去向」 One number of a text, and what became of it."""

    start: int
    end: int
    account: Account


def account_numbers(text: str, year: int | None = None, title: str = "") -> tuple[Accounted, ...]:
    """「数的去向」 of every number of a text."""
    return tuple(accounts_of(Wording(text, year, title)))


def accounts_of(wording: Wording) -> Iterator[Accounted]:
    """The same for a text that is already cut."""
    deadlines = deadlines_in(wording)
    covered: list[tuple[int, int, Account]] = [(span.start, span.end, "date") for span in deadlines]
    covered += [(figure.start, figure.end, refusal or "target") for figure, refusal in sort_out(wording, deadlines)]
    covered.sort()
    starts = [start for start, _, _ in covered]
    for found in NUMBER_RUN.finditer(wording.flat):
        i = bisect_right(starts, found.start())
        over = [account for _, end, account in covered[max(0, i - 3) : i] if end > found.start()]
        yield Accounted(*found.span(), over[-1] if over else _without_figure(wording, found))


def _without_figure(wording: Wording, found: re.Match[str]) -> Account:
    """A number that no reader took up: numbering, a date that sets no limit, a character of a word."""
    flat, (start, end) = wording.flat, found.span()
    first, last = found.group()[0], flat[start - 1 : start]
    if first.isdigit() or first < "一" or _HEAD.search(flat, max(0, start - 6), start) or last in _NUMBERED:
        return "ordinal"  # of digits only the number of a paragraph is left to it: 3．2020年底前
    if last in _BEFORE_POINT and _POINT.match(flat, end):
        return "ordinal"
    if _TIME.match(flat, end):
        return "date"
    return "slogan" if wording.quoted(start) else "word"
