"""Pass 1: which table is the list, and what each of its columns means. In: a document. Out: `Draft` with table, columns, year."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from luoshi.compiler.draft import Column, Draft, Kind, squeeze, tidy
from luoshi.lexicon.written import place_words
from luoshi.provenance import Answer, Finding
from luoshi.reading.source import Cell, Paragraph, Table

HEADER_ROWS = 6
"""A header is looked for in the first rows only: further down the words 牵头, 任务 stand in running text."""

HEADERS: tuple[tuple[Kind, str], ...] = (
    # first match wins, so the narrower meaning stands first
    ("no", r"序号|编号|项次"),
    ("people", r"(?:责任|分管|牵头|包联|市)领导|责任人|联系人"),               # 责任领导
    ("support", r"配合|协办|参与|协同|支持单位"),                               # 配合单位
    ("lead", r"牵头|主办|主责"),                                                # 牵头部门
    ("responsible", r"责任(?:单位|部门|主体|处室)|承办|落实单位|指导部门"),       # 责任单位
    ("due", r"完成时(?:限|间)|时间节点|时限|进度安排|完成期限|时间要求"),          # 完成时限
    ("goal", r"目标|指标要求|考核要求|预期成果"),                                # 年度目标
    ("measure", r"措施|举措|工作内容|主要内容|任务内容|具体内容|建设内容|重点工作内容"),   # 具体措施
    ("notes", r"备注|说明"),
    ("group", r"领域|类别|板块|分类"),                                          # 所属领域
    ("title", r"任务|事项|项目名称|工作重点|重点工作|工作名称"),                    # 工作任务
)
_HEADERS = tuple((kind, re.compile(pattern)) for kind, pattern in HEADERS)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")                                       # 2019年重点工作
_TITLE_WORD = re.compile(r"清单|任务|分工|方案|计划|工作要点")                      # …重点工作任务清单
_ANNEX = re.compile(r"附\s*件?\s*[\d一二三四五六七八九十]*\s*[:：]?$")              # 附件1


def choose_table(draft: Draft) -> Draft:
    """Find the list among the tables of the document and name its columns; say so where there is none, or a choice."""
    blocks = draft.document.blocks
    read = [(table, *read_header(table)) for table in blocks if isinstance(table, Table)]
    lists = [x for x in read if is_list(x[1])]
    if not lists:
        return _title(draft, None).found(_no_list(draft, bool(read)))
    table, columns, header_end = max(lists, key=lambda x: (x[0].place == draft.wanted, len(x[1]), x[0].rows))
    draft = replace(draft, table=table, columns=columns, header_end=header_end)
    draft = _title(draft, table).found(*_missing_columns(columns, table))
    return draft.found(*_other_tables(table, read))


def read_header(table: Table) -> tuple[tuple[Column, ...], int]:
    """The columns that the best header row among the first rows names, and the row after the header. A second header row
    under a wide cell (年度目标 over 2019年, 2020年) is read as part of the first."""
    best: tuple[tuple[Column, ...], int] = ((), 0)
    for row in range(min(HEADER_ROWS, table.rows)):
        columns, end = _read_header_row(table, row)
        if len({c.kind for c in columns}) > len({c.kind for c in best[0]}):
            best = columns, end
    return best


def _read_header_row(table: Table, row: int) -> tuple[tuple[Column, ...], int]:
    columns: list[Column] = []
    end = row + 1
    for cell in (c for c in table.cells if c.row == row):
        kind = column_kind(cell.text)
        if kind is None:
            continue
        below = [c for c in table.cells if c.row == row + 1 and cell.column <= c.column < cell.column + cell.columns]
        if cell.columns > 1 and below:
            end = row + 2
            columns += [_column(column_kind(c.text) or kind, c, tidy(cell.text) + tidy(c.text)) for c in below]
        else:
            columns.append(_column(kind, cell, tidy(cell.text)))
        end = max(end, row + cell.rows)
    return tuple(columns), end


def _column(kind: Kind, cell: Cell, header: str) -> Column:
    year = _YEAR.search(header)
    return Column(kind, cell.column, header, int(year[0]) if year and kind == "goal" else None)


def column_kind(header: str) -> Kind | None:
    """What a column headed so means; None for a text too long to be a header, or an unknown one."""
    text = squeeze(header)
    if not 1 < len(text) <= 20:
        return None
    return next((kind for kind, pattern in _HEADERS if pattern.search(text)), None)


def is_list(columns: tuple[Column, ...]) -> bool:
    """A table is a task list if it says what is to be done, and who or how much."""
    kinds = {c.kind for c in columns}
    return bool(kinds & {"title", "measure"}) and bool(kinds & {"lead", "responsible", "goal"}) and len(kinds) >= 3


def _title(draft: Draft, table: Table | None) -> Draft:
    """The last line before the list that sounds like a title; else the file's own title, else its name."""
    document = draft.document
    above: list[str] = []
    for block in document.blocks:
        if block is table:
            break
        if isinstance(block, Paragraph):
            above.append(tidy(block.text))
    if table is not None:
        first = min((c.row for c in table.cells if c.column == draft.columns[0].index and c.text == draft.columns[0].header), default=0)
        above += [tidy(c.text) for c in table.cells if c.row < max(first, draft.header_end - 1) and c.text and column_kind(c.text) is None]
    lines = [x for x in above if x and not _ANNEX.match(x)]
    titles = [x for x in lines if _TITLE_WORD.search(x) and len(x) <= 80]
    title = (titles or [document.title or "", *lines[:1], document.name])
    chosen = next(x for x in (titles[-1:] or title) if x)
    return replace(draft, title=chosen, year=draft.year or list_year(chosen, draft))


def list_year(title: str, draft: Draft) -> int | None:
    """The year in the title; else the one most often written in the document."""
    named = _YEAR.findall(title)
    if named:
        return int(named[-1])
    text = " ".join(b.text if isinstance(b, Paragraph) else " ".join(c.text for c in b.cells) for b in draft.document.blocks)
    years = Counter(_YEAR.findall(text)).most_common(1)
    return int(years[0][0]) if years else None


def _no_list(draft: Draft, has_tables: bool) -> Finding:
    what = "文件里有表格，但没有一张像任务清单" if has_tables else "文件里没有找到表格"
    return Finding("list.not-found", "list.not-found", "error",
                   f"“{draft.document.name}”：{what}。清单表要有“任务”或“措施”一栏，以及“牵头单位”“责任单位”或“目标”一栏。"
                   "请检查表头写法，或另存为 docx、xlsx 后再试。")


def _missing_columns(columns: tuple[Column, ...], table: Table) -> list[Finding]:
    kinds = {c.kind for c in columns}
    wanted = {"measure": ("具体措施", "每项任务将没有举措，责任直接落在任务上"),
              "lead": ("牵头单位", "没有人对举措负责，无法派发和催办"),
              "goal": ("年度目标", "目标值只能从措施里找"),
              "no": ("序号", "任务只按名称区分")}
    if "responsible" in kinds:
        del wanted["lead"]
    return [Finding("table.missing-column", f"table.missing-column:{kind}", "warning" if kind == "lead" else "info",
                    f"{place_words(table.place)}：没有“{name}”一栏，{why}。如果原文有这一栏，请检查表头文字。")
            for kind, (name, why) in wanted.items() if kind not in kinds]


def _other_tables(chosen: Table, read: list[tuple[Table, tuple[Column, ...], int]]) -> list[Finding]:
    findings = []
    for table, columns, _ in read:
        if table is chosen:
            continue
        like = is_list(columns)
        first = next((tidy(c.text) for c in table.cells if c.text), "")
        findings.append(Finding(
            "table.another" if like else "table.not-a-list", f"table.another:{table.place}", "question" if like else "info",
            f"{place_words(table.place)}（{table.rows}行，以“{first[:20]}”开头）"
            + ("也像一张任务清单，这次没有读。要读哪一张？" if like else "不像任务清单，没有读。"),
            answers=_choice(chosen, table) if like else ()))
    return findings


def _choice(chosen: Table, other: Table) -> tuple[Answer, ...]:
    return (Answer(chosen.place, f"只读{place_words(chosen.place)}"), Answer(other.place, f"改读{place_words(other.place)}"))
