"""pydantic's errors in Chinese, each at the place in the YAML where a person has to look.

In: a validation error, the plain value and the model. Out: (where, kind of finding, what is wrong and what is allowed).
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from luoshi.pack.shape import keys_at
from luoshi.pack.stated import nearest
from luoshi.pack.yaml_place import Where

Complaint = tuple[Where, str, str]

_BRANCHES = ("Condition", "Children")
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "要用英文小写字母、数字和下划线，以字母开头，如 hightech_enterprise",
    r"^[a-z0-9-]+$": "要用英文小写字母、数字和连字符，如 jiaxing-2019",
    r"^\d{4}-\d{2}-\d{2}$": "日期要写成 2019-09-30 这样",
}
_TYPES = {
    "string_type": "要写文字",
    "int_type": "要写整数",
    "int_parsing": "要写整数",
    "int_from_float": "要写整数，不能有小数",
    "float_type": "要写数",
    "float_parsing": "要写数",
    "bool_type": "要写 true 或 false",
    "bool_parsing": "要写 true 或 false",
    "tuple_type": "要写成清单：每项一行，以“- ”开头，或写在方括号里",
    "dict_type": "要写成“键: 值”",
    "mapping_type": "要写成“键: 值”",
    "model_type": "要写成“键: 值”",
    "model_attributes_type": "要写成“键: 值”",
}
_LIMITS = {
    "greater_than": ("gt", "要大于"),
    "greater_than_equal": ("ge", "不能小于"),
    "less_than": ("lt", "要小于"),
    "less_than_equal": ("le", "不能大于"),
    "too_short": ("min_length", "项数不能少于"),
    "string_too_short": ("min_length", "字数不能少于"),
}


def complaints_of(broken: ValidationError, value: Any, model: type[BaseModel]) -> tuple[Complaint, ...]:
    """「问题」 One for each place; of a union only the branch that was meant."""
    found: dict[tuple[Where, str], Complaint] = {}
    for error in broken.errors(include_url=False):
        where, rest, meant = _follow(error["loc"], value)
        if meant:
            complaint = _complaint(error, where, rest, model)
            found.setdefault((complaint[0], complaint[1]), complaint)
    return tuple(found.values())


def _follow(loc: tuple[int | str, ...], value: Any) -> tuple[Where, tuple[str | int, ...], bool]:
    """「位置」 loc as far as the YAML itself goes, what is left of it, and whether it is in the branch that was meant."""
    where: list[str | int] = []
    rest: list[str | int] = []
    for part in loc:
        if isinstance(value, dict) and part in value:
            value, rest = value[part], []
            where.append(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value, rest = value[part], []
            where.append(part)
        elif part in _BRANCHES:
            if part != ("Children" if isinstance(value, dict) and "children" in value else "Condition"):
                return tuple(where), (), False
        else:
            rest.append(part)
    return tuple(where), tuple(rest), True


def _complaint(error: ErrorDetails, where: Where, rest: tuple[str | int, ...], model: type[BaseModel]) -> Complaint:
    kind, loc, context = error["type"], error["loc"], error.get("ctx", {})
    if kind == "missing":
        return (*where, loc[-1]), "missing-key", "缺这个键，必须写"
    if kind == "extra_forbidden":
        return where, "unknown-key", f"没有这个键{nearest(loc[-1], keys_at(model, loc[:-1]))}"
    if kind == "union_tag_not_found":
        return (*where, "kind"), "missing-key", "缺这个键，必须写明是哪一种"
    if kind == "union_tag_invalid":
        tag = str(context["tag"])
        return (*where, "kind"), "unknown-kind", f"没有“{tag}”这一种{_choices(tag, str(context['expected_tags']))}"
    if kind == "literal_error":
        return where, "wrong-value", f"不能写“{error['input']}”{_choices(error['input'], str(context['expected']))}"
    return where, "wrong-value", _wrong_value(error, context, rest)


def _wrong_value(error: ErrorDetails, context: dict[str, Any], rest: tuple[str | int, ...]) -> str:
    kind, written = error["type"], _written(error["input"])
    if "[key]" in rest:
        return f"键{_TYPES.get(kind, '写法不对')}，现在是{written}"
    if rest:
        return f"只能写文字、数、true/false，或它们的清单，现在是{written}"
    if kind == "string_type" and isinstance(error["input"], int | float):
        return f"要写文字：给{written}加上引号"
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        return f"{_PATTERNS.get(pattern, f'要符合 {pattern}')}，现在是{written}"
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"{words}{context[name]}，现在是{written}"
    return f"{_TYPES.get(kind, '写法不对')}，现在是{written}"


def _choices(written: object, expected: str) -> str:
    """expected: pydantic's own list, 'count', 'sum' or 'ratio'."""
    allowed = re.findall(r"'([^']*)'", expected)
    near = nearest(written, allowed)
    return near if near.startswith("；") else f"{near}可写：{'、'.join(allowed)}"


def _written(value: object) -> str:
    if value is None or value == "":
        return "空白"
    if isinstance(value, list | tuple):
        return f"{len(value)}项的清单"
    return "一组键和值" if isinstance(value, dict) else f"“{value}”"
