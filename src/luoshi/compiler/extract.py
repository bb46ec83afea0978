"""Units, targets and deadlines of one text: what `luoshi extract` prints.

In: text, perhaps with its title. Out: `Extraction`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luoshi.compiler.deadlines import deadlines_in
from luoshi.compiler.duties import units_in
from luoshi.compiler.spans import DeadlineSpan, TargetSpan, UnitSpan
from luoshi.compiler.targets import targets_in
from luoshi.compiler.wording import Wording
from luoshi.lexicon.workday import WorkCalendar

_YEAR = re.compile(r"(20\d\d)(?:年(?!版)|[—–-]20\d\d年)")  # 2021年重点工作清单
_YEAR_OF_LIST = re.compile(r"(20\d\d)年(?:度)?[^，。；\n]{0,20}(?:任务|要点|清单|实事|工作报告|重点工作|计划|方案)")  # 2021年度工作要点
_EDITION = re.compile(r"[（(](20\d\d)年版[）)]$")  # 甲市任务清单（2022年版）
_HEAD = 400


@dataclass(frozen=True, slots=True)
class Extraction:
    """「摘取」 What was read in one text, in text order."""

    units: tuple[UnitSpan, ...]
    targets: tuple[TargetSpan, ...]
    deadlines: tuple[DeadlineSpan, ...]

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """「摘取」 The keys of the contract, ready for `json.dumps`."""
        return {
            "units": [{"start": u.start, "end": u.end, "role": u.role, "name": u.name} for u in self.units],
            "targets": [_target_json(target) for target in self.targets],
            "deadlines": [{"start": d.start, "end": d.end, "date": d.date} for d in self.deadlines],
        }


def extract(text: str, title: str = "", source: str = "", calendar: WorkCalendar | None = None) -> Extraction:
    """「摘取」 Read one text. title: where the list's year is looked for first. source: kept out of the reading."""
    year = year_of_list(text, title)
    wording = Wording(text, year, title, calendar)
    deadlines = deadlines_in(wording)
    return Extraction(units_in(text, wording.flat), targets_in(wording, deadlines), deadlines)


def year_of_list(text: str, title: str = "") -> int | None:
    """「年度」 The year the list is for, as its title or its head says; None where neither says."""
    found = _YEAR.search(title) or _YEAR_OF_LIST.search(text[:_HEAD]) or _EDITION.search(title)
    return int(found[1]) if found else None


def _target_json(target: TargetSpan) -> dict[str, Any]:
    return {
        "start": target.start,
        "end": target.end,
        "value": _number(target.value),
        "value2": None if target.value2 is None else _number(target.value2),
        "unit": target.unit,
        "op": target.op,
        "mode": target.mode,
        "name": target.name,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
