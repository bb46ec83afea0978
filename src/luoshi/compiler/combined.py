"""Tables that a person wants read as one list. In: several `Listed`. Out: one, with the columns of the first; what only another has, beside them."""

from __future__ import annotations

from dataclasses import replace

from luoshi.compiler.draft import Column, squeeze
from luoshi.compiler.joined import Listed
from luoshi.reading.source import Table


def combine_tables(lists: list[Listed]) -> Listed:
    """In the order in which they stand in the document."""
    whole = lists[0]
    for one in lists[1:]:
        whole = replace(_with(whole, one), together=True)
    return whole


def _with(whole: Listed, one: Listed) -> Listed:
    columns, place_of = _match(whole, one)
    width = max(c.index for c in columns) + 1
    shift = whole.table.rows - one.header.end
    cells = tuple(c._replace(row=c.row + shift, column=place_of.get(c.column, 0), columns=c.columns if c.columns == 1 else width)
                  for c in one.table.cells if c.row >= one.header.end and (c.column in place_of or c.columns > 1))
    table = Table((*whole.table.cells, *cells), whole.table.place, one.table.rows + shift, max(width, whole.table.columns))
    bands = {**whole.bands, **{row + shift: heading for row, heading in one.bands.items()}}
    return replace(whole, table=table, header=replace(whole.header, columns=columns), bands=bands, parts=(*whole.parts, *one.parts))


def _match(whole: Listed, one: Listed) -> tuple[tuple[Column, ...], dict[int, int]]:
    """Which column of the whole takes each column of the other table: of the same header, else of the same meaning, else a new one."""
    columns, place_of = list(whole.header.columns), {}
    free = {c.index: c for c in columns}
    for column in one.header.columns:
        fits = [c for c in free.values() if c.kind == column.kind and c.year == column.year]
        best = next((c for c in fits if squeeze(c.header) == squeeze(column.header)), fits[0] if fits and column.kind != "other" else None)
        if best is None:
            best = replace(column, index=max(c.index for c in columns) + 1)
            columns.append(best)
        free.pop(best.index, None)
        place_of[column.index] = best.index
    return tuple(columns), place_of
