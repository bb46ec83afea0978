"""Refuses a pack's .sql file unless it is one SELECT that can only read the declared tables.

In: the text, and the names of the tables. Out: the names of the parameters that it uses; `SelectRefused` says what is not allowed.
An allow-list: a function that nobody thought of is refused, not let through.
"""

from __future__ import annotations

from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

PARAMETERS: Final = ("as_of", "year_start", "year_end")
_ALLOWED: Final = (
    exp.And, exp.Or, exp.Xor, exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Cast, exp.TryCast, exp.Exists, exp.Greatest, exp.Least,
    exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg, exp.AnyValue, exp.ArgMax, exp.ArgMin, exp.First, exp.Last, exp.GroupConcat,
    exp.LogicalOr, exp.LogicalAnd, exp.CountIf, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue,
    exp.Abs, exp.Round, exp.Floor, exp.Ceil, exp.Sign,
    exp.Concat, exp.ConcatWs, exp.Upper, exp.Lower, exp.Trim, exp.Length, exp.Substring, exp.Left, exp.Right, exp.StartsWith, exp.Replace,
    exp.StrPosition, exp.Contains, exp.TimeToStr,
    exp.Extract, exp.Year, exp.Month, exp.Quarter, exp.Day, exp.DateDiff, exp.DateAdd, exp.DateSub, exp.DateTrunc, exp.TimestampTrunc,
    exp.LastDay, exp.DateFromParts,
)
_WRITES: Final = (exp.DML, exp.DDL, exp.Command, exp.Copy, exp.Attach, exp.Detach, exp.Pragma, exp.Set, exp.Into, exp.Use, exp.Lock)


class SelectRefused(ValueError):
    """「查询不予执行」 What is not allowed in it, in Chinese."""


def check_select(text: str, tables: tuple[str, ...], name: str) -> frozenset[str]:
    """「查审」 The parameters that the SELECT uses."""
    query = _one_query(text, name)
    _check_tables(query, tables, name)
    for node in query.walk():
        if isinstance(node, _WRITES) and not isinstance(node, exp.Query):
            raise SelectRefused(f"{name}：只能查询，不能写入或改设置（{_shown(node)}）")
        if isinstance(node, exp.Func) and not isinstance(node, _ALLOWED):
            raise SelectRefused(f"{name}：不允许的函数 {_shown(node)}。只能用常用的合计、日期和文字函数，日期用 $as_of 等参数")
    used = frozenset(node.name for node in query.find_all(exp.Placeholder, exp.Parameter))
    if used - set(PARAMETERS):
        raise SelectRefused(f"{name}：没有参数 {'、'.join(sorted(used - set(PARAMETERS)))}；可用：{'、'.join(PARAMETERS)}")
    return used


def _one_query(text: str, name: str) -> exp.Query:
    try:
        statements = [one for one in sqlglot.parse(text, dialect="duckdb") if one is not None]
    except SqlglotError as error:
        raise SelectRefused(f"{name}：不是能读懂的 SQL：{str(error).splitlines()[0]}") from error
    if len(statements) != 1:
        raise SelectRefused(f"{name}：应当正好是一条 SELECT，这里有{len(statements)}条语句")
    query = statements[0]
    if not isinstance(query, exp.Select | exp.SetOperation):
        raise SelectRefused(f"{name}：应当是一条 SELECT，这里是 {query.key.upper()}")
    return query


def _check_tables(query: exp.Query, tables: tuple[str, ...], name: str) -> None:
    named = {one.alias_or_name for one in query.find_all(exp.CTE)}
    if named & set(tables):
        raise SelectRefused(f"{name}：WITH 里的名字不能和台账同名：{'、'.join(sorted(named & set(tables)))}")
    for table in query.find_all(exp.Table):
        plain = isinstance(table.this, exp.Identifier) and not table.db and not table.catalog
        if not plain or table.name not in named | set(tables):
            raise SelectRefused(f"{name}：只能查 tables 里写明的台账（{'、'.join(tables)}），不能查 {_shown(table)}")


def _shown(node: exp.Expression) -> str:
    return node.sql(dialect="duckdb")[:60]
