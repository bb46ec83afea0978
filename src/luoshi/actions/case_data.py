"""What only one kind of matter has, field by field. In: a kind and what was given. Out: the same, checked, as JSON keeps it; StepRefused.

This literal is the whole of it: forms, pages and prints use the same names.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.step_refused import StepRefused

FIELDS: dict[str, dict[str, str]] = {
    "slip": {"source": "text", "source_no": "text", "colour": "text", "requirement": "text", "copy_to": "text"},
    "blocker": {"category": "text", "level": "text", "cost_of_waiting": "text", "external": "text", "asked_for": "text", "report": "text"},
    "change": {"what": "text", "value_from": "decimal", "value_to": "decimal", "due_from": "date", "due_to": "date", "unit": "text",
               "recovery": "text", "curve": "months"},
    "incoming": {"incoming": "text", "applicant": "text", "country": "text", "language": "text", "channel": "text", "clock": "text"},
    "contribution": {"what": "text", "rating_of_support": "rating", "rating_of_lead": "rating", "note_of_support": "text",
                     "note_of_lead": "text"},
}
SOURCES: dict[str, str] = {"light": "亮灯", "note": "领导批示", "meeting": "会议议定", "document": "文件交办", "proposal": "建议提案",
                           "complaint": "群众诉求", "sample": "抽查", "blocker": "难点堵点", "other": "其他"}
BLOCKER_CATEGORIES: dict[str, str] = {"land": "用地", "money": "资金", "approval": "审批", "demolition": "征迁", "policy": "政策",
                                      "coordination": "部门协调", "cross_region": "跨省（市）协调", "technology": "技术", "other": "其他"}
BLOCKER_LEVELS: dict[str, str] = {"unit": "单位", "city": "市级", "province": "省级", "cross_province": "跨省"}


def checked_data(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Unknown names are a mistake of the program; wrong values one of the person."""
    unknown = set(given) - set(FIELDS[kind])
    if unknown:
        raise KeyError(f"{kind}: {'、'.join(sorted(unknown))}")
    problems: dict[str, str] = {}
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if value in (None, ""):
            continue
        try:
            kept[name] = _written(FIELDS[kind][name], value)
        except (ValueError, InvalidOperation):
            problems[name] = _("“%(value)s”不对：数字写阿拉伯数字，日期写成2019-09-30，评分写1到5。") % {"value": value}
    if problems:
        raise StepRefused(problems)
    return kept


def _written(shape: str, value: Any) -> Any:
    if shape == "decimal":
        return str(Decimal(str(value)))
    if shape == "date":
        return date.fromisoformat(str(value)).isoformat()
    if shape == "rating":
        stars = int(value)
        if not 1 <= stars <= 5:
            raise ValueError(value)
        return stars
    if shape == "months":
        return {str(int(month)): str(Decimal(str(each))) for month, each in dict(value).items() if 1 <= int(month) <= 12}
    return str(value).strip()
