"""Tables of one shape that go on where the one before ended are one list. In: the blocks of a document. Out: `Listed` tables.

A table goes on if it has the same header and its numbers run on, or only a heading (一、…) stands between, or if it has no header at all
and the same width. Its cells keep their own addresses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from luoshi.compiler.columns import Header, read_header
from luoshi.compiler.content import read_content_columns
from luoshi.compiler.draft import squeeze, tidy
from luoshi.compiler.outline import is_heading, marker_of
from luoshi.lexicon.numeral import fold
from luoshi.reading.source import Cell, Paragraph, Table

TITLE_WORD = re.compile(r"清单|任务|分工|方案|计划|工作要点|一览|明细|实事|目标责任|指标体系|报告|意见|措施|要点")     # …重点工作任务清单
ANNEX = re.compile(r"附\s*件?\s*[\d一二三四五六七八九十]*\s*[:：]?$")              # 附件1


@dataclass(slots=True)
class Listed:
    """「列表」 One table, or several that are one list. bands: headings between them, by the row that follows. parts: the places of all
    its tables. guessed: the columns were recognised by what stands in them; together: a person wants its tables read as one."""

    table: Table
    header: Header
    bands: dict[int, Cell] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    guessed: bool = False
    together: bool = False

    @property
    def place(self) -> str:
        """How a person who chooses names it."""
        return self.table.place


def join_tables(blocks: Sequence[Paragraph | Table]) -> list[Listed]:
    """The tables of a document in their order, those that continue one another joined."""
    listed: list[Listed] = []
    between: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        header = read_header(block)
        heading = _heading(between)
        if listed and _goes_on(listed[-1], block, header, between, heading):
            listed[-1] = _joined(listed[-1], block, header, heading)
        else:
            listed.append(_first(block, header, heading))
        between = []
    return [_recognised(one) for one in listed]


def _first(table: Table, header: Header, heading: Cell | None) -> Listed:
    return Listed(table, header, {header.end: heading} if heading else {}, (table.place,))


def _recognised(one: Listed) -> Listed:
    """Columns without a header, by what stands in them."""
    columns = read_content_columns(one.table, one.header)
    if columns == one.header.columns:
        return one
    guessed = any(not c.header for c in columns) and len(columns) > len(one.header.columns)
    return replace(one, header=replace(one.header, columns=columns), guessed=guessed)


def _heading(between: list[Paragraph]) -> Cell | None:
    """The last line above the table, where it is a numbered heading."""
    if not between or not 0 < marker_of(between[-1].text)[0] <= 3 or len(between[-1].text) > 40:
        return None
    if "：" in between[-1].text or "。" in between[-1].text:
        return None
    last = between[-1]
    return Cell(last.text, last.place, 0, 0, offset=last.offset)


def _goes_on(before: Listed, table: Table, header: Header, between: list[Paragraph], heading: Cell | None) -> bool:
    if table.columns != before.table.columns or not before.header.is_list:
        return False
    words = [b for b in between if tidy(b.text) and not (heading and b is between[-1])]
    if any(ANNEX.match(tidy(b.text)) or (TITLE_WORD.search(b.text) and len(b.text) < 60 and is_heading(tidy(b.text))) for b in words):
        return False
    if not header.end:
        return not words and not _is_other_header(table)
    if [squeeze(c.header) for c in header.columns] != [squeeze(c.header) for c in before.header.columns]:
        return False
    runs_on = _number(table, header, first=True) == (_number(before.table, before.header, first=False) or -1) + 1
    return runs_on or (heading is not None and not words)


def _is_other_header(table: Table) -> bool:
    """The first row names columns of another kind: 姓名 | 电话."""
    first = [c.text for c in table.cells if c.row == 0 and c.text.strip()]
    return bool(first) and all(len(squeeze(t)) <= 6 and not re.search(r"[\d。，、]", fold(t)) for t in first) and len(first) == table.columns


def _number(table: Table, header: Header, first: bool) -> int | None:
    column = next((c.index for c in header.columns if c.kind == "no"), None)
    numbers = [int(found) for c in table.cells if c.column == column and c.row >= header.end
               for found in re.findall(r"^\d{1,4}$", fold(c.text.strip()))]
    return (numbers[0] if first else numbers[-1]) if numbers else None


def _joined(before: Listed, table: Table, header: Header, heading: Cell | None) -> Listed:
    shift = before.table.rows - header.end
    cells = tuple(c._replace(row=c.row + shift) for c in table.cells if c.row >= header.end)
    whole = Table((*before.table.cells, *cells), before.table.place, table.rows + shift, table.columns)
    bands = {**before.bands, **({before.table.rows: heading} if heading else {})}
    return replace(before, table=whole, bands=bands, parts=(*before.parts, table.place))
