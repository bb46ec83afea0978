"""Typed tables of records through Ibis, on an embedded DuckDB.

In: a `Pack` and its `Facts`. Out: `Warehouse`: one table a register, its version-in-force view, and answers as Arrow tables.

Pins that this file depends on: sqlglot < 30.18 (later, Ibis drops views without a name) and duckdb < 2. Tables are made through DuckDB
itself and named to Ibis with their schema, because Ibis 12 asks DuckDB 1.5 for a schema through a call that warns of its removal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.sql.datatypes import DuckDBType

from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.columns import arrow_of_records, schema_of, typed_names
from luoshi.register.compiled import Compiled
from luoshi.register.record import REJECTED, Facts, Observation, Record, StageEvent
from luoshi.register.segments import Segments

_SETTINGS: Final = {
    "autoinstall_known_extensions": False, "autoload_known_extensions": False,
}
_MANY: Final = 100_000


class QueryFailed(ValueError):
    """「查询失败」 The engine cannot answer: a column that is not there, a sum that does not fit."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """「表样」 A register's table as Ibis knows it, and the statement that makes it without rows."""

    table: ir.Table
    create: str


@cache
def _shape_of(name: str, fields: tuple[tuple[str, str], ...]) -> _Shape:
    """Kept: a warehouse is opened for every question, most of its registers are the same as before and many have no rows. fields: name and type
    of each."""
    schema, table = ibis.Schema.from_pyarrow(schema_of(fields)), stored_name(name)
    columns = ", ".join(f'"{column}" {DuckDBType.to_string(kind)}' for column, kind in schema.items())
    return _Shape(ibis.table(schema, name=table), f'CREATE TABLE "{table}" ({columns})')


class Warehouse:
    """「数据仓」 The facts of one pack, ready for calculation. Closed after use: `with open_warehouse(pack, facts) as warehouse`.

    looked_at: the registers, series and deliverables that anything was asked of, since whoever wants to know emptied it.

    compiled: queries that another warehouse of the same pack has compiled; new ones are added to it. stored: registers whose rows are
    on disk; facts then need not hold them.
    """

    def __init__(self, pack: Pack, facts: Facts, compiled: Compiled | None = None, stored: Mapping[str, Segments] | None = None) -> None:
        self.looked_at: set[str] = set()
        self._facts = facts
        self.has_versions: dict[str, bool] = {}
        self._tables: dict[str, ir.Table] = {}
        self._compiled = {} if compiled is None else compiled
        self._asked_of: tuple[date, int, date | None] | None = None
        self._asked_of_days: list[tuple[date, date, date]] = []
        # a second thread costs more than it brings for few rows
        threads = 1 if not stored and sum(map(len, facts.records.values())) < _MANY else 2
        self._backend = ibis.duckdb.connect(":memory:", threads=threads, **_SETTINGS)
        self.stored = dict(stored or {})
        self._allow([segments.folder for segments in self.stored.values()])
        empty = ['CREATE TABLE "_days" (as_of DATE, year_start DATE, year_end DATE)']
        for name, spec in pack.registers.items():
            shape = _shape_of(name, typed_names(spec))
            self._tables[name] = shape.table
            if name in self.stored:
                self.look_again(name)
            elif records := facts.records.get(name):
                self._load(spec, records)
            else:
                empty.append(shape.create)
                self.has_versions[name] = False
        self._backend.con.execute(";".join(empty))
        self._backend.con.execute("SET lock_configuration = true")

    @contextmanager
    def at_hand(self, tables: Mapping[str, pa.Table]) -> Iterator[None]:
        """「临时表」 Rows from memory, under these names for as long as the block runs."""
        for name, rows in tables.items():
            self._backend.con.register(name, rows)
        try:
            yield
        finally:
            for name in tables:
                self._backend.con.unregister(name)

    def _load(self, spec: RegisterSpec, records: tuple[Record, ...]) -> None:
        name = spec.register_name
        with self.at_hand({"_arriving": arrow_of_records(spec, records)}):
            self._backend.con.execute(f'CREATE TABLE "{stored_name(name)}" AS SELECT * FROM _arriving')
        self.has_versions[name] = len({record.key for record in records}) < len(records)

    def _allow(self, folders: list[Path]) -> None:
        """No file but those of the registers on disk."""
        listed = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in folders)
        self._backend.con.execute(f"SET allowed_directories = [{listed}]")
        self._backend.con.execute("SET enable_external_access = false")

    def look_again(self, name: str) -> None:
        """「重看」 The register on disk has changed."""
        self._backend.con.execute(f'CREATE OR REPLACE VIEW "{stored_name(name)}" AS {self.stored[name].select()}')
        self.has_versions[name] = self.stored[name].has_versions

    def set_day(self, as_of: date, year: int, known_at: date | None = None) -> None:
        """「定日」 The day that the next questions are about. Its dates are variables of the engine, not literals, so that a query is compiled
        once and asked of every month's end: compiling takes Ibis ten times as long as answering takes DuckDB."""
        if self._asked_of == (as_of, year, known_at):
            return
        self._asked_of = (as_of, year, known_at)
        for name, day in day_variables(as_of, year, known_at).items():
            self._backend.con.execute(f"SET VARIABLE {name} = DATE '{day}'")

    def set_days(self, days: Iterable[tuple[date, int]]) -> None:
        """「定各日」 The days, each with the year of its list, of a question that is about several at once."""
        rows = [(day, date(year, 1, 1), date(year, 12, 31)) for day, year in days]
        if rows != self._asked_of_days:
            self._asked_of_days = rows
            self._backend.con.execute('DELETE FROM "_days"')
            self._backend.con.executemany('INSERT INTO "_days" VALUES (?, ?, ?)', rows)

    def how_many(self, name: str) -> int:
        """「条数」 Records of a register, as known then."""
        records = ibis._._key.nunique() if self.has_versions[name] else ibis._.count()      # telling millions of keys apart takes memory
        return int(self.ask(("how many", name), lambda: self.known(name).aggregate(n=records))[0]["n"])

    def values_of(self, name: str, field: str) -> list[Any]:
        """「取值」 The different values of a field over all versions."""
        return [row[field] for row in self.ask(("values", name, field), lambda: self._tables[name].select(field).distinct())]

    def known(self, name: str) -> ir.Table:
        """「当时所知」 Every version of every record of a register that had been recorded by then."""
        table = self._tables[name]
        return table.filter(by(table._recorded, DAY.known_at))

    def in_force(self, name: str, level: int) -> ir.Table:
        """「现行版本」 Of each record the latest version that had happened by the day, as known then. level: from which a row counts; a newer
        version that still waits for it does not hide an older one that has it."""
        happened = self.known(name).filter(by(ibis._._happened, DAY.as_of))
        if not self.has_versions[name]:
            return happened
        return happened.mutate(_place=ibis.row_number().over(newest_first(level))).filter(ibis._._place == 0).drop("_place")

    def observations_of(self, series: str) -> tuple[Observation, ...]:
        """「观测值」 Every vintage of a series."""
        self.looked_at.add(series)
        return self._facts.observations.get(series, ())

    def events_of(self, deliverables: str) -> tuple[StageEvent, ...]:
        """「进展」 Everything that happened to deliverables."""
        self.looked_at.add(deliverables)
        return self._facts.events.get(deliverables, ())

    def versions_at_hand(self, name: str) -> int:
        """「版本数」 Versions of the rows of a register that came with the facts."""
        self.looked_at.add(name)
        return len(self._facts.records.get(name, ()))

    def ask(self, key: Hashable, make_query: Callable[[], ir.Table]) -> list[dict[str, Any]]:
        """「问」 The rows that a query answers with, on the day. key: the same for the same query."""
        return self.ask_sql(self.remembered(key, lambda: self.compile(make_query())), {})

    def remembered(self, key: Hashable, make: Callable[[], str]) -> str:
        """The SQL that was made under the key before, or is made now. It differs by which of the registers that it reads have versions."""
        asked = repr(key)
        if asked not in self._compiled:
            sql = make()
            self._compiled[asked] = ",".join(sorted(_named_in(sql)))
            self._compiled[self._as_it_is(asked)] = sql
        whole = self._as_it_is(asked)
        if whole not in self._compiled:
            self._compiled[whole] = make()
        return self._compiled[whole]

    def _as_it_is(self, asked: str) -> str:
        versioned = [name for name in self._compiled[asked].split(",") if self.has_versions.get(name)]
        return f"{asked} {versioned}"

    def ask_sql(self, select: str, parameters: Mapping[str, date]) -> list[dict[str, Any]]:
        """「查」 The rows of a SELECT that has been checked to be only that."""
        rows: list[dict[str, Any]] = self.rows(select, parameters).to_pylist()
        return rows

    def rows(self, select: str, parameters: Mapping[str, date] | None = None) -> pa.Table:
        """「查列」 The same, column by column."""
        self.looked_at |= _named_in(select)
        try:
            return self._backend.con.execute(select, dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            raise QueryFailed(f"查询执行不了：{str(error).splitlines()[0]}") from error

    def make(self, statement: str) -> None:
        """「造表」 A table of this house's own making."""
        self._backend.con.execute(statement)

    def pairs(self, select: str) -> list[tuple[Any, ...]]:
        """「查行」 Rows without names of columns, of a query of this house's own making."""
        return list(self._backend.con.execute(select).fetchall())

    def compile(self, query: ir.Table) -> str:
        """The query as SQL. Selects are not fused: DuckDB does that itself in no time, and Ibis takes a quarter of its own for it."""
        ibis.options.sql.fuse_selects = False
        return str(self._backend.compile(query))

    def close(self) -> None:
        """Give the memory back."""
        self._backend.disconnect()


@contextmanager
def open_warehouse(
    pack: Pack, facts: Facts, compiled: Compiled | None = None, stored: Mapping[str, Segments] | None = None
) -> Iterator[Warehouse]:
    """「开仓」 A warehouse for as long as it is needed."""
    warehouse = Warehouse(pack, facts, compiled, stored)
    try:
        yield warehouse
    finally:
        warehouse.close()


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def getvariable(variable: str) -> ibis.dtype("date"):  # type: ignore[valid-type]
    """DuckDB's own function: a value that it puts in before it plans, so that files are skipped as if the day were written in the query."""


class _Day:
    """「统计日」 The days that conditions speak of, which a question finds set."""

    def __init__(self) -> None:
        self.as_of, self.known_at = getvariable("as_of"), getvariable("known_at")
        self.year_start, self.year_end = getvariable("year_start"), getvariable("year_end")


def day_variables(as_of: date, year: int, known_at: date | None) -> dict[str, date]:
    """「各日之值」 known_at: None: everything is known."""
    return {"as_of": as_of, "year_start": date(year, 1, 1), "year_end": date(year, 12, 31), "known_at": known_at or date.max}


DAY: Final = _Day()
DAYS: Final = ibis.table({"as_of": "date", "year_start": "date", "year_end": "date"}, name="_days")


def by(column: Any, day: Any) -> Any:
    """On or before the day; a blank date is always before."""
    return column.isnull() | (column <= day)


def is_firm(level: int) -> Any:
    """A version about which somebody has decided: verified as far as is asked, or rejected."""
    return (ibis._._level >= level) | (ibis._._level == REJECTED)


def newest_first(level: int) -> Any:
    """The versions of one record, the one in force first: the newest that is decided; where none is, the newest."""
    order = [ibis.desc(is_firm(level)), ibis.desc("_happened", nulls_first=False), ibis.desc("_recorded", nulls_first=False), ibis.desc("_no")]
    return ibis.window(group_by="_key", order_by=order)


@lru_cache(maxsize=4096)
def _named_in(select: str) -> frozenset[str]:
    """Which registers' tables a query of this house names."""
    return frozenset(re.findall(r'"_([a-z][a-z0-9_]*)"', select))


def stored_name(name: str) -> str:
    """The table of a register's versions."""
    return f"_{name}"   # so that a SELECT of a pack can only mean the version-in-force view by the register's name
