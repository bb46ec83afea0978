"""A Word table pasted without TABs: one cell a line, first the names of the columns. In: page and line. Out: rows, or a finding.

    序号 / 工作任务 / 牵头单位 / 配合单位 / 1 / 建设平台 / 市发展改革委 / (blank) / 2 / …

Taken as a table only if the lines fill whole rows and every row starts with a number or a blank: else a shifted cell
would give a task to the wrong unit. Blank lines are blank cells; if that does not fit, spacing between cells.
"""

from __future__ import annotations

import re
from typing import Final

from luoshi.provenance import Finding, SourceRef
from luoshi.reading.lines import Line, Page
from luoshi.reading.tabbed import Rows

FIRST: Final = frozenset({"序号", "编号"})
# 牵头单位, 年度目标, 完成时限
HEADER: Final = re.compile(
    r"[^\s，。；：、]{0,8}(?:任务|目标|指标|措施|举措|单位|部门|责任人|责任|领导|时限|时间|期限|节点|备注|内容|事项|项目|进度|类别|名称|要求)"
)
# 3, 十二, 3.1, （五）, / or nothing
NUMBERED: Final = re.compile(r"[(（]?[\d一二三四五六七八九十百.．-]*[)）、]?|[/／—-]")
BLANK_MARKS: Final = frozenset({"/", "／", "—", "-"})
# 注：本表由牵头单位按月更新
NOTE: Final = re.compile(r"(?:注|备注|说明|附件\d*)[：:]")


def find_listed(page: Page, at: int) -> tuple[Rows, int] | Finding | None:
    """The table whose column names start at line `at`; a finding when there are names but the cells do not fit."""
    if page.lines[at].text.strip() not in FIRST:
        return None
    header = _header(page, at)
    if len(header) < 3:
        return None
    after = header[-1] + 1
    end = _end(page, after)
    body = list(range(after, end))
    for lines in (_without_last_blanks(page, body, len(header)), [line for line in body if not page.lines[line].is_blank]):
        if _fits(page, lines, len(header)):
            return _rows(page, [*header, *lines], len(header)), end
    return _unclear(page, at, len(header), len(body))


def _header(page: Page, at: int) -> list[int]:
    """Lines with column names, blank lines between them allowed."""
    names = [at]
    for line in range(at + 1, len(page.lines)):
        if HEADER.fullmatch(page.lines[line].text.strip()):
            names.append(line)
        elif not page.lines[line].is_blank:
            break
    return names


def _end(page: Page, at: int) -> int:
    """The line of the next table, of a note, or after the last line."""
    for line in range(at, len(page.lines)):
        text = page.lines[line].text.strip()
        if text in FIRST or NOTE.match(text):
            return line
    return len(page.lines)


def _without_last_blanks(page: Page, body: list[int], width: int) -> list[int]:
    """Blank lines after the last full row are the end of the file, not a row."""
    while body and len(body) % width and page.lines[body[-1]].is_blank:
        body = body[:-1]
    return body


def _fits(page: Page, lines: list[int], width: int) -> bool:
    if not lines or len(lines) % width:
        return False
    firsts = [page.lines[line].text.strip() for line in lines[::width]]
    return all(NUMBERED.fullmatch(first) for first in firsts) and any(first and first not in BLANK_MARKS for first in firsts)


def _rows(page: Page, lines: list[int], width: int) -> Rows:
    spans = [_span(page.lines[line]) for line in lines]
    return [spans[start : start + width] for start in range(0, len(spans), width)]


def _span(line: Line) -> tuple[int, int]:
    return (line.start, line.start) if line.text.strip() in BLANK_MARKS else (line.start, line.end)


def _unclear(page: Page, at: int, width: int, count: int) -> Finding:
    line = page.lines[at]
    text, offset = page.trim(line.start, line.end)
    place = page.place(offset)
    message = (
        f"{place} 起像是一张 {width} 列的表，但后面的 {count} 行分不成整行，分不清哪一格属于哪一列，只能当作普通段落。"
        "任务和责任单位可能因此认错。请改用 docx、xlsx，或让各格之间用制表符分开。"
    )
    source = SourceRef(place, offset, offset + len(text), text)
    return Finding("text.table-unclear", f"text.table-unclear:{place}", "warning", message, source)
