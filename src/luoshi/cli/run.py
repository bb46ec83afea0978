"""`luoshi run PACK`: the whole story on a day. In: a pack. Out: a board as text, JSON, or one self-contained page."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from luoshi.pipeline import Story


class BoardFormat(StrEnum):
    """How a board is printed."""

    text = "text"
    json = "json"
    html = "html"


AS_OF = typer.Option(..., "--as-of", formats=["%Y-%m-%d"], help="统计日，如 2019-09-30")
KNOWN_AT = typer.Option(None, "--known-at", formats=["%Y-%m-%d"], help="只用这一天及以前登记的事实；默认用全部")
DOCUMENT = typer.Option(None, "--document", help="换成另一份清单文件（如本市原文），其余仍用数据包")


def run(
    pack: str = typer.Argument(help="数据包：自带的名称（jiaxing-2019）或目录"),
    as_of: datetime = AS_OF,
    known_at: datetime | None = KNOWN_AT,
    document: Path | None = DOCUMENT,
    format: BoardFormat = typer.Option(BoardFormat.text, "--format", "-f", help="text、json，或 html（一个文件，可离线打开）"),
    scopes: bool = typer.Option(True, "--scopes/--no-scopes", help="总览后面列不列每个指标的类别、口径和要问的"),
    out: Path | None = typer.Option(None, "--out", "-o", help="写到文件，不写到屏幕"),
) -> None:
    """从清单到总览：编方案、装台账、算数、亮灯。"""
    from luoshi.cli.terminal import print_lines, write_out
    from luoshi.publish.board import make_board

    story = tell(pack, as_of.date(), document, known_at.date() if known_at else None)
    board = make_board(story.plan.document.title, story.as_of, story.year, story.plan.tasks, story.items)
    if format is BoardFormat.html:
        from luoshi.publish.board_html import board_page

        write_out(board_page(board, story.plan, story.document, story.findings, story.pack.file.example), out)
    elif format is BoardFormat.json:
        from luoshi.publish.board_json import board_json

        write_out(board_json(board, story.items), out)
    else:
        from luoshi.publish.board_text import board_lines
        from luoshi.publish.line import Line
        from luoshi.publish.scope_text import scope_lines

        natures = {name: spec.nature for name, spec in story.pack.indicators.items()}
        lines = (*board_lines(board), *((Line(""), *scope_lines(story.items, natures)) if scopes else ()))
        print_lines(lines) if out is None else write_out("\n".join(line.text for line in lines), out)


def tell(pack: str, as_of: date, document: Path | None, known_at: date | None) -> Story:
    """The story, with its findings on standard error; what cannot be read ends with status 2."""
    from luoshi.cli.kept_folder import kept_folder
    from luoshi.cli.terminal import fail, print_remarks
    from luoshi.indicator.evaluate import CannotMeasure
    from luoshi.pack.load import PackBroken
    from luoshi.pipeline import follow
    from luoshi.reading.source import Unreadable

    try:
        story = follow(pack, as_of, document, known_at, kept_folder())
    except (PackBroken, Unreadable, CannotMeasure) as error:
        fail(str(error))
    print_remarks(story.findings)
    return story
