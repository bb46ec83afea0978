"""One condition in words: as part of a rule, and as the reason why a row failed it.

In: a `Condition`, its field, a row's value. Out: Chinese.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from luoshi.indicator.condition import ORDERED, values_of
from luoshi.indicator.moment import Moment, write_day
from luoshi.pack.indicator_spec import Condition
from luoshi.pack.register_spec import FieldSpec
from luoshi.register.cell import write_value
from luoshi.register.record import Value

# In each: how a rule says it, and how a reason says that it failed. {t} title, {v} value, {y} the list's year, {d} the day.
_NUMBER: Final = {"=": ("{t}等于{v}", "不等于{v}"), "!=": ("{t}不等于{v}", "不计{v}的"), ">=": ("{t}不少于{v}", "不足{v}"),
                  ">": ("{t}超过{v}", "没有超过{v}"), "<=": ("{t}不超过{v}", "超过{v}"), "<": ("{t}不足{v}", "没有低于{v}")}
_DAY: Final = {"=": ("{t}为{v}", "不是{v}"), "!=": ("{t}不是{v}", "不计这一天的"), ">=": ("{t}不早于{v}", "早于{v}"),
               ">": ("{t}晚于{v}", "不晚于{v}"), "<=": ("{t}不晚于{v}", "晚于{v}"), "<": ("{t}早于{v}", "不早于{v}")}
_ORDER: Final = {">=": ("{t}到了“{v}”", "还没到“{v}”"), ">": ("{t}过了“{v}”", "还没过“{v}”"),
                 "<=": ("{t}没过“{v}”", "已过“{v}”"), "<": ("{t}没到“{v}”", "已到“{v}”")}
_WORD: Final = {"=": ("{t}为“{v}”", "不是“{v}”"), "!=": ("{t}不是“{v}”", "这样的不计"), "in": ("{t}属于“{v}”", "不属于“{v}”"),
                "not_in": ("{t}不属于“{v}”", "这样的不计"), "is_set": ("已填{t}", "没有填"), "is_blank": ("{t}为空", "应为空才计"),
                "in_year": ("{t}在{y}年内（不晚于统计日）", "不在{y}年"), "by_as_of": ("{t}不晚于统计日", "在统计日{d}之后"),
                "after_as_of": ("{t}在统计日之后", "统计日{d}已到或已过"), "before_year": ("{t}在{y}年以前", "不在{y}年以前"),
               "lapsed": ("{t}没有写或已经过了", "在统计日{d}或以后"), "not_by_as_of": ("到统计日还没有{t}", "到统计日{d}已有")}
_NUMBERS: Final = ("integer", "number", "money", "area")


def rule_words(condition: Condition, field: FieldSpec, moment: Moment) -> str:
    """「条件的话」 可开发空间不少于10,000亩."""
    return _template(condition, field)[0].format(t=field.title, v=_values(condition, field), y=moment.year)


def reason_words(condition: Condition, field: FieldSpec, value: Value, moment: Moment) -> str:
    """「不符合的话」 可开发空间9,800亩，不足10,000亩; with the pack's own words where it gives them."""
    actual = actual_words(field, value)
    if condition.otherwise:
        return f"{condition.otherwise}：{actual}"
    return actual if value is None else f"{actual}，{tail_words(condition, field, value, moment)}"


def change_words(condition: Condition, field: FieldSpec, moment: Moment, steps: tuple[Value, Value, Value], on: date | None) -> str:
    """「变更的话」 可开发空间9月12日由10,300亩改为9,800亩，不足10,000亩. steps: what it was when it counted, became, and is now."""
    was, became, now = (write_value(field, value) for value in steps)
    day = write_day(on, moment.as_of) if on else "后来"
    change = f"{field.title}{day}由{was}改为{became}" + ("" if now == became else f"，现为{now}")
    if condition.otherwise:
        return f"{change}，{condition.otherwise}"
    return change if steps[2] is None else f"{change}，{tail_words(condition, field, steps[2], moment)}"


def actual_words(field: FieldSpec, value: Value) -> str:
    """「现值」 可开发空间9,800亩; 领域为“农业”; 发证日期未填."""
    written = write_value(field, value)
    quoted = value is not None and field.type in ("text", "choice", "code", "boolean")
    return f"{field.title}为“{written}”" if quoted else f"{field.title}{written}"


def tail_words(condition: Condition, field: FieldSpec, value: Value, moment: Moment) -> str:
    """Why the value fails: 不足10,000亩."""
    if condition.op == "in_year" and isinstance(value, date) and moment.as_of < value <= moment.year_end:
        return f"在统计日{moment.as_of}之后"
    return _template(condition, field)[1].format(v=_values(condition, field), y=moment.year, d=moment.as_of)


def _template(condition: Condition, field: FieldSpec) -> tuple[str, str]:
    if condition.op in ORDERED and field.choices:
        return _ORDER[condition.op]
    table = _NUMBER if field.type in _NUMBERS else _DAY if field.type == "date" else _WORD
    return table.get(condition.op) or _WORD[condition.op]


def _values(condition: Condition, field: FieldSpec) -> str:
    return "、".join(write_value(field, value) for value in values_of(condition, field))
