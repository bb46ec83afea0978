"""A Word table pasted as text: one cell a line, each behind a TAB. In: page and line. Out: rows of spans, or None.

    TAB 1 / TAB 推进平台建设 / TAB (blank) / TAB 市发展改革委 / blank line      a row ends at a cell that ends in a blank line

A cell may hold line breaks and blank lines. Where the table ends is told by its width: what follows a blank line after
a full row is outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from luoshi.reading.lines import Page

Span = tuple[int, int]
Rows = list[list[Span]]
LOOKED_AT: Final = 120      # cells, to learn the width: more would make a long indented text slow
LONGEST_CELL: Final = 60    # lines


def find_tabbed(page: Page, at: int) -> tuple[Rows, int] | None:
    """The table that starts at line `at`, and the line after it."""
    if not _opens_cell(page, at) or (at > 0 and _opens_cell(page, at - 1)):
        return None
    width = _width(page, list(islice(_cells(page, at), LOOKED_AT)))
    if width < 2:
        return None
    rows, after = _rows(page, list(_cells(page, at)), width)
    return (rows, after) if sum(len(row) == width for row in rows) >= 2 else None


def _opens_cell(page: Page, at: int) -> bool:
    text = page.lines[at].text
    return text.startswith("\t") and text.count("\t") == 1


def _cells(page: Page, at: int) -> Iterator[tuple[int, int]]:
    """First line and line after the last of every cell; the last one may hold what follows the table."""
    first = at
    for line in range(at + 1, len(page.lines)):
        if _opens_cell(page, line):
            yield first, line
            first = line
        elif line - first > LONGEST_CELL:
            yield first, line
            return
    yield first, len(page.lines)


def _ends_blank(page: Page, first: int, after: int) -> bool:
    """The slice ends in a blank line: `\\n` more than its last words need."""
    return after - first > 1 and page.lines[after - 1].is_blank


def _width(page: Page, cells: list[tuple[int, int]]) -> int:
    """The commonest number of cells up to a blank line; 0 unless the first row has it (an indented paragraph has not)."""
    widths: Counter[int] = Counter()
    head = 0
    count = 0
    for first, after in cells:
        count += 1
        if _ends_blank(page, first, after):
            widths[count] += 1
            head = head or count
            count = 0
    return head if widths and widths[head] == max(widths.values()) else 0


def _rows(page: Page, cells: list[tuple[int, int]], width: int) -> tuple[Rows, int]:
    rows: Rows = [[]]
    for index, (first, after) in enumerate(cells):
        is_full = len(rows[-1]) + 1 >= width
        break_at = _first_blank(page, first, after) if is_full or index == len(cells) - 1 else after
        last = _last_text(page, first, after)
        rows[-1].append((page.lines[first].start + 1, page.lines[min(break_at, last) - 1].end))
        if break_at < last:
            return rows, break_at
        if _ends_blank(page, first, after):
            rows.append([])
    return [row for row in rows if row], cells[-1][1]


def _first_blank(page: Page, first: int, after: int) -> int:
    return next((line for line in range(first + 1, after) if page.lines[line].is_blank), after)


def _last_text(page: Page, first: int, after: int) -> int:
    """The line after the last one with text: what is cut off must be more than blank lines."""
    return next((line + 1 for line in range(after - 1, first, -1) if not page.lines[line].is_blank), first + 1)
