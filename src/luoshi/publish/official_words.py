"""Words of official documents: numbers, rates, punctuation, lines of a title, places of a signature. In: values. Out: text.

Numbers follow GB/T 15835-2011: Arabic, no separators, only 万 and 亿 as scale words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

TITLE_CELLS, MOST_TITLE_LINES = 18, 4
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_BESIDE_HAN = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:()?!]|[,;:()?!](?=[\u4e00-\u9fff“《（])")
"""落实,再 · 督查(一)"""
_UNBREAKABLE = re.compile(r"《[^》]*》|“[^”]*”|[\d.]+[年月日个项家亩%万亿]*|关于|进展|情况|通报|重点|工作")
"""2019年 · 《办法》"""
_WORD_ENDS = re.compile(r"(?<=[省市县区])(?!场)|(?=(?:19|20)\d\d年)|(?=落实|推进|建设|实施|重点|进展)|(?<=关于)|(?<=工作)|(?<=部署)|(?<=区建设)")
"""嘉兴市|落实大湾区建设部署|2019年"""


def plain_number(value: Decimal, decimals: int) -> str:
    """6000; 14350 → 1.435万; 352.70 → 352.7. Rounded half up."""
    value = rounded(value, decimals)
    for scale, word in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        if abs(value) >= scale:
            return f"{(value / scale).normalize():f}{word}"
    return f"{value.normalize():f}" if value else "0"


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def rates(parts: Iterable[int], whole: int) -> tuple[str, ...]:
    """Shares in percent, one decimal; 60% instead of 60.0% only where every share of the sentence is whole."""
    exact = [Decimal(part) * 100 / whole if whole else Decimal(0) for part in parts]
    shown = [share.quantize(Decimal("0.1"), ROUND_HALF_UP) for share in exact]
    if all(share == share.to_integral_value() for share in shown):
        return tuple(f"{share:.0f}%" for share in shown)
    return tuple(f"{share}%" for share in shown)


def full_width(text: str) -> str:
    """Half-width marks beside Chinese characters become full-width; line ends and control characters become nothing."""
    text = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return _BESIDE_HAN.sub(lambda mark: _WIDE[mark[0]], text)


def cells(text: str) -> float:
    """Width on the grid: a Chinese character or mark takes one cell, a digit or letter half of one."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def signature_cells(organ: str, day: str) -> tuple[float, float]:
    """How far from the right organ and date end, sealed: the date four cells, the organ centred over it."""
    organ_right, day_right = 4 + (cells(day) - cells(organ)) / 2, 4.0
    more = max(0.0, -organ_right)
    return organ_right + more, day_right + more


def title_lines(title: str) -> tuple[str, ...]:
    """A title in lines of at most TITLE_CELLS cells: broken between words, shaped as trapezoid or diamond, never as an hourglass."""
    count = ceil(cells(title) / TITLE_CELLS)
    if count <= 1:
        return (title,)
    best: tuple[float, tuple[str, ...]] | None = None
    for lines in range(count, MOST_TITLE_LINES + 1):
        for split in _splits(title, lines):
            score = _shape(split) + sum(0 if _is_word_end(title, at) else 20 for at in _places(split)) + 30 * (lines - count)
            if best is None or score < best[0]:
                best = score, split
        if best:
            return best[1]
    return tuple(title[i:i + TITLE_CELLS] for i in range(0, len(title), TITLE_CELLS))


def _splits(title: str, lines: int) -> Iterable[tuple[str, ...]]:
    if lines == 1:
        if cells(title) <= TITLE_CELLS + 2:
            yield (title,)
        return
    whole = [match.span() for match in _UNBREAKABLE.finditer(title)]
    for at in range(2, len(title) - 1):
        if cells(title[:at]) > TITLE_CELLS + 2:
            return
        if title[at] in "的和与及等了、，》”）" or title[at - 1] in "《“（、" or any(start < at < end for start, end in whole):
            continue
        for rest in _splits(title[at:], lines - 1):
            yield (title[:at], *rest)


def _places(split: tuple[str, ...]) -> Iterable[int]:
    at = 0
    for line in split[:-1]:
        at += len(line)
        yield at


def _is_word_end(title: str, at: int) -> bool:
    return any(match.start() == at for match in _WORD_ENDS.finditer(title))


def _shape(split: tuple[str, ...]) -> float:
    widths = [cells(line) for line in split]
    mean = sum(widths) / len(widths)
    hourglass = len(widths) == 3 and widths[1] < min(widths[0], widths[2])
    return sum((w - mean) ** 2 for w in widths) + (50 if widths[-1] < 4 else 0) + (30 if hourglass else 0) + (5 if len(set(widths)) == 1 else 0)
