"""Automatic numbers of Word lists. In: numbering.xml and styles.xml. Out: the printed number of a paragraph, e.g. 三、 or 2.1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from luoshi.provenance import Finding
from luoshi.reading.archive import Archive
from luoshi.reading.counting import FORMATS, write_number
from luoshi.reading.wordml import VAL, W
from luoshi.reading.xml import parse_part

# %1 in the pattern 第%1条
PLACEHOLDER: Final = re.compile(r"%([1-9])")


@dataclass(slots=True)
class Level:
    """「编号级」 How one level of a list prints: pattern 第%1条, format chineseCounting, first number."""

    format: str = "decimal"
    pattern: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One w:num: its levels, the counters it shares with the lists of the same definition, and where it restarts."""

    levels: dict[int, Level]
    counters: dict[int, int]
    restarts: dict[int, int]


class Numbering:
    """「自动编号」 Lists by id, styles that imply one, and labels already given (a nested table is read twice)."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._labels: dict[etree._Element, str] = {}
        self._unknown: set[str] = set()

    @cached_property
    def _lists(self) -> dict[str, _List]:
        part = "word/numbering.xml"
        return _read_lists(parse_part(self._archive, part)) if part in self._archive else {}

    @cached_property
    def _styles(self) -> dict[str, tuple[str, int]]:
        part = "word/styles.xml"
        return _read_styles(parse_part(self._archive, part)) if part in self._archive else {}

    def label(self, paragraph: etree._Element, properties: etree._Element) -> str:
        """The number printed before this paragraph, with a space where the text would stick to it; empty without one."""
        own, style = properties.find(W + "numPr"), properties.find(W + "pStyle")
        if (own is None and style is None) or not self._lists:
            return ""
        if paragraph not in self._labels:
            self._labels[paragraph] = self._count(*self._numbered_by(own, style))
        return self._labels[paragraph]

    def findings(self) -> tuple[Finding, ...]:
        """Formats that were printed as 1, 2, 3 because we do not know them."""
        return tuple(
            Finding("docx.numbering", f"docx.numbering:{name}", "info",
                    f"文件用了不认识的自动编号样式（{name}），已按 1、2、3 读取。如果编号对任务有意义，请核对，或把编号改成手工输入。")
            for name in sorted(self._unknown)
        )

    def _numbered_by(self, own: etree._Element | None, style: etree._Element | None) -> tuple[str, int]:
        """List id and level: written on the paragraph, or else implied by its style."""
        implied = ("0", 0) if style is None else self._styles.get(style.get(VAL) or "", ("0", 0))
        if own is None:
            return implied
        number, level = own.find(W + "numId"), own.find(W + "ilvl")
        return (
            implied[0] if number is None else number.get(VAL) or "0",
            implied[1] if level is None else _int(level, 0),
        )

    def _count(self, number: str, at: int) -> str:
        one = self._lists.get(number)
        if one is None or at not in one.levels:
            return ""
        counters = one.counters
        restart = one.restarts.pop(at, None)
        start = one.levels[at].start if restart is None else restart
        counters[at] = start if restart is not None or at not in counters else counters[at] + 1
        for deeper in [level for level in counters if level > at]:
            del counters[deeper]
        return self._print(one, at)

    def _print(self, one: _List, at: int) -> str:
        level = one.levels[at]
        if level.format in ("bullet", "none"):
            return ""

        def value(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            shown = one.levels.get(which, level)
            format = "decimal" if level.legal else shown.format
            if format not in FORMATS:
                self._unknown.add(format)
            return write_number(one.counters.setdefault(which, shown.start), format)

        label = PLACEHOLDER.sub(value, level.pattern).strip()
        return label + " " if label[-1:].isascii() and label and label[-1] not in ")]" else label


def _int(element: etree._Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(VAL) or ""
    return int(value[:6]) if value.isdecimal() else otherwise


def _index(level: etree._Element) -> int:
    value = level.get(W + "ilvl") or ""
    return int(value[:6]) if value.isdecimal() else 0


def _read_levels(parent: etree._Element) -> dict[int, Level]:
    levels = {}
    for element in parent.iterfind(W + "lvl"):
        format, pattern = element.find(W + "numFmt"), element.find(W + "lvlText")
        levels[_index(element)] = Level(
            "decimal" if format is None else format.get(VAL) or "decimal",
            "" if pattern is None else pattern.get(VAL) or "",
            _int(element.find(W + "start"), 0 if format is None else 1),
            element.find(W + "isLgl") is not None,
        )
    return levels


def _read_lists(root: etree._Element) -> dict[str, _List]:
    shared: dict[str, tuple[dict[int, Level], dict[int, int]]] = {}
    for abstract in root.iterfind(W + "abstractNum"):
        shared[abstract.get(W + "abstractNumId") or ""] = (_read_levels(abstract), {})
    lists = {}
    for element in root.iterfind(W + "num"):
        pointer = element.find(W + "abstractNumId")
        levels, counters = shared.get("" if pointer is None else pointer.get(VAL) or "", ({}, {}))
        levels, restarts = dict(levels), {}
        for override in element.iterfind(W + "lvlOverride"):
            at = _index(override)
            levels.update(_read_levels(override))
            start = override.find(W + "startOverride")
            if start is not None:
                restarts[at] = _int(start, 1)
        lists[element.get(W + "numId") or ""] = _List(levels, counters, restarts)
    return lists


def _read_styles(root: etree._Element) -> dict[str, tuple[str, int]]:
    """Style id → list id and level, inherited along basedOn."""
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in root.iterfind(W + "style"):
        id = style.get(W + "styleId") or ""
        parent = style.find(W + "basedOn")
        if parent is not None:
            parents[id] = parent.get(VAL) or ""
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            own[id] = (number.get(VAL) or "0", _int(style.find(f"{W}pPr/{W}numPr/{W}ilvl"), 0))
    styles = {}
    for id in {*own, *parents}:
        ancestor, seen = id, set[str]()
        while ancestor not in own and ancestor in parents and ancestor not in seen:
            seen.add(ancestor)
            ancestor = parents[ancestor]
        if ancestor in own:
            styles[id] = own[ancestor]
    return styles
