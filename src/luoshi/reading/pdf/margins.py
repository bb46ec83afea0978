"""Page numbers and repeated headers and footers. In: sheets and their frames. Out: glyphs without them, and what was left out.

Looked for before the boxes of tables are filled: where a table runs to the edge of the paper, its boxes lie over the page number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from luoshi.provenance import Finding
from luoshi.reading.pdf.frames import Frame
from luoshi.reading.pdf.sheet import Glyph, Sheet
from luoshi.reading.pdf.strips import Strip, lay_strips

ZONE: Final = 0.13        # of the height of the page, above and below
OUTERMOST: Final = 0.3    # of the height, where the first and the last line are looked at too
STEADY: Final = 4.0       # points that a header may move from page to page
# — 3 —, 第3页, 第 3 页 共 9 页, 3/9, Page 3 of 9
DECORATED: Final = re.compile(
    r"[-—–－·•~]+\d{1,4}[-—–－·•~]+|第\d{1,4}页[,，/]?(?:[(（]?共\d{1,4}页[)）]?)?|\d{1,4}[/／]\d{1,4}页?|Page\d{1,4}(?:of\d{1,4})?", re.I
)
BARE: Final = re.compile(r"\d{1,4}")
DIGITS: Final = re.compile(r"\d+")


def drop_margins(sheets: list[Sheet], frames: list[list[Frame]]) -> tuple[list[list[Glyph]], list[Finding]]:
    """The glyphs of each sheet that are no page number, header or footer."""
    lines = [(sheet, index, strip) for index, sheet in enumerate(sheets) for strip in _zone(sheet)]
    numbers = [line for line in lines if DECORATED.fullmatch(_tight(line[2]))] + list(_sequence(lines))
    taken = {id(strip) for _, _, strip in numbers}
    repeated = [line for line in _repeated(lines, frames, len(sheets)) if id(line[2]) not in taken]
    gone: dict[int, set[int]] = defaultdict(set)
    for _, index, strip in (*numbers, *repeated):
        gone[index].update(map(id, strip.glyphs))
    kept = [[glyph for glyph in sheet.glyphs if id(glyph) not in gone[index]] if gone[index] else sheet.glyphs
            for index, sheet in enumerate(sheets)]
    return kept, list(_findings(repeated))


Line = tuple[Sheet, int, Strip]


def _tight(strip: Strip) -> str:
    return strip.text.replace(" ", "")


def _zone(sheet: Sheet) -> list[Strip]:
    """Lines near the edges of the paper, and the outermost ones wherever they are."""
    near, far = sheet.height * ZONE, sheet.height * OUTERMOST
    head = lay_strips((glyph for glyph in sheet.glyphs if glyph.base < far), sheet.number)
    foot = lay_strips((glyph for glyph in sheet.glyphs if glyph.base > sheet.height - far), sheet.number)
    return [*(s for n, s in enumerate(head, 1) if n == 1 or s.bottom < near),
            *(s for n, s in enumerate(foot, 1) if n == len(foot) or s.top > sheet.height - near)]


def _sequence(lines: list[Line]) -> Iterator[Line]:
    """Bare numbers at one height that count as the pages do; on a single page, a 1 in the middle below everything."""
    runs: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if BARE.fullmatch(line[2].text):
            runs[int(line[2].text) - line[1]].append(line)
    for run in runs.values():
        for line in run:
            steady = [other for other in run if abs(other[2].top - line[2].top) <= STEADY]
            if len(steady) > 1 or (len(run) == 1 and _is_alone(*line)):
                yield line


def _is_alone(sheet: Sheet, index: int, strip: Strip) -> bool:
    is_middle = abs((strip.left + strip.right) / 2 - sheet.width / 2) < sheet.width * 0.02
    return is_middle and int(strip.text) == index + 1 and all(g.base < strip.top for g in sheet.glyphs if g not in strip.glyphs)


def _repeated(lines: list[Line], frames: list[list[Frame]], pages: int) -> Iterator[Line]:
    """The same words at the same height of several pages: inside a table only at the foot of three pages or more."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        sheet, _, strip = line
        is_foot = strip.top > sheet.height / 2
        groups[("foot " + DIGITS.sub("#", _tight(strip))) if is_foot else "head " + _tight(strip)].append(line)
    for key, group in groups.items():
        for line in group:
            steady = [other for other in group if abs(other[2].top - line[2].top) <= STEADY and abs(other[2].left - line[2].left) <= STEADY * 4]
            if len(steady) < max(2, pages / 3):
                continue
            if not _is_framed(line, frames) or (key.startswith("foot") and len(steady) > 2):
                yield line


def _is_framed(line: Line, frames: list[list[Frame]]) -> bool:
    _, index, strip = line
    x, y = (strip.left + strip.right) / 2, (strip.top + strip.bottom) / 2
    return any(frame.box_of(x, y) is not None for frame in frames[index])


def _findings(repeated: list[Line]) -> Iterator[Finding]:
    texts: dict[str, list[int]] = defaultdict(list)
    for sheet, _, strip in repeated:
        texts[DIGITS.sub("#", strip.text)].append(sheet.number)
    for number, (text, pages) in enumerate(texts.items(), start=1):
        shown = f"“{text[:30]}”（第{pages[0]}页等{len(pages)}页）"
        yield Finding("pdf.left-out", f"pdf.left-out:{number}", "info",
                      f"各页重复的页眉或页脚{shown}没有读入。如果其中写有任务或要求，请复制到正文后重新读取。")
