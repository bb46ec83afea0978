"""Pass 2: what each row of the list says in each column, merged and continued cells resolved.

In: `Draft` with table and columns. Out: `Draft` with rows. Blank is not the same as merged: a merged cell repeats the one above
for certain, a blank cell of a flattened table most likely does, a blank cell of its own says nothing.
"""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.draft import Column, Draft, ListRow, Slot, squeeze, tidy
from luoshi.lexicon.written import place_words
from luoshi.provenance import Finding
from luoshi.reading.source import Cell, Table


def resolve_rows(draft: Draft) -> Draft:
    """Walk down the table: section bands, repeated headers and totals apart, every other row with its slots."""
    if draft.table is None:
        return draft
    grid = _cover(draft.table)
    rows: list[ListRow] = []
    findings: list[Finding] = []
    group: str | None = None
    for number in range(draft.header_end, draft.table.rows):
        cells = {column.index: grid.get((number, column.index)) for column in draft.columns}
        kind, text = _row_kind(draft, cells)
        if kind == "band":
            group = text
        elif kind == "row":
            rows.append(_list_row(draft, number, cells, rows[-1] if rows else None, group))
        elif kind == "total":
            findings.append(Finding("row.total", f"row.total:{number}", "info",
                                    f"{place_words(draft.table.place)}第{number + 1}行“{text}”是合计行，没有当作任务。"))
    return replace(draft, rows=tuple(rows)).found(*findings)


def _cover(table: Table) -> dict[tuple[int, int], Cell]:
    """Which cell stands at, or spans over, every grid position."""
    return {(r, c): cell for cell in table.cells
            for r in range(cell.row, cell.row + cell.rows) for c in range(cell.column, cell.column + cell.columns)}


def _row_kind(draft: Draft, cells: dict[int, Cell | None]) -> tuple[str, str]:
    """`row`, `band` (one cell over all columns), `header` (repeated), `total`, or `blank`, with the row's first text."""
    own = [c for c in cells.values() if c is not None]
    text = next((tidy(c.text) for c in own if c.text.strip()), "")
    if not text:
        return "blank", ""
    if len(draft.columns) > 2 and len({(c.row, c.column) for c in own}) == 1:
        return "band", text
    headers = {column.index: squeeze(column.header) for column in draft.columns}
    if all(c is not None and squeeze(c.text) == headers[i] for i, c in cells.items()):
        return "header", text
    return ("total", text) if squeeze(text) in {"合计", "总计", "小计"} else ("row", text)


def _list_row(draft: Draft, number: int, cells: dict[int, Cell | None], above: ListRow | None, group: str | None) -> ListRow:
    names = draft.columns_of("no", "title") if draft.columns_of("title") else draft.columns_of("no", "measure")
    starts = above is None or any(_begins(column, cells[column.index], number) for column in names)
    slots = {}
    for column in draft.columns:
        cell = cells[column.index]
        previous = above.slots[column.index] if above and not starts else None
        slots[column.index] = _slot(draft, column, cell, number, previous)
    return ListRow(number, slots, starts, group)


def _begins(column: Column, cell: Cell | None, number: int) -> bool:
    """A number or a title of its own begins a task."""
    return cell is not None and cell.row == number and bool(squeeze(cell.text))


def _slot(draft: Draft, column: Column, cell: Cell | None, number: int, above: Slot | None) -> Slot:
    if cell is not None and (cell.row < number or squeeze(cell.text)):
        return Slot(cell, inherited=cell.row < number)
    if above is None or column.kind in {"measure", "notes"} or not _may_continue(draft, column, cell):
        return Slot(cell)
    flattened = draft.document.format == "text"          # its last row may end early
    return Slot(above.cell, inherited=True, guessed=not (flattened or (cell and cell.continued)))


def _may_continue(draft: Draft, column: Column, cell: Cell | None) -> bool:
    """A blank cell stands for the one above unless this column shows that the author merges cells where he means that."""
    if cell is None or cell.continued:
        return True
    assert draft.table is not None
    return not any(c.column == column.index and c.rows > 1 and c.row >= draft.header_end for c in draft.table.cells)
