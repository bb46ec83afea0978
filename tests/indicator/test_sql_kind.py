"""A SELECT is let through only when it can do nothing but read the declared tables."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.indicator.evaluate import CannotMeasure
from luoshi.indicator.sql_guard import SelectRefused, check_select
from tests.indicator.small_packs import field, figure_of, indicator, pack_of, register

ROW = "select row_key, 1 as amount, '' as reason from firm"


@pytest.mark.parametrize(("select", "words"), [
    (f"{ROW}; select 1", "正好是一条"),
    (f"{ROW}; delete from firm", "正好是一条"),
    ("", "正好是一条"),
    ("delete from firm", "应当是一条 SELECT"),
    ("with gone as (delete from firm returning *) select * from gone", "不能写入"),
    ("select * into other from firm", "只能查"),
    ("insert into firm select * from firm", "应当是一条 SELECT"),
    ("select * from other", "不能查 other"),
    ("select * from main.firm", "不能查 main.firm"),
    ("select * from _firm", "不能查 _firm"),
    ("select * from firm join duckdb_settings() on true", "只能查"),
    ("select * from read_csv('/etc/passwd')", "只能查"),
    ("select * from '/etc/passwd'", "只能查"),
    ("select * from glob('/*')", "只能查"),
    ("select read_text('/etc/passwd') from firm", "不允许的函数"),
    ("select getenv('HOME') from firm", "不允许的函数"),
    ("select (select content from read_text('/etc/passwd')) from firm", "只能查"),
    ("select current_date from firm", "不允许的函数"),
    ("select now() from firm", "不允许的函数"),
    ("select random() from firm", "不允许的函数"),
    ("copy firm to 'x.csv'", "应当是一条 SELECT"),
    ("attach 'x.db'", "应当是一条 SELECT"),
    ("pragma database_list", "应当是一条 SELECT"),
    ("set threads = 1", "应当是一条 SELECT"),
    ("select $other from firm", "没有参数 other"),
    ("with firm as (select 1) select * from firm", "不能和台账同名"),
    ("select from where (", "不是能读懂的 SQL"),
])
def test_anything_but_one_select_over_the_declared_tables_is_refused(select: str, words: str) -> None:
    with pytest.raises(SelectRefused, match=words.replace("(", r"\(")):
        check_select(select, ("firm",), "x.sql")


@pytest.mark.parametrize("select", [
    ROW, f"{ROW};", f"-- 说明\n{ROW} -- 完", f"{ROW} union all {ROW}", "with a as (select * from firm) select * from a",
    "select coalesce(x, 1), case when d between $year_start and $as_of then 1 end, row_number() over (partition by a order by b) from firm",
])
def test_one_select_passes(select: str) -> None:
    assert check_select(select, ("firm",), "x.sql") <= {"as_of", "year_start", "year_end"}


def test_the_select_sees_the_versions_in_force_and_whether_they_are_verified(tmp_path: Path) -> None:
    firm = register("firm", "企业", "name", field("name", "企业名称"), field("sales", "营业收入", "money", unit="亿元"))
    select = (
        "select row_key, case when verified and happened_on >= $year_start then sales end as amount, district as reason from firm"
    )
    (tmp_path / "sales.sql").write_text(select, encoding="utf-8")
    total = indicator("sql", unit="元", file="sales.sql", tables=["firm"], rule="把核验过的营业收入加起来")
    rows = [
        {"企业名称": "甲", "营业收入": "1.5", "发生日期": "2019-03-01", "属地": "南湖区"},
        {"企业名称": "甲", "营业收入": "100", "发生日期": "2019-01-01"},
        {"企业名称": "乙", "营业收入": "0.00000001", "发生日期": "2019-03-01", "属地": "秀洲区"},
        {"企业名称": "丙", "营业收入": "7", "发生日期": "2019-03-01", "核验": "已填报", "属地": "海宁市"},
        {"企业名称": "丁", "营业收入": "7", "发生日期": "2019-12-01", "属地": "平湖市"},
    ]
    figure = figure_of(pack_of(firm, total, sql={"figure": tmp_path / "sales.sql"}), {"firm": rows})
    assert figure.value == 150_000_001
    assert [(row.key, row.amount, row.reason) for row in figure.because.counted] == [
        ("乙", Decimal(1), "秀洲区"), ("甲", Decimal(150_000_000), "南湖区")
    ]
    assert [(row.key, row.verification) for row in figure.because.excluded] == [("丙", "已填报")]
    assert figure.because.rule == "把核验过的营业收入加起来（截至2019年9月30日）"


def test_a_select_that_cannot_run_names_its_file(tmp_path: Path) -> None:
    firm = register("firm", "企业", "name", field("name", "企业名称"))
    (tmp_path / "x.sql").write_text("select row_key, nothing as amount, '' as reason from firm", encoding="utf-8")
    bad = indicator("sql", file="x.sql", tables=["firm"], rule="坏")
    with pytest.raises(CannotMeasure, match=r"x\.sql：查询执行不了.*nothing"):
        figure_of(pack_of(firm, bad, sql={"figure": tmp_path / "x.sql"}), {"firm": []})


def test_a_refused_select_stops_the_figure(tmp_path: Path) -> None:
    firm = register("firm", "企业", "name", field("name", "企业名称"))
    (tmp_path / "x.sql").write_text("drop table firm", encoding="utf-8")
    bad = indicator("sql", file="x.sql", tables=["firm"], rule="坏")
    with pytest.raises(CannotMeasure, match=r"x\.sql"):
        figure_of(pack_of(firm, bad, sql={"figure": tmp_path / "x.sql"}), {"firm": []})
