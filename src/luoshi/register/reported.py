"""「填报数」: what a unit says, where no facts compute it yet. In: reported.example.csv. Out: `Reported`, findings for bad lines.

Accepted reports of a server become `Reported` too: those name their promise.

A reported figure is always shown as reported: it is never mixed with computed ones.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from luoshi.provenance import Finding

COLUMNS = ("任务", "指标词", "数值", "单位", "数据日期", "填报单位", "说明")


@dataclass(frozen=True, slots=True)
class Reported:
    """「填报数」 One value as a unit reported it. words: found in the metric of the target; on: the day the value is for.

    promise_id: exactly which target or milestone, where that is known; task, words and unit are not asked then. known_on: since when."""

    task: str
    words: tuple[str, ...]
    value: Decimal
    unit: str
    on: date
    by: str
    note: str
    promise_id: str = ""
    known_on: date | None = None


def read_reported(path: Path) -> tuple[tuple[Reported, ...], tuple[Finding, ...]]:
    """Every good line; a bad one becomes a finding that names file, line and column."""
    reported, findings = [], []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [c for c in COLUMNS if c not in (rows.fieldnames or ())]
        if missing:
            return (), (Finding("reported.missing-column", f"reported:{path.name}", "error", f"{path.name} 第1行：缺“{'、'.join(missing)}”列。"),)
        for row in rows:
            try:
                reported.append(_reported(row))
            except (InvalidOperation, ValueError) as error:
                findings.append(Finding("reported.bad-row", f"reported:{path.name}:{rows.line_num}", "error",
                                        f"{path.name} 第{rows.line_num}行：{error}。数值写数字，数据日期写成 2019-09-30。"))
    return tuple(reported), tuple(findings)


def _reported(row: dict[str, str]) -> Reported:
    try:
        value = Decimal(row["数值"].replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"数值“{row['数值']}”不是数字") from None
    try:
        on = date.fromisoformat(row["数据日期"])
    except ValueError:
        raise ValueError(f"数据日期“{row['数据日期']}”不是日期") from None
    words = tuple(w for w in row["指标词"].replace("，", " ").replace("；", " ").split() if w)
    return Reported(row["任务"], words, value, row["单位"], on, row["填报单位"], row["说明"])
