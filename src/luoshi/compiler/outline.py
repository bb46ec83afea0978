"""Running text → its numbered hierarchy: 一、（一）1.（1）①, headings without a number, and what stands under each.

In: paragraphs. Out: `Item`s in text order, each with its heading, its lines and the item it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from luoshi.lexicon.numeral import fold
from luoshi.reading.source import Cell, Paragraph

_CHINESE = r"[一二三四五六七八九十百零〇]{1,4}"
_MARKERS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第{_CHINESE}(?:章|部分|篇|编)[ 、：:]*|{_CHINESE}、[ ]*")),        # 一、优化环境
    (2, re.compile(rf"（{_CHINESE}）[ 、.]*")),                                         # （一）优化环境
    (2.5, re.compile(rf"第{_CHINESE}[条项][ 、：:]*|(?:任务|行动|事项)(?:{_CHINESE}|\d{{1,2}})[ ]*[：:、.][ ]*")),   # 任务一：优化环境
    (3.5, re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,2}[.．、]?(?!\d|%)[ ]*(?=[^\d\s年月日%万亿个家])")),   # 1.1优化环境
    (3, re.compile(r"(?!20\d\d)\d{1,4}(?:[.．、]|[ ]{1,2}(?=[\u4e00-\u9fff]{4})(?![年月日个家项万亿名]))(?!\d)[ ]*")),       # 1.优化环境
    (4, re.compile(r"（\d{1,3}）[ ]*")),                                               # （1）优化环境
    (4.5, re.compile(r"\d{1,2}）[ ]*")),                                               # 1）优化环境
    (5, re.compile(r"[①-⑳][ ]*")),                                                   # ①优化环境
)
_HASHES = re.compile(r"(#{1,6})[ ]+")                                                # ## 优化环境 of markdown
_BULLET = re.compile(r"[-*+●■◆·•][ ]+")                                              # ● 优化环境
# 优化环境|。 · 优化环境|（市教育局负责）
_HEAD_END = re.compile(
    r"[。；！？]|[：:](?=.)|（(?=[^（）]*(?:单位|部门|负责|牵头|落实|配合)[^（）]*）)|[〔［\[【](?=[^〕］\]】]*(?:单位|部门|负责|牵头))"
)
# two items and more in one paragraph: …（1）做好…；（2）完成… · 一是…二是…
_INLINE = re.compile(r"(?:(?<=[。；：:，])|^)(?:（\d{1,2}）|[①-⑳]|[一二三四五六七八九十]{1,2}是(?=[^，。；]))")
_LEAD = re.compile(r"[^。；，：、\d（）“”]{4,24}。(?=.{8})")                               # 做强科技创新。|开展…
UNNUMBERED = 6.5
_LONGEST_HEADING = 40
_COMMA = re.compile(r"[，；：]")                                                        # 以市场需求为导向，
_NUMBER_ALONE = re.compile(r"\d{1,3}[.．、]?")                                          # 3: the cell of a flattened table
# 2024年3月5日
_DATE_ALONE = re.compile(r"(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日")
_TAIL = re.compile(                                                                  # 附件：1.分工表
    rf"{_DATE_ALONE.pattern}$|附\s*件\s*[\d一二三四五六七八九十]*\s*(?:[：:]|$)|[（(]此件|抄送[：:]|（联系|注[：:]|备注[：:]|附[：:]"
)
_NO_HEADING = re.compile(r"[。；，：:！？、]|（.*）$|\d{4}年\d")                            # ends or divides a sentence
_AROUND_NUMBERS = " 、.．：:#-*●■◆·•"


@dataclass(slots=True)
class Item:
    """「文条」 One numbered or headed piece of running text.

    level: 1 for 一、 … 5 for ①, 0 for text before any number. no: the number as printed. head: its heading; None for bare text.
    lines: all text under it, the rest of its first line included, up to the next item. parent: the item above it.
    first: its whole first line, number and all.
    """

    level: float
    no: Cell | None
    head: Cell | None
    first: Cell
    lines: list[Cell] = field(default_factory=list)
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)

    def ancestors(self) -> Iterable[Item]:
        """From the nearest to the widest."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def texts(self) -> list[Cell]:
        """The heading and the lines: all its own words."""
        return ([self.head] if self.head else []) + self.lines


def cut(cell: Cell, start: int, end: int) -> Cell:
    """A piece of a paragraph with its own address, white space at its ends dropped."""
    words = cell.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Cell(words, cell.place, cell.row, cell.column, offset=cell.offset + start)


def read_lines(paragraphs: Iterable[Paragraph]) -> list[Cell]:
    """Every line of every paragraph; row: the number of the line, so that pieces can be told apart."""
    lines: list[Cell] = []
    for paragraph in paragraphs:
        at = 0
        for piece in paragraph.text.splitlines(keepends=True):
            if piece.strip():
                whole = Cell(paragraph.text, paragraph.place, len(lines), 0, offset=paragraph.offset)
                lines.append(cut(whole, at, at + len(piece)))
            at += len(piece)
    return lines


def read_outline(lines: list[Cell], closing: frozenset[int] = frozenset(), title: str = "") -> list[Item]:
    """The items of the text. A line without a number belongs to the item above it; before the first, each is an item of its own.
    closing: numbers of the lines that say who and by when: they belong to what stands above them. title: is no heading."""
    items: list[Item] = []
    number: Cell | None = None
    for line, following in zip_longest(lines, lines[1:]):
        if _NUMBER_ALONE.fullmatch(line.text) and following is not None and line.row not in closing:
            number = line
            continue
        is_said = line.row in closing or line.text == title
        level, length = (3.0, 0) if number else (0.0, 0) if is_said else _level(line, following, closing)
        if level:
            items.append(_headed(line, level, length, number))
        elif items and (line.row in closing or items[-1].level) and not _is_tail(line, following):
            items[-1].lines.append(line)
        else:
            items.append(_bare(line))
        number = None
    return _link(items)


def split_by_lead(items: list[Item]) -> list[Item]:
    """Paragraphs of a report that open with a short sentence (做强科技创新。…) are items of their own, where there are two and more."""
    whole: list[Item] = []
    for item in items:
        led = [line for line in item.lines if _LEAD.match(line.text)]
        if item.children or len(led) < 2 or len(led) * 2 < len(item.lines):
            whole.append(item)
            continue
        kept = Item(item.level, item.no, item.head, item.first)
        whole.append(kept)
        for line in item.lines:
            found = _LEAD.match(line.text)
            if found:
                rest = cut(line, found.end(), len(line.text))
                whole.append(Item(UNNUMBERED, None, cut(line, 0, found.end() - 1), line, [rest] if rest.text else []))
            else:
                whole[-1].lines.append(line)
    for item in whole:
        item.parent, item.children = None, []
    return _link(whole)


def inline_items(text: str) -> list[tuple[int, int]]:
    """Where in a paragraph that lists items each begins, and where its number ends; none unless there are two and more."""
    found = [m.span() for m in _INLINE.finditer(fold(text))]
    return found if len(found) > 1 else []


def marker_of(text: str) -> tuple[float, int]:
    """The level that a line's number gives it, and how long the number is; 0, 0 for a line without one."""
    flat = fold(text)
    hashes = _HASHES.match(flat)
    at = hashes.end() if hashes else 0
    bullet = _BULLET.match(flat, at)
    at = bullet.end() if bullet else at
    for level, pattern in _MARKERS:
        found = pattern.match(flat, at)
        if found and found.end() < len(flat):
            return level, found.end()
    return (max(0.5, len(hashes[1]) - 1.0), at) if hashes else (0, at)


def _level(line: Cell, following: Cell | None, closing: frozenset[int]) -> tuple[float, int]:
    level, length = marker_of(line.text)
    if level or following is None or following.row in closing or not is_heading(line.text) or _is_tail(line, following):
        return level, length
    below, _ = marker_of(following.text)
    if below:                                   # above 一、 stands a title, no heading
        return (below - 0.25, 0) if below > 1 else (0, 0)
    return (UNNUMBERED, 0) if len(following.text) > len(line.text) and not is_heading(following.text) else (0, 0)


def is_heading(text: str) -> bool:
    """A short line that ends without a mark and names no label."""
    return 3 < len(text) <= 30 and not _NO_HEADING.search(text) and not text.isascii()


def is_date(text: str) -> bool:
    """A line that is a date and nothing else: the day a document was signed."""
    return bool(_DATE_ALONE.fullmatch(fold(text.strip())))


def _is_tail(line: Cell, following: Cell | None) -> bool:
    """What stands below the text: the date, the issuer above it, lists of annexes, remarks on printing."""
    return bool(_TAIL.match(line.text)) or (len(line.text) < 30 and following is not None and is_date(following.text))


def _headed(line: Cell, level: float, length: int, number: Cell | None = None) -> Item:
    """The number, the heading up to its first full stop, and the rest; of a long first sentence its first clause is the heading."""
    flat = fold(line.text)
    no = number or (_number(line, flat, length) if length else None)
    end = _HEAD_END.search(flat, length)
    at = end.start() if end else len(flat)
    rest = cut(line, at + (1 if end and end.group() in "。；！？：:" else 0), len(flat))
    if at - length > _LONGEST_HEADING and _says_something(rest.text):
        comma = _COMMA.search(flat, length + 4, at)
        at, rest = (comma.start() if comma else at), cut(line, length, len(flat))
    return Item(level, no, cut(line, length, at), line, [rest] if rest.text else [])


def _bare(line: Cell) -> Item:
    """Text without a number: its first sentence is the heading where it is short, else the first clause."""
    found = _LEAD.match(line.text)
    if found:
        rest = cut(line, found.end(), len(line.text))
        return Item(0, None, cut(line, 0, found.end() - 1), line, [rest])
    item = _headed(line, 0, 0)
    return item if item.lines else Item(0, None, None, line, [line])


def _number(line: Cell, flat: str, length: int) -> Cell:
    words = flat[:length].strip(_AROUND_NUMBERS)
    at = flat.index(words) if words else 0
    return cut(line, at, at + len(words))


def _says_something(text: str) -> bool:
    """More than a clause in brackets and marks."""
    return len(re.sub(r"（[^（）]*）|〔[^〕]*〕|\[[^\]]*\]|【[^】]*】|\W", "", fold(text))) > 4


def _link(items: list[Item]) -> list[Item]:
    above: list[Item] = []
    for item in items:
        while above and (above[-1].level >= item.level or not item.level):
            above.pop()
        if above:
            item.parent = above[-1]
            above[-1].children.append(item)
        if item.level:
            above.append(item)
    return items
