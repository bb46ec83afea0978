"""`luoshi compile FILE`: a task list → the plan. In: a document. Out: text for people, or JSON / YAML `luoshi.plan/1`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

import typer


class PlanFormat(StrEnum):
    """How a plan is printed."""

    text = "text"
    json = "json"
    yaml = "yaml"


def compile_file(
    file: Path = typer.Argument(help="任务清单：.txt .docx .xlsx .html"),
    format: PlanFormat = typer.Option(PlanFormat.text, "--format", "-f", help="text 给人看，json、yaml 给程序用"),
    out: Path | None = typer.Option(None, "--out", "-o", help="写到文件，不写到屏幕"),
    year: int | None = typer.Option(None, "--year", min=1990, max=2100, help="清单年份；原文没写或写错时用"),
) -> None:
    """读一份任务清单，编成方案：任务、目标、举措、指标、节点、责任，以及要确认的问题。"""
    from luoshi.cli.terminal import fail, print_lines, write_out
    from luoshi.compiler.passes import compile_plan
    from luoshi.reading.read import read_document
    from luoshi.reading.source import Unreadable

    try:
        document = read_document(file)
    except Unreadable as error:
        fail(str(error))
    plan = compile_plan(document, year)
    if format is PlanFormat.text:
        from luoshi.publish.plan_text import plan_lines

        lines = plan_lines(plan, document)
        print_lines(lines) if out is None else write_out("\n".join(line.text for line in lines), out)
    else:
        write_out(_dump(plan, format), out)
    errors = [f for f in plan.findings if f.level == "error"]
    if errors:
        if format is not PlanFormat.text:
            print("\n".join(f"错误：{f.message}" for f in errors), file=sys.stderr)
        raise typer.Exit(1)


def _dump(plan: object, format: PlanFormat) -> str:
    from luoshi.plan.plan import Plan, plan_to_json

    assert isinstance(plan, Plan)
    tree = plan_to_json(plan)
    if format is PlanFormat.json:
        import json

        return json.dumps(tree, ensure_ascii=False, indent=2)
    from io import StringIO

    from ruamel.yaml import YAML

    yaml, stream = YAML(typ="safe", pure=True), StringIO()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # the stub knows only its default
    yaml.dump(tree, stream)
    return stream.getvalue()
