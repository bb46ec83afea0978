"""Tables with one row a line: several TABs, or markdown pipes. In: page and line. Out: rows of spans, or None."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from luoshi.reading.lines import Line, Page
from luoshi.reading.tabbed import Rows, Span

# |---|:--:|
RULE: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
# a pipe that is not written \|
PIPE: Final = re.compile(r"(?<!\\)\|")
# "第一行<line break>第二行" as Excel copies it, or 推进平台建设; then a TAB or the end of the line
FIELD: Final = re.compile(r'(?:"((?:[^"\t]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|\Z)')


def find_piped(page: Page, at: int) -> tuple[Rows, int] | None:
    """A markdown table: a head, a rule of dashes, rows."""
    if at + 1 >= len(page.lines) or "|" not in page.lines[at].text or "|" not in page.lines[at + 1].text:
        return None
    if not RULE.fullmatch(page.lines[at + 1].text.strip()):
        return None
    rows = [_piped(page.lines[at])]
    if not rows[0]:
        return None   # a pipe alone above a rule
    after = at + 2
    while after < len(page.lines) and "|" in page.lines[after].text:
        rows.append(_piped(page.lines[after]))
        after += 1
    return rows, after


def _piped(line: Line) -> list[Span]:
    text = line.text
    bars = [found.start() for found in PIPE.finditer(text)]
    first = 0 if text.lstrip().startswith("|") else -1
    if first == -1:
        bars.insert(0, -1)
    if not text.rstrip().endswith("|") or text.rstrip().endswith("\\|"):
        bars.append(len(text))
    return [(line.start + left + 1, line.start + right) for left, right in pairwise(bars)]


def find_tab_separated(page: Page, at: int) -> tuple[Rows, int] | None:
    """Rows whose cells are parted by TABs, at least two rows."""
    if not _parts_cells(page.lines[at]):
        return None
    rows: Rows = []
    while at < len(page.lines) and "\t" in page.lines[at].text and not (rows and _is_led(page, at)):
        spans, end = _fields(page, page.lines[at].start)
        rows.append(spans)
        while at < len(page.lines) and page.lines[at].start < end:
            at += 1
    rows = _without_empty_margin(page, rows)
    return (rows, at) if len(rows) > 1 and max(map(len, rows)) > 1 else None


def _parts_cells(line: Line) -> bool:
    return "\t" in line.text.strip() or line.text.count("\t") > 1


def _is_led(page: Page, at: int) -> bool:
    """Two lines in a row that only start with a TAB: there begins a table of the other kind."""
    return not any(_parts_cells(line) for line in page.lines[at : at + 2])


def _fields(page: Page, start: int) -> tuple[list[Span], int]:
    spans: list[Span] = []
    while True:
        found = FIELD.match(page.text, start)
        assert found is not None, "the second alternative matches the empty string"
        spans.append(found.span(1) if found[1] is not None else found.span(2))
        start = found.end()
        if found[3] != "\t":
            return spans, start


def _without_empty_margin(page: Page, rows: Rows) -> Rows:
    """Rows that all start with a TAB have no first column."""
    while rows and all(len(row) > 1 and not page.text[slice(*row[0])].strip() for row in rows):
        rows = [row[1:] for row in rows]
    return rows
