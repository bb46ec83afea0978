"""Pages → blocks in reading order. In: sheets, one after the other. Out: paragraphs and tables, both joined over page ends."""

from __future__ import annotations

import itertools
import re
from statistics import median
from typing import Final

from luoshi.provenance import Finding
from luoshi.reading.pdf.frames import Frame
from luoshi.reading.pdf.joining import Running, finish_table, go_on, joined_rows, may_go_on, start_table
from luoshi.reading.pdf.sheet import Glyph, Sheet
from luoshi.reading.pdf.strips import Strip, glued, goes_on, is_centred, lay_strips
from luoshi.reading.pdf.unruled import fill, find_unruled
from luoshi.reading.source import Block, Paragraph

INDENT: Final = 1.2        # characters: a line that begins further right begins a paragraph
LARGE: Final = 1.12        # of the size of the text: a heading, whose centred lines are one
# 续表, （续上表）, 续表1
CONTINUED: Final = re.compile(r"[(（]?续(?:上)?表\s?\d{0,2}[)）]?")


class Flow:
    """「版面」 What has been read so far: finished blocks, the table and the paragraph that may go on overleaf."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self._table: Running | None = None
        self._tables = 0
        self._lines: list[tuple[Strip, float, float]] = []   # of the paragraph being read, with the room of its page
        self._paragraphs: dict[int, int] = {}
        self._unruled: list[int] = []

    def add_sheet(self, sheet: Sheet, glyphs: list[Glyph], frames: list[Frame]) -> None:
        """Read one page to its end."""
        outside = glyphs
        if frames:
            frames[-1].reach_down(sheet.height)
        for frame in sorted(frames, key=lambda one: (one.xs[-1] - one.xs[0]) * (one.ys[-1] - one.ys[0])):
            outside = fill(frame, outside)   # the smallest first: a table inside another's cell keeps its words
        tables = [frame for frame in frames if any(box.glyphs for box in frame.boxes)]
        strips = lay_strips([*outside, *(g for frame in tables if _is_border(frame) for box in frame.boxes for g in box.glyphs)], sheet.number)
        tables = [frame for frame in tables if not _is_border(frame)]
        room = _room(sheet, strips, tables)
        for item in _in_order(strips, tables):
            if isinstance(item, Frame):
                self._add_frame(item, sheet, is_ruled=True)
            else:
                self._add_lines(item, sheet, room)

    def _add_frame(self, frame: Frame, sheet: Sheet, *, is_ruled: bool) -> None:
        self._end_paragraph()
        if self._table is not None and self._table.pages[-1] != sheet.number and may_go_on(self._table, frame):
            go_on(self._table, frame, sheet)
            return
        self._end_table()
        self._table = start_table(frame, sheet)
        self._table.is_ruled = is_ruled

    def _add_lines(self, strips: list[Strip], sheet: Sheet, room: tuple[float, float]) -> None:
        at = 0
        for start, end, frame in find_unruled(strips):
            self._add_text(strips[at:start], room)
            fill(frame, [glyph for strip in strips[start:end] for glyph in strip.glyphs])
            self._add_frame(frame, sheet, is_ruled=False)
            at = end
        self._add_text(strips[at:], room)

    def _add_text(self, strips: list[Strip], room: tuple[float, float]) -> None:
        for strip in strips:
            if self._table is not None and CONTINUED.fullmatch(strip.text):
                continue   # a label of the page, not of the table
            self._end_table()
            if self._lines and not self._belongs(strip, room):
                self._end_paragraph()
            self._lines.append((strip, *room))

    def _belongs(self, strip: Strip, room: tuple[float, float]) -> bool:
        """The line goes on with the paragraph being read."""
        last, left, right = self._lines[-1]
        if _is_heading_pair(last, (left, right), strip, room):
            return True
        if strip.left - room[0] > last.left - left + INDENT * strip.em or abs(strip.em - last.em) > 0.25 * last.em:
            return False
        if strip.page == last.page and strip.top - last.bottom > 1.5 * last.em + max(0.0, self._leading()):
            return False
        return goes_on(last, strip, right)

    def _leading(self) -> float:
        """White between the lines of the paragraph so far."""
        lines = [strip for strip, _, _ in self._lines]
        gaps = [b.top - a.bottom for a, b in itertools.pairwise(lines) if a.page == b.page]
        return median(gaps) if gaps else 0.0

    def _end_paragraph(self) -> None:
        if not self._lines:
            return
        text = ""
        for strip, _, _ in self._lines:
            text = glued(text, strip.text)
        page = self._lines[0][0].page
        number = self._paragraphs[page] = self._paragraphs.get(page, 0) + 1
        self.blocks.append(Paragraph(text, f"page {page} paragraph {number}"))
        self._lines = []

    def _end_table(self) -> None:
        table, self._table = self._table, None
        if table is None or not table.has_text:
            return
        self._tables += 1
        done = finish_table(table, self._tables)
        self.blocks.append(done)
        if (finding := joined_rows(table, done.place)) is not None:
            self.findings.append(finding)
        if not table.is_ruled:
            message = (f"第{table.pages[0]}页的表没有框线，按空白分成{done.columns}列、{done.rows}行读取，可能分错。"
                       "请核对各行的任务和单位，最好换用 docx、xlsx 原件。")
            self.findings.append(Finding("pdf.no-lines", f"pdf.no-lines:{done.place}", "warning", message))

    def end(self) -> None:
        """The document is read to its end."""
        self._end_paragraph()
        self._end_table()


def _is_border(frame: Frame) -> bool:
    """Lines around text, not between columns."""
    return len(frame.xs) < 3 or sum(bool(box.glyphs) for box in frame.boxes) < 2


def _is_heading_pair(last: Strip, room: tuple[float, float], strip: Strip, after: tuple[float, float]) -> bool:
    """Two centred lines of one large size."""
    same = last.page == strip.page and abs(last.em - strip.em) < 0.5 and strip.top - last.bottom < strip.em
    return same and strip.em > LARGE * BODY and is_centred([last], *room) and is_centred([strip], *after)


BODY: Final = 16.0   # points: the text of official documents (三号); headings are larger (二号, 22 points)


def _room(sheet: Sheet, strips: list[Strip], frames: list[Frame]) -> tuple[float, float]:
    """Left and right edge of the text: margins are alike on both sides."""
    lefts = [strip.left for strip in strips] + [frame.xs[0] for frame in frames]
    rights = [strip.right for strip in strips] + [frame.xs[-1] for frame in frames]
    left = min(lefts, default=0.0)
    return left, max(*rights, sheet.width - left) if rights else sheet.width - left


def _in_order(strips: list[Strip], frames: list[Frame]) -> list[list[Strip] | Frame]:
    """Lines between tables as groups, from top to bottom."""
    items: list[list[Strip] | Frame] = []
    left = list(strips)
    for frame in sorted(frames, key=lambda one: one.ys[0]):
        above = [strip for strip in left if (strip.top + strip.bottom) / 2 < frame.ys[0]]
        left = left[len(above):]
        items += [above, frame]
    return [item for item in (*items, left) if item]
