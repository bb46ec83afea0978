"""What is reported and what is promised: the words of time around a number.

In: a folded text. Out: `Tenses`, which is asked for a place whether it tells of what was done; the text is read once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from luoshi.lexicon.period import PLAN_END

_DONE = re.compile(  # 已建成3座 · 完成了改造9处
    r"(?=[已去上过以截曾现原目完实新建引改培达突开举取仍尚])(?:已(?!签约|备案|经?纳入|投|脱)|(?<![比较于到由从])(?:去年|上年|上一年)|过去[一二三四五\d]|以来|截至|截止|曾(?!经济)|[仍尚]有|现有|原有|目前|现已"
    r"|(?:完成|实现|新增|建成|引进|改造|培育|达到|突破|开展|举办|取得)了)"
)
# 2018年 of the past, 去年, “十三五”, set against 今年, 全年, 力争, 到2025年: the nearest before the number holds
_CUE = re.compile(
    r"(?=[去上过截“十12今明全年本力确下预])(?:(?P<past>截[至止]|(?<![比较于到由从])(?:去年|上年|上一年)|过去|“?十[一二三四]五”?(?=时期|期间|期末|末|规划|以来|，))"
    r"|(?<![比较以从自与])(?P<year>(?:19|20)\d\d)年(?!基础|以后|起|开始|水平|同期|的(?:[一二三四五六七八九半]|\d))"
    r"|(?P<future>今年(?!以来|前)|明年|(?<![去上\d]年)全年|(?<![\d上])年内|(?<![去上\d])年[底末]|本年度?(?!以来|前)|力争|确保|下一步|预期目标))"
)
# 过去一年，我们… · 2019年，全市…
_REPORTS = re.compile(
    r"^[^。；，\n]{0,12}?(?:过去[的一五几]|[一五几]年来|(?<![比较于到由从])(?:去年|上年)(?![^，。；\n]{1,8}的)|(?<![到至比较])(?P<year>20\d\d)年(?:，|全[市省县区国年]|工作回顾))",
    re.MULTILINE,
)
# 今年要… · 主要预期目标是
_TURNS = re.compile(
    r"今年(?!以来|前)|本年度?(?!以来|前)|新的一年|明年|下一步|下阶段|力争|目标(?:是|为|：)|[，。；](?:我们)?(?:要|将|拟)|到20\d\d年|20\d\d年底?前|计划(?=在|新|于)"
)
# …下降7%。新建…\n牵头单位：… · 。（市水务局牵头）: of an item that somebody answers for, no more than the opening sentence looks back
_WHO = r"[（〔][^（）〔〕\n]{2,200}(?:负责|牵头|配合|参与)[^（）〔〕\n]{0,20}[）〕]"
_ANSWERED = re.compile(rf"[^\n]*(?:{_WHO}[ \t]*$|\n\s*(?:牵头|责任|主办|负责)[^\n：:]{{0,6}}[：:])", re.MULTILINE)
_REVIEW = re.compile(r"^[^\n。；，：]{0,24}(?:工作回顾|发展回顾|工作总结|主要成效|工作成效)[^\n。；，：]{0,6}$", re.MULTILINE)  # 一、2020年工作回顾
# 二、2021年重点任务
_AHEAD = re.compile(r"^[^\n。；，]{0,30}(?:总体要求|目标|部署|安排|任务|重点工作|思路|打算|计划|今年)[^\n。；，]{0,16}$", re.MULTILINE)


class Tenses:
    """「时态」 Where a text reports. year: the year of the list, None where nobody knows it."""

    def __init__(self, flat: str, year: int | None) -> None:
        self._flat = flat
        self._done = [found.start() for found in _DONE.finditer(flat)]
        cues = [(found.start(), _is_past(found, year)) for found in _CUE.finditer(flat)]
        self._cues = [(at, past) for at, past in cues if past is not None]
        self._retold = retold(flat, year)

    def is_done(self, clause_start: int, at: int) -> bool:
        """The words before a place, in its clause, report what was done."""
        return self._flat[at - 1 : at] == "了" or bisect_left(self._done, clause_start) < bisect_left(self._done, at)

    def is_past(self, sentence_start: int, at: int) -> bool:
        """Of the words of time before a place, in its sentence, the nearest is one of the past."""
        i = bisect_left(self._cues, (at, False)) - 1
        return i >= 0 and self._cues[i][0] >= sentence_start and self._cues[i][1]

    def is_retold(self, at: int) -> bool:
        """The place stands in a paragraph or under a heading that reports."""
        i = bisect_right(self._retold, (at, len(self._flat))) - 1
        return i >= 0 and at < max(end for _, end in self._retold[max(0, i - 1) : i + 1])


def _is_past(found: re.Match[str], year: int | None) -> bool | None:
    if found["future"]:
        return False
    if found["year"]:
        return int(found["year"]) < year if year else None
    plan = found["past"].strip("“”")
    return (PLAN_END[plan] < year if year else None) if plan in PLAN_END else True


def retold(flat: str, year: int | None) -> list[tuple[int, int]]:
    """Pieces of a text that report, in order: a paragraph that opens with last year, until it turns to what is to come, and
    everything under a heading like 工作回顾."""
    spans: list[tuple[int, int]] = []
    for found in _REPORTS.finditer(flat):
        named = found["year"]
        if named and (year is None or int(named) >= year):
            continue
        end = flat.find("\n", found.end())
        end = end if end >= 0 else len(flat)
        turn = _TURNS.search(flat, found.end(), end)
        if turn is None and _ANSWERED.match(flat, found.end()):
            stop = flat.find("。", found.end(), end)
            end = stop + 1 if stop >= 0 else end
        spans.append((found.start(), turn.start() if turn else end))
    at = 0
    for found in _REVIEW.finditer(flat):
        if found.start() >= at:
            ahead = _AHEAD.search(flat, found.end())
            at = ahead.start() if ahead else len(flat)
            spans.append((found.start(), at))
    return sorted(spans)
