"""「更正提示」: where today's figures for the same day differ from an issued bulletin's. In: two bulletins. Out: `Change`s.

An issued bulletin never moves: what changed afterwards is told beside it, and corrected by a later issue.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from luoshi.publish.bulletin import Bulletin
from luoshi.publish.bulletin_numbers import BoundNumber

ROLE_WORDS = {"actual": "实际", "planned": "应达", "target": "目标", "difference": "差额", "gap": "差距", "days": "超期天数", "top": "符合条件数",
              "bottom": "应计数", "counted": "计入行数", "excluded": "未计入行数", "leads": "牵头数", "done": "完成数", "normal": "正常数",
              "late": "滞后数", "other": "其他", "items": "指标和节点总数", "tasks": "任务数", "targets": "指标数", "milestones": "节点数",
              "better": "好转数", "worse": "下滑数", "same": "不变数", "state.normal": "正常数", "state.done": "完成数", "state.late": "滞后数",
              "state.seriously_late": "严重滞后数", "state.no_data": "暂无数据数", "state.not_judged": "暂不评判数"}
COMPARED = frozenset({"actual", "target", "planned", *(role for role in ROLE_WORDS if role.startswith("state."))})
"""Differences, rates and rows follow from these, and would only repeat them."""


@dataclass(frozen=True, slots=True)
class Change:
    """「更正」 issued: the number as printed; today: as it would be printed now, empty where the line is gone or has no number."""

    of: str
    role: str
    promise: str
    issued: str
    today: str

    @property
    def what(self) -> str:
        """第9.1项实际; 全部指标和节点的正常数"""
        words = ROLE_WORDS.get(self.role, self.role)
        return f"总体{words}" if self.of == "all" else f"第{self.of}项{words}"


def changes_since(issued: Bulletin, today: Bulletin) -> tuple[Change, ...]:
    """In the order of the issued bulletin; each number once."""
    now = {_identity(n): n for n in today.numbers}
    made: dict[tuple[str, str], Change] = {}
    for number in issued.numbers:
        if number.role not in COMPARED or _identity(number) in made:
            continue
        current = now.get(_identity(number))
        if current is None or not _same(number.exact, current.exact) or number.unit != current.unit:
            made[_identity(number)] = Change(number.of, number.role, number.promise, number.text, current.text if current else "")
    for number in today.numbers:
        if number.role == "actual" and _identity(number) not in {_identity(n) for n in issued.numbers}:
            made[_identity(number)] = Change(number.of, number.role, number.promise, "", number.text)
    return tuple(made.values())


def _identity(number: BoundNumber) -> tuple[str, str]:
    return number.promise or number.of, number.role


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return one == other
