"""Compiled queries are kept from run to run, and never outlive what they were compiled from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from luoshi.register.compiled import keep_compiled, kept_file, read_compiled
from tests.indicator.small_packs import field, pack_of, register

PACK = pack_of(register("firm", "企业", "name", field("name", "企业名称")))
OTHER = pack_of(register("firm", "企业", "name", field("name", "企业名称"), field("sales", "营业收入", "money")))


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    path = kept_file(tmp_path / "new", PACK)
    keep_compiled(path, {"什么": "SELECT 1"})
    assert read_compiled(path) == {"什么": "SELECT 1"}


def test_another_register_or_another_query_has_another_file(tmp_path: Path) -> None:
    sql = tmp_path / "figure.sql"
    sql.write_text("SELECT 1", "utf-8")
    with_sql = replace(PACK, sql={"figure": sql})
    first = kept_file(tmp_path, with_sql)
    sql.write_text("SELECT 2", "utf-8")
    assert len({kept_file(tmp_path, PACK), kept_file(tmp_path, OTHER), first, kept_file(tmp_path, with_sql)}) == 4


def test_a_broken_or_missing_file_or_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    path = kept_file(tmp_path, PACK)
    assert read_compiled(path) == {}
    path.write_text("{", "utf-8")
    assert read_compiled(path) == {}
    keep_compiled(path / "below a file", {"a": "b"})


def test_only_the_newest_few_stay(tmp_path: Path) -> None:
    for number in range(12):
        keep_compiled(tmp_path / f"queries-{number}.json", {})
    assert len(list(tmp_path.glob("queries-*.json"))) == 8
