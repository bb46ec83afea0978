"""Responsibility cells of a table that was flattened to lines: lines that hold names of units and nothing else.

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
_TITLE = re.compile(
    r"^[ \t]*[^\n，。：、]{0,8}?(牵头|主办|主责|责任|配合|协办|协同|参与|负责|指导|落实|实施)(?:责任)?"
    r"[ \t\n]{0,3}(?:单位|部门|处室|科室)(?:（[^）]*）)?[ \t]*$",
    re.MULTILINE,
)
_ROLES: dict[str, Role] = {
    "牵头": "lead",
    "主办": "lead",
    "主责": "lead",
    "配合": "support",
    "协办": "support",
    "协同": "support",
    "参与": "support",
}
_MARKS = re.compile(r"[。：！？“”《》【】%\d]|(?:的|要|将)(?=.)")  # a sentence: 要加快…
_LONGEST = 200


def read_cells(text: str, flat: str) -> tuple[UnitSpan, ...]:
    """「单位段」 in the lines of a flattened table. flat: the text, folded."""
    titles = tuple(_ROLES.get(found[1], "responsible") for found in _TITLE.finditer(flat))
    spans: list[UnitSpan] = []
    for run in _runs(text, flat):
        if not titles and len(run) == 1 and not text[run[0][0] :].startswith("\t"):
            continue  # one line alone may be a signature
        above = _title_above(flat, run[0][0])
        for i, (start, organs) in enumerate(run):
            role = above or _role(titles, i)
            spans += [UnitSpan(start + organ.start, start + organ.end, role, organ.name) for organ in organs]
    return tuple(spans)


def _title_above(flat: str, start: int) -> Role | None:
    """「栏目」 A title alone on the line above, which is no row of titles: 牵头单位\n市水务局."""
    lines = flat[max(0, start - 60) : start].split("\n")[-3:-1]
    found = [_TITLE.fullmatch(line) for line in lines]
    return _ROLES.get(found[-1][1], "responsible") if len(found) == 2 and found[-1] and not found[0] else None


def _role(titles: tuple[Role, ...], i: int) -> Role:
    if titles:
        return titles[i % len(titles)]
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
    if end - start > _LONGEST or _MARKS.search(flat, start, end):
        return None
    line = flat[start:end]
    if _TITLE.fullmatch(line):
        return None
    if is_blank_cell(line):
        return () if line.strip() else None
    organs = organs_in(text[start:end], line)
    return organs if organs and all(fills_a_cell(flat[start + o.start : start + o.end]) for o in organs) else None
