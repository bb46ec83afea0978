"""Rows of a published series → observations; a revised figure is a new vintage beside the old one.

In: a `SeriesSpec` and a `Sheet`. Out: `Observation`s by period and publication, and findings.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from luoshi.pack.facts_spec import SeriesSpec
from luoshi.provenance import Finding
from luoshi.register.cell import Wrong, read_cell
from luoshi.register.period import end_of_period, read_period
from luoshi.register.record import Observation, Value, make_field
from luoshi.register.sheet import Sheet, match_columns

COLUMNS: Final = {"period": "期间", "value": "数值", "published_on": "发布日期", "document": "发布文件", "note": "说明"}
_MUST: Final = ("period", "value", "published_on")


def import_series(spec: SeriesSpec, sheet: Sheet) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """「导入序列」 Every good row as an observation."""
    columns, findings = match_columns(sheet, COLUMNS, _MUST)
    if any(finding.level == "error" for finding in findings):
        return (), findings
    good: dict[tuple[str, date], Observation] = {}
    told = list(findings)
    for row, line in sheet.rows:
        cells = {name: line[place] if place < len(line) else "" for name, place in columns.items()}
        read = _read(spec, sheet, row, cells)
        if not isinstance(read, Observation):
            told += read
        elif (read.period, read.published_on) in good:
            why = f"同一期间、同一发布日期已有一个数（{good[read.period, read.published_on].origin}）"
            told.append(sheet.finding("row.duplicate-version", row, "发布日期", cells["published_on"], why, "修订数请写修订数的发布日期"))
        else:
            good[read.period, read.published_on] = read
    return tuple(sorted(good.values(), key=lambda o: (o.period, o.published_on))), tuple(told)


def _read(spec: SeriesSpec, sheet: Sheet, row: int, cells: dict[str, str]) -> Observation | list[Finding]:
    wrong: list[Finding] = []
    values: dict[str, Value] = {}
    for name in _MUST:
        written = cells.get(name, "")
        value = _value(spec, name, written) if written else Wrong("row.required", "必填，这里是空的", "请补填")
        if isinstance(value, Wrong):
            wrong.append(sheet.finding(value.id, row, COLUMNS[name], written, value.why, value.todo))
        else:
            values[name] = value
    period, value, published = values.get("period"), values.get("value"), values.get("published_on")
    if not (isinstance(period, str) and isinstance(value, Decimal) and isinstance(published, date)):
        return wrong
    if published <= end_of_period(period) and spec.year_to_date:
        why = "发布日期在期间结束之前"
        return [sheet.finding("row.published-early", row, "发布日期", cells["published_on"], why, "请核对期间和发布日期")]
    return Observation(period, value, published, cells.get("document", ""), cells.get("note", ""), f"{sheet.file} 第{row}行")


def _value(spec: SeriesSpec, name: str, written: str) -> Value | Wrong:
    if name == "period":
        example = {"month": "2019-08", "quarter": "2019Q3", "year": "2019"}[spec.frequency]
        return read_period(written, spec.frequency) or Wrong("row.bad-period", "不是这个序列的期间", f"请写成 {example} 这样")
    if name == "value":
        return read_cell(make_field(name, COLUMNS[name], "number", spec.unit), written)
    return read_cell(make_field(name, COLUMNS[name], "date"), written)
