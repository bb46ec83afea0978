"""A figure from a reviewed SELECT, where no kind fits. In: a `Sql` and its file. Out: a `Figure`: the sum of `amount`, row by row.

The SELECT sees each declared register under its own name: the versions in force on the day, with their fields (money in 元, area in 亩),
the free fields, `row_key`, and `verified`: whether the level from which rows count is reached.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import ibis.expr.types as ir

from luoshi.indicator.figure import Figure
from luoshi.indicator.moment import Moment
from luoshi.indicator.sql_guard import check_select
from luoshi.pack.indicator_spec import Sql
from luoshi.pack.pack import Pack
from luoshi.provenance import Because, Row
from luoshi.register.columns import EVIDENCE_SEPARATOR
from luoshi.register.record import LEVELS, WORD_OF_LEVEL, fields_of
from luoshi.register.unit import plain
from luoshi.register.warehouse import QueryFailed, Warehouse

Cells = dict[str, Any]


def measure_sql(pack: Pack, warehouse: Warehouse, spec: Sql, moment: Moment) -> Figure:
    """「查询」 The SELECT, wrapped so that its tables are views of the day and its rows find their titles and evidence."""
    path = pack.sql[spec.indicator]
    select = path.read_text(encoding="utf-8-sig").strip().rstrip(";")
    used = check_select(select, spec.tables, path.name)
    parameters = {"as_of": moment.as_of, "year_start": moment.year_start, "year_end": moment.year_end}
    wrapped = warehouse.remembered(("sql", spec.indicator, moment.shown), lambda: _wrapped(pack, warehouse, spec, select, moment.shown))
    try:
        cells = warehouse.ask_sql(wrapped, {name: day for name, day in parameters.items() if name in used})
    except QueryFailed as failed:
        raise QueryFailed(f"{path.name}：{failed}") from failed
    looked = sum(map(warehouse.versions_at_hand, spec.tables))
    return _figure(pack, spec, moment, cells, looked)


def _wrapped(pack: Pack, warehouse: Warehouse, spec: Sql, select: str, shown: int) -> str:
    views = {name: _view(pack, warehouse, spec, name) for name in spec.tables}
    inner = {name: warehouse.compile(view.drop("_title", "_level", "_evidence")) for name, view in views.items()}
    about = {name: warehouse.compile(view.select("row_key", "_title", "_level", "_evidence")) for name, view in views.items()}
    named = ", ".join(f'"{name}" AS ({sql})' for name, sql in inner.items())
    known = " UNION ALL ".join(f"SELECT *, {place} AS _table FROM ({sql})" for place, sql in enumerate(about.values()))
    # A line of its own ends the reviewed text, so that a comment in its last line cannot swallow the bracket.
    return f"""
        WITH {named}, _result AS (SELECT CAST(row_key AS VARCHAR) AS row_key, CAST(amount AS DECIMAL(38, 10)) AS amount, reason FROM (
        {select}
        )),
        _known AS (SELECT * FROM ({known}) QUALIFY row_number() OVER (PARTITION BY row_key ORDER BY _table) = 1),
        _ranked AS (SELECT *, coalesce(amount, 0) <> 0 AS _ok, count(*) OVER () AS _all, sum(amount) OVER () AS _sum,
            count(*) FILTER (coalesce(amount, 0) <> 0) OVER () AS _counted FROM _result)
        SELECT r.*, k._title, k._level, k._evidence FROM _ranked r LEFT JOIN _known k USING (row_key)
        QUALIFY row_number() OVER (PARTITION BY _ok ORDER BY row_key, amount, reason) <= {shown}
        ORDER BY _ok DESC, row_key, amount, reason"""


def _view(pack: Pack, warehouse: Warehouse, spec: Sql, name: str) -> ir.Table:
    register = pack.registers[name]
    level = LEVELS[spec.counts_from or register.counts_from]
    table = warehouse.in_force(name, level)
    verified = table._level >= level
    fields = [field.name for field in fields_of(register)]
    return table.select(*fields, "_title", "_level", "_evidence", row_key=table._key, verified=verified)


def _figure(pack: Pack, spec: Sql, moment: Moment, cells: list[Cells], looked: int) -> Figure:
    first: Cells = cells[0] if cells else {"_all": 0, "_counted": 0, "_sum": None}
    counted, excluded = (tuple(_row(one) for one in cells if one["_ok"] == ok) for ok in (True, False))
    titles = "、".join(f"“{pack.registers[name].title}”" for name in spec.tables)
    because = Because(
        f"{spec.rule}（截至{moment}）", spec.scope, f"台账{titles}，共{looked}行记录", counted, excluded, first["_counted"],
        first["_all"] - first["_counted"],
    )
    missing = "" if looked else f"台账{titles}还没有一条记录：没有填报不等于零。"
    value = plain(Decimal(first["_sum"] or 0)) if looked else None
    return Figure(
        spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
        "known" if looked else "no_facts", value, because, missing=missing,
    )


def _row(cells: Cells) -> Row:
    evidence = tuple(filter(None, (cells["_evidence"] or "").split(EVIDENCE_SEPARATOR)))
    verification = WORD_OF_LEVEL[cells["_level"]] if cells["_level"] is not None else ""
    amount = plain(cells["amount"]) if cells["_ok"] else None
    key = str(cells["row_key"])
    return Row(key, cells["_title"] or key, amount, str(cells["reason"] or ""), (), evidence, verification)
