"""`luoshi export PLAN --to docx`: a plan for others. In: a list, a plan's JSON, or StratML. Out: a file in the format asked for."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from luoshi.plan.plan import Plan


class ExportFormat(StrEnum):
    """What a plan is exported as."""

    docx = "docx"
    xlsx = "xlsx"
    json = "json"
    stratml = "stratml"


def export(
    file: Path = typer.Argument(help="任务清单（.txt .docx .xlsx .html .pdf .doc .wps），方案 .json，或 StratML .xml"),
    to: ExportFormat = typer.Option(..., "--to", "-t", help="docx、xlsx：公文清单表；json；stratml（ISO 17469-2）"),
    out: Path | None = typer.Option(None, "--out", "-o", help="写到哪里；默认同名换扩展名，已有的不覆盖"),
    year: int | None = typer.Option(None, "--year", min=1990, max=2100, help="清单年份；原文没写或写错时用"),
) -> None:
    """把方案导出成公文清单表（docx、xlsx）、JSON 或 StratML；导出的文件再编译，得到同样的方案。"""
    from luoshi.cli.plan_source import read_plan
    from luoshi.cli.terminal import fail, write_file
    from luoshi.publish.export_plan import SUFFIXES, export_plan

    plan = read_plan(file, year)
    target = out or file.with_name(f"{file.stem}-方案.{SUFFIXES[to.value]}")
    if out is None and target.exists():
        fail(f"{target} 已经有了，没有覆盖。请用 -o 另指定一个位置。")
    try:
        data = export_plan(plan, to.value)
    except ValueError as error:
        fail(str(error))
    write_file(data, target)
    print(f"已导出 {target}")
    if to in {ExportFormat.docx, ExportFormat.xlsx}:
        _say_what_is_lost(plan, target)


def _say_what_is_lost(plan: Plan, target: Path) -> None:
    """A table holds words: what a person added to the plan without words in it is not read back. It is said, thing by thing."""
    from luoshi.cli.plan_source import read_plan
    from luoshi.plan.diff import compare_plans
    from luoshi.publish.diff_words import THING_WORDS, how_words

    for change in compare_plans(plan, read_plan(target, plan.document.year)).changes:
        side = change.old or change.new
        if change.hows != ("same",) and side:
            print(f"说明：{THING_WORDS[change.thing]} {side.no}“{side.text}”在表里的文字中读不出同样的内容（{how_words(change)}）；"
                  "要原样保留，请另存一份 json 或 stratml。", file=sys.stderr)
