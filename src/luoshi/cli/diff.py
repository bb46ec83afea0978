"""`luoshi diff OLD NEW`: a re-issued list against the one before. In: two documents or plans. Out: text, JSON, or one HTML page."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    text = "text"
    json = "json"
    html = "html"


def diff(
    old: Path = typer.Argument(help="原来的清单：.txt .docx .xlsx .html .pdf .doc .wps，或方案 .json"),
    new: Path = typer.Argument(help="新的清单，格式同上，两份可以不同"),
    format: DiffFormat = typer.Option(DiffFormat.text, "--format", "-f", help="text、json，或 html（一个文件，左右对照）"),
    out: Path | None = typer.Option(None, "--out", "-o", help="写到文件，不写到屏幕"),
) -> None:
    """对照一份清单的两版：任务、举措、指标、单位哪些移位、改写、拆并、增删，哪些要求放松了、要说明理由。"""
    import json

    from luoshi.cli.plan_source import read_plan
    from luoshi.cli.terminal import print_lines, write_out
    from luoshi.plan.diff import compare_plans
    from luoshi.publish.diff_text import diff_json, diff_lines

    compared = compare_plans(read_plan(old), read_plan(new))
    if format is DiffFormat.json:
        write_out(json.dumps(diff_json(compared), ensure_ascii=False, indent=2), out)
    elif format is DiffFormat.html:
        from luoshi.publish.diff_html import diff_page

        write_out(diff_page(compared), out)
    elif out is None:
        print_lines(diff_lines(compared))
    else:
        write_out("\n".join(line.text for line in diff_lines(compared)), out)
