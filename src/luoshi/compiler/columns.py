"""What the columns of a table mean, by the words of its header. In: a table. Out: its `Column`s and the row after the header."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from luoshi.compiler.draft import Column, Kind, squeeze, tidy
from luoshi.reading.source import Cell, Table

HEADER_ROWS = 6
"""A header is looked for in the first rows only: further down the words 牵头, 任务 stand in running text."""

HEADERS: tuple[tuple[Kind, str], ...] = (
    # first match wins, so the narrower meaning stands first
    ("no", r"序号|编号|项次|序次|^号$|^NO\.?$"),
    ("notes", r"电话|基期|现状|基准值|去年|上年|实际完成|完成情况|进展情况|存在问题|依据|文件号"),      # 2023年现状值
    ("measured_in", r"计量单位|指标单位|度量单位|^单位[(（].{1,6}[)）]$"),                        # 计量单位
    ("responsible", r"(?:单位|部门)(?:及|和|、|/|与)?(?:责任人|负责人|联系人)|^单位$|^部门$"),      # 责任单位及责任人
    ("people", r"(?:责任|分管|牵头|包联|包抓|挂钩|主管|督办|县|区|市)领导|责任人|联系人|负责人|联络员|领导$"),   # 责任领导
    ("responsible", r"牵头.{0,4}(?:配合|协办)"),                                                # 牵头、配合单位
    ("support", r"配合|协办|参与|协同|支持单位|协作|协助|会办|参加"),                              # 配合单位
    ("lead", r"牵头|主办|主责|主抓"),                                                           # 牵头部门
    ("responsible", r"责任(?:单位|部门|主体|处室|科室|分工|方|地区)|承办|(?:落实|实施|执行|推进|指导|监管|主管|负责|申报|建设)(?:单位|部门|主体)"
                    r"|^负责$|^责任$|分工单位"),                                                 # 责任单位
    ("stage", r"^(?:\d{4}年)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末)?|年[中底末])(?:前)?"
              r"(?:目标|进度|节点|计划|任务|安排|工作)*$"),                                       # 一季度目标
    # 完成时限
    ("due", r"完成时间|时限|时间节点|进度安排|时间要求|时间安排|完成日期|办结|起止|工期|^时间$|期限|推进时间|实施时间|计划完成|时间进度"),
    ("goal_or_title", r"目标任务"),                                                             # 目标任务
    ("title", r"指标名称|主要指标|^指标$|^目标名称$|二级指标|三级指标"),                             # 指标名称
    ("goal", r"目标|指标要求|指标值|考核要求|预期成果|预期成效|成果形式|完成标志|量化|^\d{4}年(?:度)?$|考核指标|成效"),   # 年度目标
    # 具体措施
    ("measure", r"措施|举措|内容|任务分解|具体任务|分解任务|工作要求|任务要求|具体要求|工作安排|做法|建设规模|具体工作|任务细化|推进计划"),
    ("notes", r"备注|说明|来源|推广范围|投资额|总投资"),
    ("group", r"领域|类别|板块|分类|类型|方面|专项名称|一级指标|大类"),                              # 所属领域
    ("title", r"任务|事项|项目|工作|实事|问题|课题|工程|行动|改革|名称"),                            # 工作任务
)
_HEADERS = tuple((kind, re.compile(pattern)) for kind, pattern in HEADERS)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")                                       # 2019年重点工作
_LONGEST = 20
_UNITS: frozenset[Kind] = frozenset(("lead", "support", "responsible"))


@dataclass(frozen=True, slots=True)
class Header:
    """「表头」 columns: what each means; start, end: the first header row and the row after the last; end 0: there is none."""

    columns: tuple[Column, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def is_list(self) -> bool:
        """A table is a task list if it says what is to be done, and who or how much."""
        kinds = {c.kind for c in self.columns}
        return bool(kinds & {"title", "measure"}) and bool(kinds & (_UNITS | {"goal", "stage"})) and len(kinds) >= 2 and len(self.columns) >= 2


def column_kind(header: str) -> Kind | None:
    """What a column headed so means; None for a text too long to be a header, or an unknown one."""
    text = squeeze(header)
    if not 0 < len(text) <= _LONGEST or "。" in text:
        return None
    return next((kind for kind, pattern in _HEADERS if pattern.search(text)), None)


def read_header(table: Table) -> Header:
    """The best header row among the first rows. A second header row under a wide cell (年度目标 over 2019年, 2020年) is read as
    part of the first."""
    best = Header()
    rows: list[list[Cell]] = [[] for _ in range(HEADER_ROWS + 1)]
    for cell in table.cells:
        if cell.row <= HEADER_ROWS:
            rows[cell.row].append(cell)
    for row in range(min(HEADER_ROWS, table.rows)):
        header = _read_row(rows[row], rows[row + 1], row)
        if _worth(header) > _worth(best):
            best = header
    return replace(best, columns=settle_kinds(best.columns))


def _worth(header: Header) -> int:
    return len({c.kind for c in header.columns if c.kind != "other"})


def _read_row(cells: list[Cell], below: list[Cell], row: int) -> Header:
    if sum(1 for c in cells if column_kind(c.text)) * 2 < sum(1 for c in cells if c.text.strip()):
        return Header()                                    # mostly words that head nothing: a row of the list
    two = _has_second_row(cells, below)
    columns: list[Column] = []
    for cell in cells:
        under = [c for c in below if cell.column <= c.column < cell.column + cell.columns and c.text.strip()] if two else []
        if under and cell.rows == 1:
            columns += [_column(_kind_of_pair(cell.text, c.text), c, tidy(cell.text) + tidy(c.text)) for c in under]
        elif cell.columns == 1 or cell.text.strip():
            columns.append(_column(column_kind(cell.text) or "other", cell, tidy(cell.text)))
    return Header(tuple(columns), row, max([row + 1 + two, *(row + c.rows for c in cells if c.rows <= 2)]))


def _has_second_row(cells: list[Cell], below: list[Cell]) -> bool:
    """Something wide stands over several cells, and nothing of its own stands below the narrow ones."""
    wide = [c for c in cells if c.columns > 1 and c.rows == 1 and c.text.strip()]
    if not wide or len(cells) < 2 or not below:
        return False
    under = [c for c in below if any(w.column <= c.column < w.column + w.columns for w in wide)]
    beside = [c for c in below if c not in under and c.text.strip() and c.rows + c.columns == 2]
    return bool(under) and not beside and all(len(squeeze(c.text)) <= _LONGEST and "。" not in c.text for c in under)


def _kind_of_pair(above: str, below: str) -> Kind:
    """年度目标 over 2024年 is a goal; 进度安排 over 一季度 a stage; 责任单位 over 市级, 县级 units."""
    own = column_kind(below)
    over = column_kind(above)
    if over in {"goal", "notes"} and own in {"goal", "title", "other", None}:
        return over
    return own or over or "other"


def _column(kind: Kind, cell: Cell, header: str) -> Column:
    year = _YEAR.search(header)
    return Column(kind, cell.column, header, int(year[0]) if year and kind in {"goal", "stage"} else None)


def settle_kinds(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Columns that only their neighbours explain: 目标任务 is a goal beside a title; of two titles the wider stands first."""
    kinds = [c.kind for c in columns]
    kinds = [("goal" if "title" in kinds else "title") if k == "goal_or_title" else k for k in kinds]
    titles = [i for i, k in enumerate(kinds) if k == "title"]
    if len(titles) > 1 and "measure" not in kinds:
        kinds[titles[-1]] = "measure"                       # 重点任务 | 具体事项
        titles = titles[:-1]
    for i in titles[:-1]:
        kinds[i] = "group"                                  # 重点工作 | 任务 | 措施
    measures = [i for i, k in enumerate(kinds) if k == "measure"]
    if "title" not in kinds and len(measures) > 1:
        kinds[measures[0]] = "title"                        # 工作内容 | 具体举措
    if "title" not in kinds and "measure" not in kinds and "group" in kinds:
        kinds[kinds.index("group")] = "title"
    return tuple(replace(c, kind=k) for c, k in zip(columns, kinds, strict=True))
