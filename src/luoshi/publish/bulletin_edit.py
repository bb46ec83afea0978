"""Rewording a bulletin: only the words around the numbers. In: a bulletin, texts with placeholders. Out: `Bulletin`, or what is wrong.

Every placeholder stays in its paragraph, once; a figure that the system does not know cannot be typed in. Dates may be.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from luoshi.publish.bulletin import Bulletin
from luoshi.publish.bulletin_numbers import PLACEHOLDER
from luoshi.publish.official import Passage
from luoshi.publish.official_words import full_width

LONGEST = 1000
_DATE = re.compile(r"(?:(?:19|20)\d\d年)?(?:1[0-2]|[1-9])月(?:(?:3[01]|[12]\d|[1-9])日)?(?:底|末|前)?|(?:19|20)\d\d年(?!\d)")
"""2019年10月15日 · 10月底 · 2019年"""
_DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)*[%％‰]?")
"""35 · 9.1 · 29.2%"""
_SPELT = re.compile(r"百分之[一二两三四五六七八九十百零点]+|[一二两三四五六七八九十百千万零点]{2,}(?:亿元|万元|亩|家|个|项|个百分点|成|倍)")
"""百分之三十五 · 三十五亿元"""
_ODD = re.compile(r"[{}｛｝]")


class CannotReword(ValueError):
    """「改不了」 Which paragraph (its place in the bulletin, from 0) and why, in Chinese with what to do."""

    def __init__(self, faults: dict[int, str]) -> None:
        super().__init__("；".join(faults.values()))
        self.faults = faults


def reword(bulletin: Bulletin, texts: tuple[str, ...]) -> Bulletin:
    """One text for each paragraph, placeholders in it. Raises CannotReword; nothing is dropped in silence."""
    if len(texts) != len(bulletin.passages):
        raise CannotReword({0: "段落数和草稿对不上。请刷新页面，在新的草稿上再改。"})
    made, faults = [], {}
    for place, (passage, text) in enumerate(zip(bulletin.passages, texts, strict=True)):
        text = full_width(text)
        fault = _fault(bulletin, passage, text)
        if fault:
            faults[place] = fault
        made.append(replace(passage, text=text))
    if faults:
        raise CannotReword(faults)
    return replace(bulletin, passages=tuple(made))


def _fault(bulletin: Bulletin, passage: Passage, text: str) -> str:
    if text == passage.text:
        return ""
    if not text and passage.text:
        return "这一段是空的。不要的话，留一句说明；数字不能丢。"
    if len(text) > LONGEST:
        return f"这一段有{len(text)}字，超过{LONGEST}字。请写短些。"
    return _lost(bulletin, passage, text) or _typed(passage, text)


def _lost(bulletin: Bulletin, passage: Passage, text: str) -> str:
    """Placeholders gone, doubled or foreign."""
    asked, given = Counter(PLACEHOLDER.findall(passage.text)), Counter(PLACEHOLDER.findall(text))
    gone, more = asked - given, given - asked
    if gone:
        names = "、".join(f"{{{key}}}（{bulletin.numbers[int(key) - 1].text}）" for key in gone)
        return f"少了数字{names}。数字不能删改，请把它的记号放回这一段。"
    if more:
        return f"多了记号{'、'.join(f'{{{key}}}' for key in more)}。每个数字的记号只能在原来的段落里出现原来的次数。"
    return "花括号只用来放数字的记号，请去掉别的花括号。" if _ODD.search(PLACEHOLDER.sub("", text)) else ""


def _typed(passage: Passage, text: str) -> str:
    """Figures typed in: those that stood there already (item numbers, dates) may stay."""
    before = Counter(_figures(passage.text))
    typed = list(Counter(_figures(text)) - before)
    return f"“{'、'.join(typed)}”不是系统算出的数。数字只能来自台账和填报，请用文字写，或先改数据。" if typed else ""


def _figures(text: str) -> list[str]:
    bare = _DATE.sub("", PLACEHOLDER.sub("", text))
    return _DIGITS.findall(bare) + _SPELT.findall(bare)
