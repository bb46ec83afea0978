"""`luoshi explain PACK TARGET`: why is it this number? In: a pack, a line of its board. Out: rule, rows, evidence, sentence."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from luoshi.cli.run import AS_OF, DOCUMENT, KNOWN_AT

if TYPE_CHECKING:
    from luoshi.pipeline import Story
    from luoshi.publish.line import Line
    from luoshi.status.stand import Item


def explain(
    pack: str = typer.Argument(help="数据包：自带的名称（jiaxing-2019）或目录"),
    target: str = typer.Argument(help="指标：总览上的编号（9.1），或名称里的词（高新技术企业）"),
    as_of: datetime = AS_OF,
    known_at: datetime | None = KNOWN_AT,
    document: Path | None = DOCUMENT,
    since: datetime | None = typer.Option(None, "--since", formats=["%Y-%m-%d"], help="从那天以来变了什么：哪些行新计入、不再计入、改动了"),
    by: str | None = typer.Option(None, "--by", help="分开看：district（属地）、supplier（供数单位）、month（月份）"),
    all_rows: bool = typer.Option(False, "--all", help="列出全部明细行"),
) -> None:
    """一个数的来由：规则 → 计入的行、没有计入的行及原因 → 佐证 → 清单里的那句话。"""
    from luoshi.cli.run import tell
    from luoshi.cli.terminal import fail, print_lines
    from luoshi.publish.board_text import explanation_lines
    from luoshi.publish.explain import explain_item

    story = tell(pack, as_of.date(), document, known_at.date() if known_at else None)
    found = _find(story.items, target)
    if len(found) != 1:
        listed = "\n".join(f"  {i.number}  {i.title}" for i in (found or story.items))
        fail((f"“{target}”对上了{len(found)}项" if found else f"没有叫“{target}”的指标或节点") + f"。请用编号指明：\n{listed}")
    if since is None and by is None:
        print_lines(explanation_lines(explain_item(found[0], story.plan, story.document), all_rows))
        return
    print_lines(_looked_into(story, found[0], since.date() if since else None, by, known_at.date() if known_at else None))


def _looked_into(story: Story, item: Item, since: date | None, by: str | None, known_at: date | None) -> list[Line]:
    """What moved the figure, what has to be corrected, and the figure in parts."""
    from luoshi.cli.terminal import fail
    from luoshi.indicator.breakdown import BY_WORDS, CannotDivide, break_down
    from luoshi.indicator.moved import correction_of, moved_since
    from luoshi.publish.moved_text import correction_lines, movement_lines, part_lines
    from luoshi.register.warehouse import open_warehouse

    if item.figure is None:
        fail(f"“{item.title}”没有台账、序列或成果可算，没有明细可比。")
    if by is not None and by not in BY_WORDS:
        fail(f"--by 不能写“{by}”；可写：{'、'.join(BY_WORDS)}")
    name, day, year = item.figure.indicator, story.as_of, story.year
    lines: list[Line] = []
    with open_warehouse(story.pack, story.facts) as warehouse:
        if since is not None:
            lines += movement_lines(moved_since(story.pack, warehouse, name, since, day, year, known_at))
            correction = correction_of(story.pack, warehouse, name, since, since, year, known_at)
            lines += correction_lines(correction) if correction else ()
        if by is not None:
            try:
                lines += part_lines(break_down(story.pack, warehouse, name, by, day, year, known_at), by)
            except CannotDivide as refused:
                fail(f"{refused}。")
    return lines


def _find(items: tuple[Item, ...], target: str) -> list[Item]:
    exact = [i for i in items if target in (i.number, i.promise.id, i.title)]
    return exact or [i for i in items if target in i.title]
