"""`luoshi warehouse`: registers too large for a page, as columns on disk, asked on DuckDB or Spark. In: a pack, a folder. Out: figures.

The figures are those of the same indicators; both engines must agree, and `compare` says where they do not.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from luoshi.cli.run import AS_OF

if TYPE_CHECKING:
    from luoshi.pack.pack import Pack
    from luoshi.register.segments import Segments

warehouse = typer.Typer(help="大台账：按列存盘，用DuckDB或Spark测算。", no_args_is_help=True)
PACK = typer.Argument(help="数据包：自带的名称（jiaxing-2019）或目录")
DATA = typer.Option(..., "--data", help="按列存盘的目录，每个台账一个子目录")
MASTER = typer.Option("local[2]", "--master", help="Spark在哪里跑：local[2]、local-cluster[2,1,1024]、spark://主机:7077")


class Engine(StrEnum):
    """What computes."""

    duckdb = "duckdb"
    spark = "spark"


@warehouse.command("generate")
def generate(
    pack: str = PACK,
    register: str = typer.Argument(help="台账的名称，如 hightech_enterprise"),
    rows: int = typer.Option(1_000_000, "--rows", min=1, help="多少行"),
    data: Path = DATA,
) -> None:
    """造若干行虚构的记录，用来试规模。"""
    from luoshi.cli.terminal import fail
    from luoshi.register.generate import generated_rows
    from luoshi.register.segments import Segments

    loaded = _load(pack)
    if register not in loaded.registers:
        fail(f"数据包里没有台账“{register}”。可写：{'、'.join(sorted(loaded.registers))}")
    spec = loaded.registers[register]
    segments = Segments(data / register, spec)
    segments.adopt(generated_rows(spec, rows, segments.following))
    print(f"台账“{spec.title}”：写了{rows:,}行虚构记录，在 {data / register}")


@warehouse.command("build")
def build(pack: str = PACK, data: Path = DATA) -> None:
    """把数据包里的记录按列存盘；已有的目录不动。"""
    from luoshi.cli.terminal import fail, print_remarks
    from luoshi.register.facts import load_facts
    from luoshi.register.segments import Segments

    loaded = _load(pack)
    facts, findings = load_facts(loaded)
    print_remarks(findings)
    taken = [name for name in facts.records if (data / name).exists()]
    if taken:
        fail(f"{data} 里已有 {'、'.join(taken)}。请换一个目录，或先移走它们。")
    for name, records in facts.records.items():
        Segments(data / name, loaded.registers[name]).add(records)
        print(f"台账“{loaded.registers[name].title}”：{len(records):,}行")


@warehouse.command("run")
def run(pack: str = PACK, data: Path = DATA, as_of: datetime = AS_OF, engine: Engine = typer.Option(Engine.duckdb, "--engine", help="用什么算"),
        master: str = MASTER) -> None:
    """测算存盘台账上的每个指标。"""
    loaded = _load(pack)
    for name, value in _figures(loaded, data, as_of.date(), engine, master).items():
        spec = loaded.indicators[name]
        print(f"{name}\t{value or '没有数'}{spec.unit if value else ''}\t{spec.title}")


@warehouse.command("compare")
def compare(pack: str = PACK, data: Path = DATA, as_of: datetime = AS_OF, master: str = MASTER) -> None:
    """两个引擎各算一遍，有一个数不同就以状态1结束。"""
    loaded = _load(pack)
    # Spark first: where it is missing, nobody waits for the other to finish
    theirs, ours = (_figures(loaded, data, as_of.date(), engine, master) for engine in (Engine.spark, Engine.duckdb))
    different = [name for name in ours if ours[name] != theirs[name]]
    for name in different:
        print(f"{name}：DuckDB {ours[name] or '没有数'}，Spark {theirs[name] or '没有数'}")
    print(f"{len(ours)}个数，{len(different)}个不同")
    raise typer.Exit(1 if different else 0)


def _load(pack: str) -> Pack:
    from luoshi.cli.terminal import fail
    from luoshi.pack.load import PackBroken, load_pack

    try:
        return load_pack(pack)[0]
    except PackBroken as broken:
        fail(str(broken))


def _stored(pack: Pack, data: Path) -> dict[str, Segments]:
    from luoshi.cli.terminal import fail
    from luoshi.register.segments import STATE, Segments

    stored = {name: Segments(data / name, spec) for name, spec in pack.registers.items() if (data / name / STATE).exists()}
    if not stored:
        fail(f"{data} 里没有存盘的台账。请先运行 luoshi warehouse build 或 generate。")
    return stored


def _figures(pack: Pack, data: Path, as_of: date, engine: Engine, master: str) -> dict[str, str]:
    """indicator → its exact value as text; empty where there is none."""
    from luoshi.cli.terminal import fail
    from luoshi.indicator.at_scale import figures_at_scale
    from luoshi.register.record import Facts
    from luoshi.register.warehouse import Warehouse

    stored, year = _stored(pack, data), pack.file.year or as_of.year
    if engine is Engine.duckdb:
        opened = Warehouse(pack, Facts(), None, stored)
    else:
        try:
            from luoshi.register.spark import SparkWarehouse
        except ImportError:
            fail("没有装Spark。请安装：pip install 'luoshi[spark]'，并装好Java 17。")
        opened = SparkWarehouse(pack, stored, master)
    try:
        return {name: "" if figure.value is None else f"{figure.value:f}" for name, figure in figures_at_scale(pack, opened, as_of, year).items()}
    finally:
        opened.close()
