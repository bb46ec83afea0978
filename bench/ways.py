"""The ways to ask twenty indicators by unit and month's end. In: a folder with generated rows. Out: for `worker.py`, what to run and what to
say of it: a digest of all answers, so that two ways can be told to say the same.

Every way answers how many, or how much, stood at each month's end of the year up to the day, district by district: what is decided, verified
and recorded by then. The SQL is what a careful analyst writes: one pass over the rows, months added up afterwards. He knows that no row of
these has a second version; so does the warehouse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

AS_OF, YEAR = date(2019, 9, 30), 2019
ENDS = [date(2019, month + 1, 1) - timedelta(days=1) for month in range(1, 10)]
STATES = ("申报", "批准", "开工", "竣工", "撤销")
CHANGES = 9
Answer = tuple[date, str, Any]
Work = tuple[Callable[[], Any], Callable[[Any], Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the twenty: its pack form and the same by hand."""

    name: str
    state: str
    good: bool
    paid: bool


QUESTIONS = [Question(f"q{n}", STATES[n % 5], n % 4 < 2, n >= 10) for n in range(20)]


def pack() -> Any:
    """A register of projects and the twenty indicators, without files."""
    from luoshi.pack.indicator_spec import IndicatorsFile
    from luoshi.pack.pack import Pack, PackFile
    from luoshi.pack.register_spec import RegisterSpec

    fields = [{"name": "id", "title": "编号", "type": "text", "required": True},
              {"name": "paid", "title": "金额", "type": "money", "required": True},
              {"name": "state", "title": "状态", "type": "choice", "choices": STATES, "required": True},
              {"name": "good", "title": "达标", "type": "boolean", "required": True}]
    register = RegisterSpec.model_validate({"register": "project", "title": "项目", "counted_as": "个", "purpose": "示例", "fields": fields,
                                            "key": ["id"], "row_title": "id", "supply": {"unit": "示例局"}})
    stated = [{"indicator": q.name, "title": q.name, "unit": "元" if q.paid else "个", "class": "A", "nature": "stock", "scope": "示例",
               "kind": "sum" if q.paid else "count", "register": "project", **({"field": "paid"} if q.paid else {}),
               "where": [{"field": "state", "op": "=", "value": q.state}, {"field": "good", "op": "=", "value": q.good}]} for q in QUESTIONS]
    named = {one.indicator: one for one in IndicatorsFile.model_validate({"indicators": stated}).indicators}
    return Pack(PackFile(id="bench", title="示例"), Path("."), {"project": register}, {}, {}, named, {}, {}, (), (), (), {})


def segments_in(folder: Path) -> Any:
    """The generated rows."""
    from luoshi.register.segments import Segments

    return Segments(folder / "project", pack().registers["project"])


def by_hand(question: Question, month: str = "date_trunc('month', _happened)") -> str:
    """month: how the engine writes it."""
    what, ends = "sum(paid)" if question.paid else "count(*)", ", ".join(f"(DATE '{end}')" for end in ENDS)
    return (f"WITH moved AS (SELECT {month} AS month, district, {what} AS value FROM _project "
            f"WHERE state = '{question.state}' AND good = {question.good} AND _level >= 2 "
            f"AND (_happened IS NULL OR _happened <= DATE '{AS_OF}') AND (_recorded IS NULL OR _recorded <= DATE '9999-12-31') GROUP BY ALL) "
            f"SELECT as_of, district, sum(value) AS value FROM moved JOIN (VALUES {ends}) AS days(as_of) "
            f"ON month IS NULL OR month <= as_of GROUP BY ALL")


def digest(answers: list[Iterable[Answer]]) -> str:
    """Of all answers, exact; the order of rows and the type of a number do not matter."""
    told = [sorted((str(day)[:10], place, f"{Decimal(value):.10f}") for day, place, value in answer) for answer in answers]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def duckdb_by_hand(folder: str) -> Work:
    """Raw SQL in DuckDB over the same files, with the settings of the warehouse."""
    import duckdb

    engine = duckdb.connect(":memory:", config={"threads": 2})
    engine.execute(f"CREATE VIEW _project AS {segments_in(Path(folder)).select()}")
    return lambda: [engine.execute(by_hand(q)).fetchall() for q in QUESTIONS], digest


def ours(folder: str, spark: bool = False, kept: bool = True) -> Work:
    """Each indicator by itself, through Ibis. kept: its SQL is compiled in the first round only."""
    warehouse, ask = _asker(folder, spark)

    def run() -> Any:
        if not kept:
            warehouse._compiled.clear()
        return [next(iter(told.values())) for told in (ask((q.name,)) for q in QUESTIONS)]

    return run, digest


def shared(folder: str) -> Work:
    """One scan for all twenty."""
    _, ask = _asker(folder, False)
    return lambda: list(ask(tuple(q.name for q in QUESTIONS)).values()), digest


def _asker(folder: str, spark: bool) -> tuple[Any, Callable[[tuple[str, ...]], dict[str, list[Answer]]]]:
    from luoshi.indicator.cube_plan import plan_cubes
    from luoshi.indicator.shared_scan import ScanDay, ask_scan
    from luoshi.register.record import Facts
    from luoshi.register.warehouse import Warehouse

    made, stored, days = pack(), {"project": segments_in(Path(folder))}, tuple(ScanDay(end, YEAR) for end in ENDS)
    if spark:
        from luoshi.register.spark import SparkWarehouse

        warehouse: Any = SparkWarehouse(made, stored)
    else:
        warehouse = Warehouse(made, Facts(), None, stored)
    plans = {names: plan_cubes(made, names, ("district",))[0][0] for names in [(q.name,) for q in QUESTIONS] + [tuple(q.name for q in QUESTIONS)]}
    paid = {q.name: q.paid for q in QUESTIONS}

    def ask(names: tuple[str, ...]) -> dict[str, list[Answer]]:
        rows = ask_scan(made, warehouse, plans[names], days)
        columns = {name: f"{'t' if paid[name] else 'c'}{place}" for place, name in enumerate(names)}
        return {name: [(row["as_of"], row["district"], row[column]) for row in rows if row[column] is not None] for name, column in columns.items()}

    return warehouse, ask


def pandas_by_hand(folder: str) -> Work:
    """Only the columns that are asked for, in memory: words as categories, months worked out beforehand, whole amounts as integers."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    columns = ["_happened", "_level", "state", "good", "district", "paid"]
    tables = [pq.read_table(path, columns=columns, read_dictionary=["state", "district"]) for path in segments_in(Path(folder)).paths()]
    table = pa.concat_tables([one.set_column(5, "paid", pc.cast(one["paid"], pa.int64())) for one in tables if one.num_rows]).unify_dictionaries()
    month = pc.add(pc.multiply(pc.cast(pc.year(table["_happened"]), pa.int32()), 12), pc.cast(pc.month(table["_happened"]), pa.int32()))
    frame = table.append_column("month", month).to_pandas(date_as_object=False, self_destruct=True)

    def answer(question: Question) -> list[Answer]:
        chosen = frame[(frame["state"] == question.state) & (frame["good"] == question.good) & (frame["_level"] >= 2)
                       & (frame["_happened"].isna() | (frame["_happened"] <= str(AS_OF)))]
        groups = chosen.groupby(["month", "district"], observed=True)["paid"]
        running = (groups.sum() if question.paid else groups.size()).unstack().cumsum().ffill()
        at_ends = running.reindex([end.year * 12 + end.month for end in ENDS], method="ffill")
        return [(end, place, int(value)) for end, row in zip(ENDS, at_ends.to_numpy(), strict=True)
                for place, value in zip(at_ends.columns, row, strict=True) if value == value]

    return lambda: [answer(q) for q in QUESTIONS], digest


def spark_by_hand(folder: str) -> Work:
    """Raw Spark SQL, in a session that is set up like the warehouse's."""
    from luoshi.register.spark import SparkWarehouse

    session = SparkWarehouse(pack(), {"project": segments_in(Path(folder))})._session
    return lambda: [[tuple(row) for row in session.sql(by_hand(q, "trunc(_happened, 'MM')")).collect()] for q in QUESTIONS], digest


def refresh(folder: str) -> Work:
    """One row of a record changes, and all twenty figures are there again: milliseconds by the clock and of CPU, each time another record."""
    from luoshi.indicator.cube_plan import plan_cubes
    from luoshi.indicator.kept_cube import KeptCube
    from luoshi.indicator.shared_scan import ScanDay
    from luoshi.register.record import Facts, Record, fields_of
    from luoshi.register.warehouse import Warehouse

    made, segments = pack(), segments_in(Path(folder))
    warehouse, register = Warehouse(made, Facts(), None, {"project": segments}), made.registers["project"]
    cube = KeptCube(made, warehouse, plan_cubes(made, [q.name for q in QUESTIONS])[0][0], (ScanDay(AS_OF, YEAR),))
    rows = segments.following

    def change(number: int) -> tuple[float, float]:
        key = f"{(number * 7919 + 1) * 104_729 % rows:010d}"
        cells = {"id": key, "paid": 1, "state": STATES[number % 5], "good": True, "district": "示例县1"}
        record = Record(key, key, tuple(cells.get(field.name) for field in fields_of(register)), date(2019, 9, 1), None, 2, (), "")
        start, cpu = perf_counter(), process_time()
        cube.add([record])
        cube.figures()
        return (perf_counter() - start) * 1000, (process_time() - cpu) * 1000

    return lambda: [change(number) for number in range(CHANGES)], lambda milliseconds: milliseconds
