"""What can be changed of a noun, and how typed text becomes a value of the plan.

In: a noun, texts by field. Out: the noun with those values. Raises BadEdit with the field and what is wrong with it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from luoshi.plan.edit import BadEdit, Values
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Judged, Modality, Mode, Op, Target
from luoshi.plan.task import Task

FIELDS: dict[type, tuple[str, ...]] = {
    Task: ("no", "title", "goal"), Measure: ("text",), Milestone: ("text", "modality", "due"),
    Target: ("metric", "op", "value", "value2", "unit", "mode", "modality", "due", "condition", "judged")}
CHOICES: dict[str, tuple[str, ...]] = {"op": get_args(Op), "mode": get_args(Mode), "modality": get_args(Modality), "judged": get_args(Judged)}
NAMES = {"no": "序号", "title": "任务名称", "goal": "年度目标", "text": "文字", "metric": "指标名称", "op": "比较方式", "value": "数值",
         "value2": "上限", "unit": "计量单位", "mode": "水平或增减", "modality": "语气", "due": "期限", "condition": "条件", "judged": "怎样算完成"}
NEEDED = ("title", "text", "metric", "value", "unit")
LENGTH = {"no": 20, "title": 300, "unit": 20, "metric": 200, "condition": 300}
LONGEST = 4000
DAY = re.compile(r"(\d{4})(?:-|/|年)(\d{1,2})(?:-|/|月)(\d{1,2})日?")   # 2019年9月30日, 2019-09-30
LARGEST = Decimal(10) ** 15

Noun = Task | Measure | Target | Milestone


def written_fields(noun: Noun) -> dict[str, str]:
    """Every field that can be changed, as text: what a form shows, and what it is compared with."""
    return {field: _written(getattr(noun, field)) for field in FIELDS[type(noun)]}


def _written(value: Any) -> str:
    if isinstance(value, Due):
        return value.date or ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value or ""


def change_fields(noun: Any, values: Values) -> Any:
    """The noun with these values. A field of which the text stays keeps its value with all that belongs to it (the phrase of a deadline)."""
    known, now = FIELDS[type(noun)], written_fields(noun)
    for field, _ in values:
        if field not in known:
            raise BadEdit(f"这里没有“{NAMES.get(field, field)}”可改。", field)
    changed = {field: _read(field, text) for field, text in values if text.strip() != now[field]}
    noun = replace(noun, **changed)
    return _whole(noun) if isinstance(noun, Target) else noun


def _read(field: str, text: str) -> Any:
    text = " ".join(text.split()) if field != "goal" else text.strip()
    if not text:
        if field in NEEDED or field in CHOICES:
            raise BadEdit(f"“{NAMES[field]}”不能空着。", field)
        return None
    if len(text) > LENGTH.get(field, LONGEST):
        raise BadEdit(f"“{NAMES[field]}”最多{LENGTH.get(field, LONGEST)}个字，现在是{len(text)}个。", field)
    if field in CHOICES:
        return _choice(field, text)
    if field in {"value", "value2"}:
        return _number(field, text)
    return _due(text) if field == "due" else text


def _choice(field: str, text: str) -> str:
    if text not in CHOICES[field]:
        raise BadEdit(f"“{NAMES[field]}”没有“{text}”这一项，请从列出的里面选。", field)
    return text


def _number(field: str, text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise BadEdit(f"“{NAMES[field]}”要填数，例如 1450 或 99.5；“{text}”不是数。单位另填。", field) from None
    if not value.is_finite() or abs(value) > LARGEST or len(value.as_tuple().digits) > 15:
        raise BadEdit(f"“{NAMES[field]}”超出了能记的范围（十五位以内）。请核对，或换一个大一点的单位。", field)
    return value


def _due(text: str) -> Due:
    found = DAY.fullmatch(text)
    try:
        return Due(date(*map(int, found.groups())).isoformat(), None) if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> Due:
    raise BadEdit(f"“期限”要填日期，例如 2019-09-30；“{text}”不是日期。没有期限就空着。", "due")


def _whole(target: Target) -> Target:
    """A range has two ends, in order; what is no range has one value."""
    if target.op != "range":
        return replace(target, value2=None) if target.value2 is not None else target
    if target.value2 is None:
        raise BadEdit("选了“区间”，还要填“上限”。", "value2")
    if target.value2 < target.value:
        raise BadEdit("“上限”小于“数值”，请核对是不是填反了。", "value2")
    return target
