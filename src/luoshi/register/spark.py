"""The same warehouse on Spark, for a province: the same questions, compiled by Ibis for another engine. In: registers on disk. Out: `SparkWarehouse`.

Needs the extra `spark` (pyspark below 4.1, which Ibis 12 asks for) and Java. A session takes seconds to start: one for each process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import ibis
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from luoshi.pack.pack import Pack
from luoshi.register.columns import arrow_schema
from luoshi.register.record import Facts
from luoshi.register.segments import Segments
from luoshi.register.warehouse import QueryFailed, Warehouse, day_variables, stored_name


class SparkWarehouse(Warehouse):
    """「分布式数据仓」 Registers on disk only; a SELECT of a pack is written for DuckDB and is not asked here."""

    def __init__(self, pack: Pack, stored: Mapping[str, Segments], master: str = "local[2]") -> None:
        self.facts, self.stored = Facts(), dict(stored)
        self.has_versions = {name: segments.has_versions for name, segments in self.stored.items()}
        self._compiled, self._day = {}, dict[str, date]()
        self._session = (
            SparkSession.builder.master(master).appName("luoshi").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "Asia/Shanghai").config("spark.sql.shuffle.partitions", "8")
            .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate())
        self._session.sparkContext.setLogLevel("ERROR")
        self._backend = ibis.pyspark.connect(self._session)
        schemas = {name: ibis.Schema.from_pyarrow(arrow_schema(pack.registers[name])) for name in self.stored}
        self._tables = {name: ibis.table(schema, name=stored_name(name)) for name, schema in schemas.items()}
        for name in self.stored:
            self.look_again(name)

    def look_again(self, name: str) -> None:
        """「重看」 The register on disk has changed."""
        rows = self._session.read.parquet(*self.stored[name].paths())
        if self.stored[name].gone:
            rows = rows.where(f"_no NOT IN ({', '.join(map(str, self.stored[name].gone))})")
        rows.createOrReplaceTempView(stored_name(name))
        self.has_versions[name] = self.stored[name].has_versions

    def set_day(self, as_of: date, year: int, known_at: date | None = None) -> None:
        """「定日」"""
        self._day = day_variables(as_of, year, known_at)

    def set_days(self, days: Iterable[tuple[date, int]]) -> None:
        """「定各日」"""
        self._session.sql(" UNION ALL ".join(f"SELECT {_days(day, year)}" for day, year in days)).createOrReplaceTempView("_days")

    def ask_sql(self, select: str, parameters: Mapping[str, date]) -> list[dict[str, Any]]:
        """「查」 Spark's own SQL, as Ibis writes it."""
        for name, day in self._day.items():     # Spark has no such function
            select = select.replace(f"GETVARIABLE('{name}')", f"DATE'{day}'")
        try:
            return [row.asDict() for row in self._session.sql(select).collect()]
        except PySparkException as error:
            raise QueryFailed(f"查询执行不了：{str(error).splitlines()[0]}") from error

    def make(self, statement: str) -> None:
        """「造表」 Spark keeps no tables here: what is kept and refreshed is DuckDB's."""
        raise NotImplementedError("留存立方只在DuckDB上")

    def close(self) -> None:
        """Stop the session."""
        self._session.stop()


def _days(as_of: date, year: int) -> str:
    return f"DATE'{as_of}' AS as_of, DATE'{year}-01-01' AS year_start, DATE'{year}-12-31' AS year_end"
