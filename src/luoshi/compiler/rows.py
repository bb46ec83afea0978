"""Pass 2: what each row of the list says in each column, merged and continued cells resolved.

In: `Draft` with table and columns. Out: `Draft` with rows. Blank is not the same as merged: a merged cell repeats the one above
for certain, a blank cell of a flattened table most likely does, a blank cell of its own says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from luoshi.compiler.bands import Band, read_band
from luoshi.compiler.draft import Column, Draft, Kind, ListRow, Slot, squeeze, tidy
from luoshi.lexicon.numeral import fold
from luoshi.lexicon.written import place_words
from luoshi.provenance import Finding
from luoshi.reading.source import Cell, Table

_NOTE = re.compile(r"[*＊]?(?:注|备注|说明|附注|填表说明)\d?[:：]|填表人|审核人|制表")         # 注：列第一位的为牵头单位
_CHINESE_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.]?")           # 一、
_BAND = re.compile(                                                                   # 一、优化环境 · 优化环境（共5项）
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}(?:部分|类|章|篇)).+"
    r"|.+（(?:共|计)?\d+[项件条个]）"
)
_TOTALS = frozenset({"合计", "总计", "小计"})


def resolve_rows(draft: Draft) -> Draft:
    """Walk down the table: section bands, repeated headers, notes and totals apart, every other row with its slots."""
    if draft.table is None:
        return draft
    return _Walk(draft, draft.table).draft


@dataclass(frozen=True, slots=True)
class _Seen:
    """What kind of row it is: `row`, `band`, `header` (repeated), `total`, `note` or `blank`, with the cell that says so."""

    kind: str
    cell: Cell | None = None
    text: str = ""


class _Walk:
    """Walks down once. draft: what came out."""

    def __init__(self, draft: Draft, table: Table) -> None:
        self._draft, self._table = draft, table
        self._grid = _cover(table)
        self._headers = {column.index: squeeze(column.header) for column in draft.columns}
        self._merging = {c.column for c in table.cells if c.rows > 1 and c.row >= draft.header_end}
        self._names = draft.columns_of("title")[:1]
        no = draft.columns_of("no")[:1]
        self._has_digits = any(c.column == no[0].index and squeeze(c.text).isdecimal() for c in table.cells) if no else False
        self.rows: list[ListRow] = []
        self._band: Band | None = None
        self._findings: list[Finding] = []
        for number in range(draft.header_end, table.rows):
            self._read(number)
        self.draft = replace(draft, rows=tuple(self.rows)).found(*self._findings)

    def _read(self, number: int) -> None:
        if number in self._draft.bands:
            self._band = read_band(self._draft.bands[number])
        cells = {column.index: self._grid.get((number, column.index)) for column in self._draft.columns}
        seen = self._kind_of(number, cells)
        if seen.kind == "band" and seen.cell is not None:
            self._band = read_band(seen.cell, seen.text)
        elif seen.kind == "row":
            self.rows.append(self._list_row(number, cells))
        elif seen.kind == "total":
            words = "、".join(dict.fromkeys(tidy(c.text) for c in cells.values() if c is not None and c.text.strip()))
            self._say("row.total", number, f"“{words}”是合计行，没有当作任务。", seen.cell)
        elif seen.kind == "note":
            self._say("row.note", number, f"“{seen.text[:30]}{'…' if len(seen.text) > 30 else ''}”是表注，没有当作任务。", seen.cell)

    def _say(self, id: str, number: int, what: str, cell: Cell | None) -> None:
        self._findings.append(Finding(id, f"{id}:{number}", "info", f"{place_words(self._table.place)}第{number + 1}行{what}",
                                      cell.ref(0, len(cell.text)) if cell else None))

    def _kind_of(self, number: int, cells: dict[int, Cell | None]) -> _Seen:
        own = [c for c in cells.values() if c is not None]
        said = [c for c in own if c.text.strip()]
        if not said:
            return _Seen("blank")
        text = tidy(said[0].text)
        places = {(c.row, c.column) for c in said}
        alone = len(places) == 1 and said[0].row == number
        if alone and _NOTE.match(text):
            return _Seen("note", said[0], text)
        if len(cells) > 2 and len({(c.row, c.column) for c in own}) == 1:
            return _Seen("band", said[0], text)
        if alone and len(cells) > 2 and _BAND.fullmatch(fold(text)):
            return _Seen("band", said[0], text)
        if all(c is not None and squeeze(c.text) == self._headers[i] for i, c in cells.items() if self._headers[i]) and any(self._headers.values()):
            return _Seen("header")
        if squeeze(text) in _TOTALS:
            return _Seen("total", said[0], text)
        return self._numbered_band(number, cells) or _Seen("row")

    def _numbered_band(self, number: int, cells: dict[int, Cell | None]) -> _Seen | None:
        """一 | 产业发展 | (blank) …: a band in two cells, among tasks with Arabic numbers."""
        no = self._draft.columns_of("no")[:1]
        cell = cells.get(no[0].index) if no else None
        if not self._has_digits or cell is None or not _CHINESE_NUMBER.fullmatch(squeeze(cell.text)):
            return None
        rest = [c for c in cells.values() if c is not None and c is not cell and c.text.strip()]
        words = rest[0] if len({(c.row, c.column) for c in rest}) == 1 else None
        return _Seen("band", words, f"{tidy(cell.text).rstrip('、')}、{tidy(words.text)}") if words and words.row == number else None

    def _list_row(self, number: int, cells: dict[int, Cell | None]) -> ListRow:
        above = self.rows[-1] if self.rows else None
        starts = above is None or self._starts_task(number, cells, above)
        slots = {}
        for column in self._draft.columns:
            previous = above.slots[column.index] if above and (not starts or column.kind == "group") else None
            slots[column.index] = self._slot(column, cells[column.index], number, previous)
        band = self._band
        return ListRow(number, slots, starts, band.text if band else None, band.duties if band else ())

    def _starts_task(self, number: int, cells: dict[int, Cell | None], above: ListRow) -> bool:
        """A title of its own begins a task; so does a number, where the title says nothing and nothing else stands in the row to be done."""
        if not self._names:
            return any(self._is_own(column, cells, number) for column in self._draft.columns_of("no", "measure"))
        title = self._names[0]
        cell = cells[title.index]
        measure = any(self._is_own(column, cells, number) for column in self._draft.columns_of("measure"))
        if self._is_own(title, cells, number) and cell is not None:
            if not measure or squeeze(cell.text) != squeeze(above.slots[title.index].text):
                return True
            return self._says_another_goal(number, cells, above)
        if cell is not None and cell.row < number and cell.text.strip():
            return False
        return not measure and any(self._is_own(column, cells, number) for column in self._draft.columns_of("no"))

    def _says_another_goal(self, number: int, cells: dict[int, Cell | None], above: ListRow) -> bool:
        """The same title again, with a number of its own: another task where it has another goal; else a row of the same, and said so."""
        if not any(self._is_own(column, cells, number) for column in self._draft.columns_of("no")):
            return False
        goals = [c for c in self._draft.columns_of("goal") if self._is_own(c, cells, number)]
        if any(squeeze(cell.text) != squeeze(above.slots[c.index].text) for c in goals if (cell := cells[c.index])):
            return True
        title = cells[self._names[0].index]
        name = tidy(title.text)[:20] if title else ""
        self._say("row.same-title", number, f"的任务名称“{name}”与上一行相同，也没有另写目标，当作同一项任务的又一条举措。", title)
        return False

    @staticmethod
    def _is_own(column: Column, cells: dict[int, Cell | None], number: int) -> bool:
        cell = cells[column.index]
        return cell is not None and cell.row == number and bool(squeeze(cell.text))

    def _slot(self, column: Column, cell: Cell | None, number: int, above: Slot | None) -> Slot:
        if cell is not None and (cell.row < number or squeeze(cell.text)):
            return Slot(cell, inherited=cell.row < number)
        if above is None or column.kind in _OWN or not self._may_continue(column, cell):
            return Slot(cell)
        flattened = self._draft.document.format == "text"          # its last row may end early
        return Slot(above.cell, inherited=True, guessed=not (flattened or (cell and cell.continued)))

    def _may_continue(self, column: Column, cell: Cell | None) -> bool:
        """A blank cell stands for the one above unless this column shows that the author merges cells where he means that."""
        return cell is None or cell.continued or column.index not in self._merging


_OWN: frozenset[Kind] = frozenset(("measure", "notes", "other", "stage"))
"""Columns in which a blank means nothing: what stands above was said of the row above."""


def _cover(table: Table) -> dict[tuple[int, int], Cell]:
    """Which cell stands at, or spans over, every grid position."""
    return {(r, c): cell for cell in table.cells
            for r in range(cell.row, cell.row + cell.rows) for c in range(cell.column, cell.column + cell.columns)}
