"""Responsibility cells of a table that was flattened: to lines that hold names of units and nothing else, or to rows whose
cells are divided by tabs or bars.

In: text. Out: `UnitSpan`. Roles come from the titles of the columns in the text, else the first line of a run leads and
the next supports.
"""

from __future__ import annotations

import re

from luoshi.compiler.spans import UnitSpan
from luoshi.lexicon.organ import Organ, fills_a_cell, is_blank_cell, organs_in
from luoshi.plan.duty import Role

_LINE = re.compile(r"[^\n]+")  # 市民政局
# 牵头\n单位: the title of a column, alone on its lines
_WHO = r"(牵头|主办|主责|主管|责任|承办|配合|协办|协同|协作|协助|参与|参加|支持|负责|指导|监管|督办|督促|落实|实施|包抓)(?:责任|负责|落实|实施)?"
_NOUN = r"(?:单位|部门|处室|科室|主体|机构)(?:[及和与、/]?(?:单位|部门|处室|科室|地区))?(?:（[^）\n]*）)?"
_TITLE = re.compile(rf"^[ \t]*(?![各有相其])[^\n，。：、\t|]{{0,8}}?{_WHO}[ \t\n]{{0,3}}{_NOUN}[ \t]*$", re.MULTILINE)
_HEADER_CELL = re.compile(rf"(?![各有相其])[^，。：；]{{0,8}}?{_WHO}\s?{_NOUN}")  # 牵头责任单位（第一个为牵头）
_ROW = re.compile(r"^[^\n\t|]*[\t|][^\n\t|]*[\t|][^\n]*$", re.MULTILINE)  # 1\t市水务局\t年底前
_BAR = re.compile(r"[\t|]")  # |
# 2023年实际 · 现状值 · 基期: what is there already
_BASE_TITLE = re.compile(r"(?:20\d\d年?(?:度)?)?(?:底|末)?"
                         r"(?:基期|现状|基准|基数|实际|完成)(?:年?(?:值|数|水平|情况|完成(?:值|数|情况)?))?|(?:上年|去年)[^，。\t|]{0,6}")
_FIRST_LEADS = re.compile(r"(?:第一|首)(?:个|位|家|名)?[^）]{0,6}[为是]?牵头")  # 第一个为牵头
_ROLES: dict[str, Role] = {
    "牵头": "lead",
    "主办": "lead",
    "主责": "lead",
    "配合": "support",
    "协办": "support",
    "协同": "support",
    "协作": "support",
    "协助": "support",
    "支持": "support",
    "参加": "support",
    "参与": "support",
}
_MARKS = re.compile(  # a sentence or heading: 要加快… · （四）帮办代办
    r"[。：！？“”《》【】%\d]|(?:的|要|将)(?=.)|^[ \t]*(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)"
)
_LONGEST = 200


def read_cells(text: str, flat: str, first_leads: bool = False) -> tuple[UnitSpan, ...]:
    """「单位段」 in the lines and rows of a flattened table. flat: the text, folded; first_leads: the text says that the first
    named leads."""
    spans = _rows(text, flat, first_leads)
    return tuple(spans) or _line_cells(text, flat, first_leads)


def _rows(text: str, flat: str, first_leads: bool) -> list[UnitSpan]:
    """「单位段」 Under a row of titles, the cells of the columns that name units; an empty line or another width ends it."""
    if "\t" not in flat and "|" not in flat:
        return []
    spans: list[UnitSpan] = []
    columns: dict[int, tuple[Role, bool]] = {}
    width, last_end = 0, -1
    for row in _ROW.finditer(flat):
        cells = _cells_of(flat, row.start(), row.end())
        if len(cells) < 3 or (not columns and sum(b > a for a, b in cells) < 3):
            continue
        titles = {i: _column(flat[a:b], first_leads) for i, (a, b) in enumerate(cells) if b - a < 40 and _HEADER_CELL.fullmatch(flat, a, b)}
        if titles:
            columns, width = titles, len(cells)
        elif row.start() - last_end > 2 or len(cells) > width:
            columns = {}
        else:
            for i in columns.keys() & set(range(len(cells))):
                spans += _units_of(text, flat, *cells[i], *columns[i])
        last_end = row.end()
    return sorted(spans, key=lambda span: span.start)


def base_cells(flat: str) -> list[tuple[int, int]]:
    """「基期格」 Where a flattened table says how things stood: the cells under 2023年实际, 现状值, 基期, in text order."""
    if ("\t" not in flat and "|" not in flat) or not any(word in flat for word in ("现状", "基期", "基准", "基数", "实际", "上年", "去年")):
        return []
    columns: set[int] = set()
    spans: list[tuple[int, int]] = []
    last_end = -1
    for row in _ROW.finditer(flat):
        cells = _cells_of(flat, row.start(), row.end())
        titles = {i for i, (a, b) in enumerate(cells) if 0 < b - a < 20 and _BASE_TITLE.fullmatch(flat, a, b)}
        if titles:
            columns = titles
        elif row.start() - last_end > 2:
            columns = set()
        else:
            spans += [cells[i] for i in sorted(columns) if i < len(cells)]
        last_end = row.end()
    return spans


def _cells_of(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """「格」 Where each cell of a row stands, without the blanks around its words."""
    cuts = [found.start() for found in _BAR.finditer(flat, start, end)]
    cells = []
    for a, b in zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True):
        words = flat[a:b]
        a += len(words) - len(words.lstrip())
        cells.append((a, max(a, a + len(words.strip()))))
    return cells


def _column(title: str, first_leads: bool) -> tuple[Role, bool]:
    found = _HEADER_CELL.fullmatch(title)
    role = _ROLES.get(found[1], "responsible") if found else "responsible"
    return role, role == "responsible" and (first_leads or bool(_FIRST_LEADS.search(title)))


def _units_of(text: str, flat: str, start: int, end: int, role: Role, first_leads: bool) -> list[UnitSpan]:
    organs = () if is_blank_cell(flat[start:end]) else organs_in(text[start:end], flat[start:end])
    roles: list[Role] = ["lead" if first_leads and i == 0 else role for i in range(len(organs))]
    return [UnitSpan(start + o.start, start + o.end, of, o.name) for o, of in zip(organs, roles, strict=True) if len(o.name) <= 40]


def _line_cells(text: str, flat: str, first_leads: bool) -> tuple[UnitSpan, ...]:
    first_leads = first_leads or any(_FIRST_LEADS.search(found.group()) for found in _TITLE.finditer(flat))
    titles = tuple(_ROLES.get(found[1], "responsible") for found in _TITLE.finditer(flat))
    spans: list[UnitSpan] = []
    for run in _runs(text, flat):
        if not titles and len(run) == 1 and not text[run[0][0] :].startswith("\t"):
            continue  # one line alone may be a signature
        run = _with_blanks_before(flat, run, len(titles))
        above = _title_above(flat, run[0][0])
        for i, (start, organs) in enumerate(run):
            role = above or _role(titles, i, len(run))
            leads = first_leads and role == "responsible" and "lead" not in titles
            for j, organ in enumerate(organs):
                spans.append(UnitSpan(start + organ.start, start + organ.end, "lead" if leads and j == 0 else role, organ.name))
    return tuple(spans)


def _with_blanks_before(flat: str, run: list[tuple[int, tuple[Organ, ...]]], columns: int) -> list[tuple[int, tuple[Organ, ...]]]:
    """「空格」 Lines of nothing but a tab keep the place of cells, as far as the unit columns reach: \\t\\n市水务局 under 牵头单位 | 配合单位."""
    lines = flat[max(0, run[0][0] - 40) : run[0][0]].split("\n")[:-1]
    missing = -len(run) % columns if columns else 0
    blank = 0
    while blank < min(missing, len(lines)) and "\t" in lines[-1 - blank] and not lines[-1 - blank].strip():
        blank += 1
    return [(run[0][0], ())] * blank + run


def _title_above(flat: str, start: int) -> Role | None:
    """「栏目」 A title alone on the line above, which is no row of titles: 牵头单位\n市水务局."""
    lines = flat[max(0, start - 60) : start].split("\n")[-3:-1]
    found = [_TITLE.fullmatch(line) for line in lines]
    return _ROLES.get(found[-1][1], "responsible") if len(found) == 2 and found[-1] and not found[0] else None


def _role(titles: tuple[Role, ...], i: int, of: int) -> Role:
    """「角色」 Lines go round the titles of the unit columns; what does not come out even belongs to the last (a cell of two lines)."""
    if titles:
        return titles[i % len(titles) if of % len(titles) == 0 else min(i, len(titles) - 1)]
    return "lead" if i % 2 == 0 else "support"


def _runs(text: str, flat: str) -> list[list[tuple[int, tuple[Organ, ...]]]]:
    """「单位段」 Neighbouring lines that are all cells: (start of line, its units); a mark for nothing keeps its place."""
    runs: list[list[tuple[int, tuple[Organ, ...]]]] = []
    last_end = -2
    for found in _LINE.finditer(flat):
        cell = _cell(text, flat, *found.span())
        if cell is None:
            continue
        if runs and found.start() - last_end == 1:
            runs[-1].append((found.start(), cell))
        elif cell:
            runs.append([(found.start(), cell)])
        else:
            continue
        last_end = found.end()
    return runs


def _cell(text: str, flat: str, start: int, end: int) -> tuple[Organ, ...] | None:
    line = flat[start:end]
    if end - start > _LONGEST or _MARKS.search(line):
        return None
    if _TITLE.fullmatch(line):
        return None
    if is_blank_cell(line):
        return () if line.strip() else None
    organs = organs_in(text[start:end], line)
    return organs if organs and all(fills_a_cell(flat[start + o.start : start + o.end]) for o in organs) else None
