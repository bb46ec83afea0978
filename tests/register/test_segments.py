"""Rows on disk: whatever is added, changed and retired, the figures are those of rows that were written at once."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.indicator.cube_plan import plan_cubes
from luoshi.indicator.kept_cube import KeptCube
from luoshi.indicator.shared_scan import ScanDay, scan
from luoshi.register.compiled import Compiled
from luoshi.register.generate import generated_rows
from luoshi.register.record import Facts, Record, fields_of
from luoshi.register.segments import Segments
from luoshi.register.warehouse import QueryFailed, open_warehouse
from tests.indicator.small_packs import field, indicator, pack_of, register

THING = register("thing", "东西", "id", field("id", "编号"), field("paid", "金额", "money"), field("due", "到期", "date"),
                 field("state", "状态", "choice", choices=["一", "二"]))
DUE = {"field": "due", "op": "in_year"}
PACK = pack_of(
    THING, indicator("count", indicator="counted", register="thing", where=[{"field": "state", "op": "=", "value": "二"}]),
    indicator("sum", indicator="paid", register="thing", field="paid", unit="元", where=[DUE]),
    indicator("ratio", indicator="share", register="thing", unit="%", top={"where": [DUE]}, bottom={}),
)
NAMES, DAYS = tuple(PACK.indicators), tuple(ScanDay(day, 2019) for day in (date(2019, 6, 30), date(2019, 9, 15)))
COMPILED: Compiled = {}

days = st.none() | st.dates(date(2018, 12, 1), date(2019, 12, 31))
version = st.tuples(st.sampled_from("甲乙丙丁"), st.none() | st.integers(0, 99), days, st.sampled_from([None, "一", "二"]), days,
                    st.sampled_from([-1, 0, 2, 2]))
steps = st.lists(st.one_of(st.tuples(st.just("add"), st.lists(version, min_size=1, max_size=3)),
                           st.tuples(st.just("retire"), st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=2)),
                           st.tuples(st.just("compact"), st.just([]))), max_size=6)


def record(key: str, paid: int | None, due: date | None, state: str | None, happened: date | None, level: int) -> Record:
    cells = {"id": key, "paid": None if paid is None else Decimal(paid), "due": due, "state": state}
    return Record(key, key, tuple(cells.get(one.name) for one in fields_of(THING)), happened, None, level, (), "测试")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_refreshed_figures_are_those_of_a_full_rebuild(tmp_path: Path, changes: list[tuple[str, list]]) -> None:  # type: ignore[type-arg]
    shutil.rmtree(tmp_path / "thing", ignore_errors=True)
    (plan,), _ = plan_cubes(PACK, NAMES)
    segments, standing = Segments(tmp_path / "thing", THING), list[Record]()
    with open_warehouse(PACK, Facts(), COMPILED, {"thing": segments}) as warehouse:
        cube = KeptCube(PACK, warehouse, plan, DAYS)
        for verb, given in changes:
            if verb == "add":
                records = [record(*one) for one in given]
                cube.add(records)
                standing += records
            elif verb == "retire":
                cube.retire(given)
                standing = [one for one in standing if one.key not in given]
            else:
                segments.compact()
                warehouse.look_again("thing")
        refreshed, scanned = cube.figures(), scan(PACK, warehouse, plan, DAYS)
    with open_warehouse(PACK, Facts({"thing": tuple(standing)}), COMPILED) as warehouse:
        rebuilt = scan(PACK, warehouse, plan, DAYS)
    with open_warehouse(PACK, Facts(), COMPILED, {"thing": Segments(tmp_path / "thing", THING)}) as warehouse:
        reopened = scan(PACK, warehouse, plan, DAYS)
    assert refreshed == rebuilt == scanned == reopened


def test_a_changed_row_writes_one_small_file_and_compaction_leaves_one(tmp_path: Path) -> None:
    segments = Segments(tmp_path, THING)
    segments.add([record(str(n), n, None, None, None, 2) for n in range(100)])
    before = segments.files
    segments.add([record("7", 1, None, None, date(2019, 5, 1), 2)])
    assert segments.files == before + 1
    assert segments.has_versions
    segments.retire(["8"])
    segments.compact()
    assert (segments.files, segments.gone) == (1, ())
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".parquet") == [Path(segments.paths()[0]).name]


def test_a_record_is_looked_for_in_the_files_that_may_hold_it(tmp_path: Path) -> None:
    segments = Segments(tmp_path, THING)
    segments.add([record(key, 1, None, None, None, 2) for key in ("乙1", "乙5")])
    segments.adopt(generated_rows(THING, 10))
    segments.add([record("丙", 1, None, None, None, 2)])
    named = {key: [path.name for path in map(Path, segments.paths()) if path.name in segments.select([key])]
             for key in ("乙3", "0000000007", "丙", "不在任何文件里")}
    (_empty, first, generated, last) = (Path(path).name for path in segments.paths())
    assert first in named["乙3"]
    assert generated not in named["乙3"]
    assert named["0000000007"] == [_empty, generated]
    assert named["丙"] == [_empty, last]
    assert first not in named["不在任何文件里"]
    again = Segments(tmp_path, THING)
    assert again.select(["丙"]) == segments.select(["丙"])


def test_a_warehouse_reads_no_file_outside_its_registers(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n", "utf-8")
    with open_warehouse(PACK, Facts(), None, {"thing": Segments(tmp_path / "thing", THING)}) as warehouse, \
            pytest.raises(QueryFailed):
        warehouse.ask_sql(f"SELECT * FROM read_csv('{tmp_path}/other.csv')", {})
