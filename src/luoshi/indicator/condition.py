"""One condition of a pack → a test on a column. In: a `Condition`, its field, the column. Out: an Ibis expression, never blank.

A blank cell meets no condition but is_blank, !=, not_in, not_by_as_of and lapsed: what is not stated is not the thing to be left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import ibis

from luoshi.pack.indicator_spec import Condition
from luoshi.pack.register_spec import FieldSpec
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.register.cell import Wrong, read_cell
from luoshi.register.columns import arrow_type
from luoshi.register.record import Value
from luoshi.register.warehouse import DAY

Test = Callable[[Any, list[Any], Any], Any]

OPERATORS: Final[dict[str, Test]] = {
    "=": lambda column, values, day: column == values[0],
    "!=": lambda column, values, day: column.isnull() | (column != values[0]),
    "in": lambda column, values, day: column.isin(values),
    "not_in": lambda column, values, day: column.isnull() | ~column.isin(values),
    ">=": lambda column, values, day: column >= values[0],
    ">": lambda column, values, day: column > values[0],
    "<=": lambda column, values, day: column <= values[0],
    "<": lambda column, values, day: column < values[0],
    "is_set": lambda column, values, day: column.notnull(),
    "is_blank": lambda column, values, day: column.isnull(),
    "in_year": lambda column, values, day: (column >= day.year_start) & (column <= day.year_end) & (column <= day.as_of),
    "before_year": lambda column, values, day: column < day.year_start,
    "by_as_of": lambda column, values, day: column <= day.as_of,
    "after_as_of": lambda column, values, day: column > day.as_of,
    "not_by_as_of": lambda column, values, day: column.isnull() | (column > day.as_of),
    "lapsed": lambda column, values, day: column.isnull() | (column < day.as_of),
}
ORDERED: Final = (">=", ">", "<=", "<")
_TAKES_VALUE: Final = ("=", "!=", "in", "not_in", *ORDERED)


def holds(condition: Condition, field: FieldSpec, column: Any, day: Any = DAY) -> Any:
    """「符合」 Whether the column meets the condition, row by row. day: where the days stand that conditions speak of."""
    return passes(condition, field, column, day).fill_null(False)


def passes(condition: Condition, field: FieldSpec, column: Any, day: Any = DAY) -> Any:
    """「放行」 The same for a filter, which drops what is neither true nor false: the engine can hand this test down to the files."""
    values = values_of(condition, field)
    if condition.op in ORDERED and field.choices:
        return column.isin(_reaching(condition.op, field.choices, str(values[0])))
    return OPERATORS[condition.op](column, [_literal(field, value) for value in values], day)


def values_of(condition: Condition, field: FieldSpec) -> list[Value]:
    """「条件值」 The values of the condition, typed like the field: 1 of a field in 亿元 is 100,000,000元."""
    if condition.op not in _TAKES_VALUE:
        return []
    given = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return [_typed(condition, field, value) for value in given]


def _typed(condition: Condition, field: FieldSpec, given: str | float | bool | None) -> Value:
    if given is None:
        raise ValueError(f"条件 {condition.field} {condition.op} 没有写 value")
    written = {True: "是", False: "否"}[given] if isinstance(given, bool) else str(given).strip()
    value = read_cell(field, VERIFICATION_WORDS.get(written, written) if field.name == "verification" else written)
    if isinstance(value, Wrong):
        raise ValueError(f"条件 {condition.field} {condition.op} 的 value“{written}”：{value.why}；{value.todo}")
    return value


def _literal(field: FieldSpec, value: Value) -> Any:
    return ibis.literal(value, type=ibis.dtype(arrow_type(field)))


def _reaching(op: str, choices: tuple[str, ...], value: str) -> list[str]:
    """Choices and stages stand in their order: >= 申报 means 申报 or any later one."""
    place = choices.index(value)
    return list({">=": choices[place:], ">": choices[place + 1 :], "<=": choices[: place + 1], "<": choices[:place]}[op])
