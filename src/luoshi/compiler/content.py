"""Columns without a header, or with one that nobody knows, by what stands in them. In: a table and its header. Out: its columns."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from luoshi.compiler.columns import Header, settle_kinds
from luoshi.compiler.draft import Column, Kind, squeeze
from luoshi.lexicon.numeral import fold
from luoshi.lexicon.organ import fills_a_cell, is_blank_cell, split_organs
from luoshi.lexicon.period import PERIOD
from luoshi.reading.source import Cell, Table

LOOKED_AT = 60
"""Cells of a column that are looked at."""
_ORDINAL = re.compile(r"[（(]?(?:\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3})[）)]?[.、．]?")     # 12 · （三）
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[、 ][\u4e00-\u9fff]{2,3})*")                     # 张示例、李示例
_MOSTLY = 0.6


def read_content_columns(table: Table, header: Header) -> tuple[Column, ...]:
    """The header's columns, those without a meaning looked at; all of them where there is no header."""
    known = {c.index for c in header.columns if c.kind != "other" or c.header}
    header = replace(header, columns=tuple(replace(c, kind="measured_in") if _is_measure_unit(c, table, header) else c for c in header.columns))
    unknown = [i for i in range(table.columns) if i not in known]
    if not unknown or (not header.end and table.columns < 3):
        return header.columns
    by_column: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.row >= header.end and cell.columns == 1 and cell.text.strip() and len(by_column[cell.column]) < LOOKED_AT:
            by_column[cell.column].append(cell)
    kinds: dict[int, Kind] = {i: kind for i in unknown if by_column[i] and (kind := content_kind(by_column[i]))}
    if not header.end and not set(kinds.values()) & {"responsible"}:
        return header.columns                               # a table without header and without units is no list
    found = [c for c in header.columns if c.index in known]
    texts = [i for i in unknown if by_column[i] and i not in kinds]
    for at, i in enumerate(texts):
        kinds[i] = _text_kind(at, len(texts), header)
    found += [Column(kind, i, "") for i, kind in kinds.items()]
    return settle_kinds(tuple(sorted(_with_lead(found, header), key=lambda c: c.index)))


def _is_measure_unit(column: Column, table: Table, header: Header) -> bool:
    """单位 over 亿元, %, 个 is the unit of a number."""
    if squeeze(column.header) != "单位":
        return False
    cells = [c.text for c in table.cells if c.column == column.index and c.row >= header.end and c.text.strip()][:LOOKED_AT]
    return bool(cells) and sum(_are_units(text) for text in cells) * 2 < len(cells)


def content_kind(cells: list[Cell]) -> Kind | None:
    """`no`, `responsible`, `due`, `people`, or None: plain text."""
    texts = [squeeze(fold(c.text)) for c in cells]

    def share(test: re.Pattern[str]) -> float:
        return sum(1 for t in texts if test.fullmatch(t)) / len(texts)

    if share(_ORDINAL) > _MOSTLY:
        return "no"
    if sum(1 for c in cells if _are_units(c.text)) / len(cells) > _MOSTLY:
        return "responsible"
    if sum(1 for t in texts if len(t) <= 16 and PERIOD.search(t)) / len(texts) > _MOSTLY:
        return "due"
    return "people" if share(_PERSON) > _MOSTLY and max(map(len, texts)) <= 12 else None


def _are_units(text: str) -> bool:
    organs = split_organs(text)
    return bool(organs) and not is_blank_cell(text) and all(fills_a_cell(fold(o.name)) for o in organs)


def _text_kind(at: int, of: int, header: Header) -> Kind:
    """Without any header the first text is the task, the last the measure, one between them the goal; beside known columns nobody can say."""
    if header.end or at > 2:
        return "other"
    return "title" if at == 0 else "goal" if at == 1 and of > 2 else "measure"


def _with_lead(columns: list[Column], header: Header) -> list[Column]:
    """Without a header the first of two columns of units leads, the second supports."""
    units = sorted((c for c in columns if c.kind == "responsible"), key=lambda c: c.index)
    if header.end or len(units) != 2:
        return columns
    kinds: dict[int, Kind] = {units[0].index: "lead", units[1].index: "support"}
    return [replace(c, kind=kinds.get(c.index, c.kind)) for c in columns]
