"""The embedded engine, behind its pins: it makes, lists and drops tables, reaches nothing outside, and holds exact types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from luoshi.register.record import Facts, Record
from luoshi.register.warehouse import QueryFailed, Warehouse, open_warehouse
from tests.indicator.small_packs import field, pack_of, register

PACK = pack_of(register("firm", "企业", "name", field("name", "企业名称"), field("sales", "营业收入", "money", unit="亿元")))


def record(sales: str, happened: date | None, recorded: date | None) -> Record:
    return Record("甲", "甲", ("甲", Decimal(sales), *[None] * 6), happened, recorded, 2, (), "测试")


def keys(warehouse: Warehouse) -> list[Decimal]:
    return [row["sales"] for row in warehouse.ask("test", lambda: warehouse.in_force("firm", 0))]


# Ibis 12 asks DuckDB 1.5 through fetch_arrow_table, which warns of its removal: the pin on duckdb<2 is there for it.
@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
def test_the_pinned_versions_make_list_and_drop_tables() -> None:
    connection = ibis.duckdb.connect(":memory:")
    connection.create_table("things", pa.table({"n": [1, 2, 3]}))
    assert connection.list_tables() == ["things"]
    assert connection.to_pyarrow(connection.table("things").n.sum()).as_py() == 6
    connection.drop_table("things")
    assert connection.list_tables() == []
    connection.disconnect()


def test_it_reads_no_file_and_loads_no_extension() -> None:
    with open_warehouse(PACK, Facts()) as warehouse:
        for reach in ("SELECT * FROM read_text('/etc/hostname')", "INSTALL httpfs", "SET enable_external_access = true"):
            with pytest.raises(QueryFailed):
                warehouse.ask_sql(reach, {})


def test_the_version_in_force_is_the_latest_that_had_happened_as_known_then() -> None:
    versions = (record("1", None, None), record("2", date(2019, 3, 1), date(2019, 3, 5)), record("3", date(2019, 3, 1), date(2019, 6, 1)),
                record("4", date(2019, 9, 1), date(2019, 5, 1)))
    with open_warehouse(PACK, Facts({"firm": versions})) as warehouse:
        for as_of, known_at, expected in [
            (date(2019, 1, 1), None, "1"), (date(2019, 4, 1), None, "3"), (date(2019, 4, 1), date(2019, 4, 1), "2"),
            (date(2019, 12, 31), date(2019, 4, 1), "2"), (date(2019, 12, 31), None, "4"), (date(2019, 4, 1), date(2019, 3, 1), "1"),
        ]:
            warehouse.set_day(as_of, 2019, known_at)
            assert keys(warehouse) == [Decimal(expected)]


def test_money_is_exact_to_ten_decimals() -> None:
    with open_warehouse(PACK, Facts({"firm": (record("123456789012345678.0123456789", None, None),)})) as warehouse:
        warehouse.set_day(date(2019, 1, 1), 2019)
        assert keys(warehouse) == [Decimal("123456789012345678.0123456789")]
