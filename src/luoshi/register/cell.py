"""One cell as people write it → a typed value, or what is wrong with it.

In: the field's specification and the text of a cell that is not blank. Out: a `Value`, or `Wrong`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from luoshi.lexicon.numeral import fold
from luoshi.pack.register_spec import PERIOD_EXAMPLES, FieldSpec, FieldType
from luoshi.register.code_check import check_code_of
from luoshi.register.geometry import crosses_itself, read_point, read_polygon
from luoshi.register.period import read_period
from luoshi.register.record import Value
from luoshi.register.unit import convert, plain, read_unit, stored_unit, written_unit

# -1,450.5万元
_NUMBER: Final = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<unit>[^\d\s.,+-].*)?")
# 2019-09-12 · 2019/9/12 · 2019.9.12 · 2019年9月12日 · 20190912 · 2019-09-12 00:00:00 (as spreadsheets save a day)
_DATE: Final = re.compile(
    r"(?P<y>\d{4})(?:(?P<m>\d\d)(?P<d>\d\d)|\s*[-/.年]\s*(?P<m2>\d{1,2})\s*[-/.月]\s*(?P<d2>\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?)"
)
_YES: Final = {"是", "有", "√", "true", "yes", "y", "1"}
_NO: Final = {"否", "无", "×", "false", "no", "n", "0"}
# day 1 is 1 January 1900, and spreadsheets count a 29 February 1900 that never was
_EPOCH: Final = date(1899, 12, 30)
SCALE: Final = Decimal("1e-10")
LIMIT: Final = Decimal("1e24")   # so that a sum of many still fits the 28 whole digits of the DECIMAL(38,10) columns


@dataclass(frozen=True, slots=True)
class Wrong:
    """「格错」 id: the finding's kind; why: what is wrong; todo: what to do."""

    id: str
    why: str
    todo: str


def read_cell(field: FieldSpec, written: str) -> Value | Wrong:
    """「读格」 The typed value of a cell that is not blank."""
    value = _READERS[field.type](field, written)
    if isinstance(value, str) and field.pattern and not re.fullmatch(field.pattern, value):
        return Wrong("row.pattern", "格式不对", f"应符合：{field.note or field.pattern}")
    return value


def _text(field: FieldSpec, written: str) -> Value:
    return written


def _code(field: FieldSpec, written: str) -> Value:
    return unicodedata.normalize("NFKC", written).upper()


def check_code(field: FieldSpec, code: str) -> Wrong | None:
    """「校验码」 What is wrong with a code that carries its own proof."""
    complaint = check_code_of(field.check, code) if field.check else None
    return Wrong("row.uscc" if field.check == "uscc" else "row.bad-code", *complaint) if complaint else None


def _number(field: FieldSpec, written: str) -> Value | Wrong:
    found = _NUMBER.fullmatch(fold(written).replace("，", ",").strip())
    if not found:
        return Wrong("row.bad-number", "不是数", "只填数字，可带千分位逗号；科学计数法会丢位数，请改成完整的数")
    number = Decimal(found["number"].replace(",", ""))
    try:
        value = _stored(field, number, found["unit"])
    except ValueError:
        why = f"单位“{found['unit']}”不能换算成{written_unit(field) or '这一列（没有单位）'}"
        return Wrong("row.bad-number", why, "请按表头的单位填写")
    if abs(value) >= LIMIT or value != value.quantize(SCALE):
        return Wrong("row.bad-number", "数太大或小数位太多（最多保留10位小数）", "请核对单位和小数位")
    return value


def _stored(field: FieldSpec, number: Decimal, suffix: str | None) -> Decimal:
    if field.type in ("money", "area"):
        return convert(number, read_unit(suffix or written_unit(field)), stored_unit(field))
    if suffix and suffix != field.unit:
        return convert(number, read_unit(suffix), stored_unit(field)) / stored_unit(field).factor
    return plain(number)   # a plain number stays in the unit it is written in


def _integer(field: FieldSpec, written: str) -> Value | Wrong:
    value = _number(field, written)
    if not isinstance(value, Decimal):
        return value
    if value != value.to_integral_value() or abs(value) >= 10**15:
        return Wrong("row.bad-number", "应当是整数", "请核对是否填错了列或单位")
    return int(value)


def read_date(written: str) -> date | Wrong:
    """「日期」 A day as people write it."""
    found = _DATE.fullmatch(fold(written).strip())
    try:
        if found:
            return date(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
    except ValueError:
        return Wrong("row.bad-date", "没有这一天", "请核对年月日")
    serial = fold(written).strip()
    if serial.isdecimal() and len(serial) == 5:
        meant = _EPOCH + timedelta(days=int(serial))
        return Wrong("row.date-serial", f"是表格软件的日期序号，大概是{meant}", "请把这一列设为日期格式，或写成 2019-09-30 这样的年-月-日")
    return Wrong("row.bad-date", "不是日期", "请写成 2019-09-30 这样的年-月-日")


def _boolean(field: FieldSpec, written: str) -> Value | Wrong:
    word = unicodedata.normalize("NFKC", written).lower()
    if word in _YES or word in _NO:
        return word in _YES
    return Wrong("row.choice", "应填“是”或“否”", "请改填“是”或“否”；不清楚就留空")


def _choice(field: FieldSpec, written: str) -> Value | Wrong:
    if not field.choices or written in field.choices:
        return written
    return Wrong("row.choice", "不在可选的词里", f"请改填其中之一：{'、'.join(field.choices)}")


def _point(field: FieldSpec, written: str) -> Value | Wrong:
    if read_point(fold(written)) is None:
        return Wrong("row.bad-place", "不是坐标", "写成“经度,纬度”，如120.7551,30.7522；经度在前")
    return fold(written).strip()


def _polygon(field: FieldSpec, written: str) -> Value | Wrong:
    corners = read_polygon(fold(written))
    if corners is None:
        return Wrong("row.bad-place", "不是范围", "各拐点写成“经度 纬度”，用；隔开，至少三个不同的点")
    if crosses_itself(corners):
        return Wrong("row.bad-place", "范围的边自己相交", "请按顺序一圈写各个拐点")
    return fold(written).strip()


def _period(field: FieldSpec, written: str) -> Value | Wrong:
    return read_period(written, field.frequency) or Wrong("row.bad-period", "不是这一列的期间", f"请写成 {PERIOD_EXAMPLES[field.frequency]} 这样")


_READERS: Final[dict[FieldType, Callable[[FieldSpec, str], Value | Wrong]]] = {
    "text": _text, "code": _code, "integer": _integer, "number": _number, "money": _number, "area": _number,
    "date": lambda field, written: read_date(written), "boolean": _boolean, "choice": _choice,
    "point": _point, "polygon": _polygon, "period": _period,
}


def write_value(field: FieldSpec, value: Value) -> str:
    """「写法」 A value as people write it: 10,300亩, 2019-09-12, 是."""
    if value is None:
        return "未填"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        unit = written_unit(field)
        shown = convert(value, stored_unit(field), read_unit(unit)) if field.type in ("money", "area") else value
        return write_number(shown) + unit
    if isinstance(value, int):
        return f"{value:,}{field.unit}" if field.unit else str(value)   # a year has no separator
    return value


def write_number(value: Decimal) -> str:
    """「数的写法」 With separators, without trailing zeros, at most ten decimals."""
    return f"{plain(round(value, 10)):,f}"
