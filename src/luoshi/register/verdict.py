"""Judgements under a rubric, as rows: who may score whom, and what may no longer be changed.

In: a `RegisterSpec` with a rubric, and its records. Out: the records that may stand, and findings about the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from luoshi.pack.register_spec import RegisterSpec, Rubric
from luoshi.provenance import Finding
from luoshi.register.record import Record, field_of, fields_of

NO_RELATION: Final = "无"


def has_conflict(rubric: Rubric, cells: Mapping[str, Any]) -> bool:
    """「有利益关系」 Declared by the judge, or plain from the row: judge and subject belong to one unit. Nothing declared is not 无."""
    if cells[rubric.relation] != NO_RELATION:
        return True
    if rubric.judge_unit is None or rubric.subject_unit is None:
        return False
    unit = cells[rubric.judge_unit]
    return unit is not None and unit in (cells[rubric.subject_unit], cells[rubric.subject])


def check_verdicts(spec: RegisterSpec, rows: Iterable[Record]) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """「查评分表」 A judge with a conflict has no score sheet; no score is above its points; nothing changes after it is signed."""
    rubric = spec.rubric
    assert rubric is not None
    names = [f.name for f in fields_of(spec)]
    good: list[Record] = []
    told: list[Finding] = []
    locked: dict[str, date] = {}
    for row in sorted(rows, key=lambda r: (r.recorded_on or date.min)):
        cells = dict(zip(names, row.values, strict=True))
        why = _why_not(spec, rubric, cells, locked.get(row.key))
        if why:
            message = f"{row.origin}：{why}。这一行没有导入。"
            told.append(Finding("row.verdict", f"row.verdict:{row.origin}", "error", message, None, spec.register_name))
            continue
        good.append(row)
        signed = cells[rubric.locked]
        if isinstance(signed, date):
            locked[row.key] = signed
    return tuple(good), tuple(told)


def _why_not(spec: RegisterSpec, rubric: Rubric, cells: Mapping[str, Any], locked: date | None) -> str:
    judge = cells[rubric.judge]
    if locked is not None:
        return f"{judge}的评分表{locked}已签定，不能再改。要更正，用下一版评分表另评一次"
    scored = [one for one in rubric.criteria if cells[one.field] is not None]
    if has_conflict(rubric, cells) and (scored or cells[rubric.opinion] is not None):
        told = cells[rubric.relation]
        declared = f"{judge}申报了“{told}”" if told else f"{judge}没有申报有无利益关系"
        why = f"{judge}与被评对象是同一单位" if told == NO_RELATION else declared
        return f"{why}，应当回避，不能评分。没有关系的，请先申报“{NO_RELATION}”"
    for one in scored:
        if not Decimal(0) <= cells[one.field] <= one.points:
            return f"“{field_of(spec, one.field).title}”满分{one.points}分，写的是{cells[one.field]}分"
    return ""
