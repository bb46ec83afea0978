"""`luoshi compile FILE`: a task list → the plan; of a folder, every file. In: a document. Out: text, or JSON / YAML `luoshi.plan/1`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from luoshi.plan.plan import Plan
    from luoshi.reading.source import Document


class PlanFormat(StrEnum):
    """How a plan is printed."""

    text = "text"
    json = "json"
    yaml = "yaml"


def compile_file(
    file: Path = typer.Argument(help="任务清单：.txt .docx .xlsx .html .pdf .doc .wps，方案 .xml（StratML）；或一个目录，逐份编译"),
    format: PlanFormat = typer.Option(PlanFormat.text, "--format", "-f", help="text 给人看，json、yaml 给程序用"),
    out: Path | None = typer.Option(None, "--out", "-o", help="写到文件，不写到屏幕；目录时写到这个目录，默认“原目录名-方案”"),
    year: int | None = typer.Option(None, "--year", min=1990, max=2100, help="清单年份；原文没写或写错时用"),
    table: str | None = typer.Option(None, "--table",
                                     help="文件里有几张清单时读哪一张：提示里写的“表2”“sheet 任务清单”，或“正文”；几张一起读写“表1,表2”"),
    pack: str = typer.Option("", "--pack", help="城市包的名字或目录：用它的单位名录和工作日历，名录里没有的单位会问"),
    jobs: int = typer.Option(1, "--jobs", "-j", min=1, max=256, help="目录时同时编几份；中断后再运行会接着做，没有改动的文件不重读"),
) -> None:
    """读一份任务清单，编成方案：任务、目标、举措、指标、节点、责任，以及要确认的问题。"""
    from luoshi.cli.plan_source import read_source
    from luoshi.cli.terminal import fail, print_lines, write_out

    if file.is_dir() and pack:
        fail("--pack 只用于一份文件。目录请不带 --pack，或逐份编译。")
    if file.is_dir():
        from luoshi.cli.compile_folder import compile_folder

        raise typer.Exit(compile_folder(file, out, format.value, year, jobs))
    plan, document = read_source(file, year, table, pack)
    if format is PlanFormat.text and out is None:
        from luoshi.publish.plan_text import plan_lines

        print_lines(plan_lines(plan, document))
    else:
        write_out(plan_text(plan, document, format.value), out)
    errors = [f for f in plan.findings if f.level == "error"]
    if errors:
        if format is not PlanFormat.text:
            print("\n".join(f"错误：{f.message}" for f in errors), file=sys.stderr)
        raise typer.Exit(1)


def plan_text(plan: Plan, document: Document | None, format: str) -> str:
    """The plan as it is written into a file."""
    if format == PlanFormat.text:
        from luoshi.publish.plan_text import plan_lines

        return "\n".join(line.text for line in plan_lines(plan, document))
    from luoshi.plan.plan import plan_to_json

    tree = plan_to_json(plan)
    if format == PlanFormat.json:
        import json

        return json.dumps(tree, ensure_ascii=False, indent=2)
    import yaml

    return str(yaml.safe_dump(tree, default_flow_style=False, allow_unicode=True, sort_keys=False))
