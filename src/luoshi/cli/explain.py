"""`luoshi explain PACK TARGET`: why is it this number? In: a pack, a line of its board. Out: rule, rows, evidence, sentence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from luoshi.cli.run import AS_OF, DOCUMENT, KNOWN_AT

if TYPE_CHECKING:
    from luoshi.status.stand import Item


def explain(
    pack: str = typer.Argument(help="数据包：自带的名称（jiaxing-2019）或目录"),
    target: str = typer.Argument(help="指标：总览上的编号（9.1），或名称里的词（高新技术企业）"),
    as_of: datetime = AS_OF,
    known_at: datetime | None = KNOWN_AT,
    document: Path | None = DOCUMENT,
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
    print_lines(explanation_lines(explain_item(found[0], story.plan, story.document), all_rows))


def _find(items: tuple[Item, ...], target: str) -> list[Item]:
    exact = [i for i in items if target in (i.number, i.promise.id, i.title)]
    return exact or [i for i in items if target in i.title]
