"""Numbers of a text with the words beside them, before anybody decides which are promises.

In: `Wording`. Out: `Figure` in text order, each with its kind of neighbourhood: which verb, comparator and direction.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luoshi.compiler.wording import Wording
from luoshi.lexicon.comparator import AFTER, ARRIVING, BEFORE, FALLING, RISING, Mode, Op, comparator_after, comparator_before
from luoshi.lexicon.numeral import parse_numeral
from luoshi.lexicon.quantity import NUMBERS, UNIT
from luoshi.lexicon.verb import PASSING, WITH_OBJECT
from luoshi.lexicon.worded import WORDED, spelled

_TAIL = "|".join(sorted(AFTER, key=len, reverse=True))
# 达到260万元以上 · 600—800座 · 5%—5.5%
_DIGITS = re.compile(
    rf"{NUMBERS}(?:[多余]?(?P<unit>{UNIT}))?"
    rf"(?P<tail>{_TAIL})?(?P<all>全覆盖)?"
)
_RATIO = re.compile(rf"(?P<one>\d+(?:\.\d+)?)(?P<rest>[：:]\d+(?:\.\d+)?)(?![\d：:])(?P<tail>{_TAIL})?")  # 1：1 · 2.5：1以内
_RATIO_WORDS = ("按", "按照", "比", "比例", "以")
_KINDS: dict[str, str] = {
    **dict.fromkeys(PASSING, "passing"),
    **dict.fromkeys(WITH_OBJECT, "verb"),
    **dict.fromkeys(RISING, "rising"),
    **dict.fromkeys(FALLING, "falling"),
    **dict.fromkeys(ARRIVING, "arriving"),
    **dict.fromkeys(BEFORE, "comparator"),
}
_ENDS = ("，", "。", "；", "、", "）", "\n", ",", "")
_OF_A_YEAR = frozenset("上去今明当前0123456789")
# last character → lengths of the words that end in it, the longest first
_SIZES = {last: sorted({len(word) for word in _KINDS if word[-1] == last}, reverse=True) for last in {word[-1] for word in _KINDS}}
_MEASURES = ("元", "天", "年", "岁", "小时", "分钟", "工作日", "分", "位", "个月")
_SHARES = ("%", "‰", "百分点", "个百分点", "个基点", "基点", "倍", "成", "个点", "番")
# 提升100所学校 is work on a hundred schools, 提升3个百分点 and 提高30元 are growth
_GROWS_ONLY_MEASURES = frozenset(("提高", "提升", "扩大", "翻", "上升", "回升", "升高", "增效", "再提高", "再提升", "增高", "精简"))


@dataclass(frozen=True, slots=True)
class Figure:
    """「数字」 start, end: number, unit and tail (以上); begin: with the verb or comparator directly before it; lead: with all
    known words before it (分别, 力争).

    value, value2, unit as written; unit is empty where none was read. words: kind → word directly before.
    whole: the words for a number without digits (全覆盖, 一半, 三百名), how: their kind, as in `lexicon.worded.Spelled`.
    exact: False where the number has no finite value (三分之二): value is then rounded, 0 where nobody can say (数百家).
    """

    lead: int
    begin: int
    start: int
    end: int
    value: Decimal
    value2: Decimal | None
    unit: str
    tail: str
    words: dict[str, str]
    whole: str = ""
    how: str = ""
    exact: bool = True

    @property
    def is_share(self) -> bool:
        """「比例」 measured in percent, points or times."""
        return self.unit in _SHARES

    @property
    def op(self) -> Op:
        """「比较」 as written: 达到 is `=`."""
        if self.value2 is not None:
            return "range"
        tail = comparator_after(self.tail)
        return tail or comparator_before(self.words.get("comparator", "")) or "="

    @property
    def mode(self) -> Mode:
        """「方向」 growth from a base, fall from it, or a level."""
        rising, falling = self.words.get("rising"), self.words.get("falling")
        measured = self.is_share or self.unit.endswith(_MEASURES) or "/" in self.unit
        if rising and (measured or rising not in _GROWS_ONLY_MEASURES):
            return "increase"
        if falling and (measured or falling not in _GROWS_ONLY_MEASURES):
            return "decrease"
        return "level"


def figures_in(wording: Wording) -> list[Figure]:
    """「数字」 Every number of the text, dates and names among them."""
    digits = list(_digits(wording))
    words = list(_worded(wording))
    if not words:
        return digits
    taken = [(figure.start, figure.end) for figure in digits]
    figures = digits + [figure for figure in words if not any(a <= figure.start < b for a, b in _near(taken, figure.start))]
    return sorted(figures, key=lambda figure: figure.start)


def _near(taken: list[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    i = bisect_right(taken, (at, at))
    return taken[max(0, i - 1) : i + 1]


def _digits(wording: Wording) -> Iterator[Figure]:
    flat, raw = wording.flat, wording.raw
    read_to = 0
    for found in _DIGITS.finditer(flat):
        start, end = found.span()
        if start < read_to or _is_numbered(wording, found):
            continue
        lead, begin, words = words_before(flat, start)
        ratio = _ratio(flat, found, words)
        if ratio:
            read_to = ratio.end()
            unit = raw[ratio.start("rest") : ratio.end("rest")]
            yield Figure(lead, begin, start, read_to, parse_numeral(ratio["one"]), None, unit, ratio["tail"] or "", words)
            continue
        unit = raw[found.start("unit") : found.end("unit")] if found["unit"] else ""
        high = parse_numeral(found["high"]) if found["high"] else None
        low = parse_numeral(found["low"])
        if high is not None and high <= low:
            high = None
        if words.get("arriving") == "为" and flat[end : end + 1] not in _ENDS and not unit.endswith("%"):
            del words["arriving"]  # 为200名老人: 为 is "for"
            begin += flat.startswith("为", begin)
        yield Figure(lead, begin, start, end, low, high, unit, found["tail"] or "", words)


def _ratio(flat: str, found: re.Match[str], words: dict[str, str]) -> re.Match[str] | None:
    if flat[found.end("low") : found.end("low") + 1] not in ("：", ":"):
        return None
    ratio = _RATIO.match(flat, found.start())
    meant = ratio and (
        ratio["tail"]
        or words.keys() & {"comparator", "arriving"}
        or flat[max(0, found.start() - 3) : found.start()].endswith(_RATIO_WORDS)
        or flat.startswith(("比例", "的比例"), ratio.end())
    )
    return ratio if meant else None


def _is_numbered(wording: Wording, found: re.Match[str]) -> bool:
    """「序号」 3．2020年底前: the number of a paragraph and a year, no decimal."""
    dot = wording.flat.find(".", found.start("low"), found.end("low"))
    if dot < 0 or not (wording.raw[dot] == "．" or found.end("low") - dot == 5):
        return False
    return wording.flat[found.start() - 1 : found.start()] in ("", "\n", "。", "）", "：", " ", "\t")


def _worded(wording: Wording) -> Iterator[Figure]:
    flat = wording.flat
    for found in WORDED.finditer(flat):
        said = spelled(found, flat)
        if said is None:
            continue
        start, end = found.span()
        lead, begin, words = words_before(flat, start)
        if found["doubled"]:
            words["rising"] = "翻"
        unit = wording.raw[found.start("unit") : found.end("unit")] if found["unit"] else said.unit
        value, exact = said.value if said.value is not None else said.nearly, said.value is not None
        yield Figure(lead, begin, start, end, value, None, unit, said.tail, words, found.group(), said.kind, exact)


def words_before(flat: str, at: int) -> tuple[int, int, dict[str, str]]:
    """「邻词」 The chain of known words that ends at a place: 分别增长不低于|5%. Returns where the chain begins, where its first
    word that says something begins, and the words by kind."""
    words: dict[str, str] = {}
    begin = at
    for _ in range(4):
        if flat[at - 1 : at] == " ":
            at -= 1
        word, kind = _word_before(flat, at)
        if not kind or ("verb" in words and kind != "comparator"):
            break
        at -= len(word)
        words.setdefault(kind, word)
        if kind != "passing":
            begin = at
    return at, begin, words


def _word_before(flat: str, at: int) -> tuple[str, str]:
    for size in _SIZES.get(flat[at - 1 : at], ()):
        word = flat[max(0, at - size) : at]
        kind = _KINDS.get(word)
        if kind and not (word[0] == "年" and flat[at - size - 1 : at - size] in _OF_A_YEAR):
            return word, kind  # 较上年|增长 is no 年增长
    return "", ""
