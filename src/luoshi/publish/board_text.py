"""Board and explanation for a terminal. In: `Board`, `Explanation`. Out: lines."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.lexicon.written import day, place_words
from luoshi.publish.board import Board
from luoshi.publish.explain import Explanation, Sheet, class_of, headline
from luoshi.publish.line import Line, Style, cut, pad, width_of
from luoshi.status.light import STATE_SHAPES, STATE_WORDS, State
from luoshi.status.stand import Item

STATE_STYLES: dict[State, Style] = {"seriously_late": "bad", "late": "late", "normal": "good", "done": "done",
                                    "no_data": "quiet", "not_judged": "quiet"}
CELL = 34
SHEET_ROWS = 12
"""Rows of a sheet shown in a terminal unless all are asked for."""


def board_lines(board: Board) -> Iterator[Line]:
    """The board: one sentence, the counts, the worst with their reason, then every line in the order of the list."""
    yield Line(board.title, "title")
    yield Line(f"截至{day(board.as_of)} · {board.year_gone}", "quiet")
    yield Line("")
    yield Line(board.opening, "head")
    yield Line("　".join(f"{STATE_SHAPES[s]} {STATE_WORDS[s]} {n}" for s, n in board.counts.items()))
    if board.reported:
        yield Line(f"其中{board.reported}项按填报数亮灯，还没有台账可算。", "quiet")
    if board.worst:
        yield Line("")
        yield Line("最需要过问的", "head")
        for item in board.worst:
            yield Line(f"{item.light.shape} {item.number}  {item.title}　{headline(item)}", STATE_STYLES[item.light.state], 2)
            yield Line(f"   {item.light.sentence}", "plain", 3)
            yield Line(f"   {'、'.join(item.leads)}牵头", "quiet", 3)
    for task, items in board.tasks:
        yield Line("")
        yield Line(f"{task.no or '—'}  {task.title}", "head", 3)
        yield from (_item_line(item) for item in items)
        if not items:
            yield Line("   没有数量和写明日期的节点，只展示推进情况，不评判。", "quiet", 3)
    yield Line("")
    yield Line("看一个数的来由：luoshi explain 数据包 编号 --as-of 日期，例如编号 9.1。", "quiet")


def _item_line(item: Item) -> Line:
    cells = [pad(item.number, 6), pad(f"{item.light.shape} {item.light.word}", 12), pad(cut(item.title, 40), 42),
             pad(headline(item), 26), class_of(item)]
    return Line("   " + "".join(cells).rstrip(), STATE_STYLES[item.light.state], 9)


def explanation_lines(explanation: Explanation, all_rows: bool = False) -> Iterator[Line]:
    """Rule → rows counted, rows not counted and why → evidence → the sentence."""
    yield Line(f"{explanation.number}  {explanation.title}", "title")
    yield Line(explanation.headline, "head")
    yield Line(explanation.light, "plain", 2)
    yield Line("")
    for name, words in explanation.facts:
        yield Line(f"{pad(name, 9)} {words}", "plain", 10)
    for sheet in explanation.sheets:
        yield Line("")
        yield from _sheet_lines(sheet, all_rows)
    if explanation.questions:
        yield Line("")
        yield Line("待确认", "head")
        yield from (Line(f"？ {question}", "ask", 3) for question in explanation.questions)
    yield Line("")
    yield Line(f"清单里的话（{place_words(explanation.quote.place)}）", "head")
    yield from _quote_lines(explanation)


def _quote_lines(explanation: Explanation) -> Iterator[Line]:
    quote = explanation.quote
    span = quote.span.replace("\n", "")
    yield Line(f"   {quote.before}【{span}】{quote.after}", "plain", 3)


def _sheet_lines(sheet: Sheet, all_rows: bool) -> Iterator[Line]:
    yield Line(sheet.title, "head")
    shown = sheet.rows if all_rows else sheet.rows[:SHEET_ROWS]
    if not shown:
        yield Line("   没有", "quiet")
        return
    widths = [min(CELL, max(width_of(line[i]) for line in (sheet.columns, *shown))) for i in range(len(sheet.columns))]
    widths[-1] = 10_000                    # the last column, the reason, is never cut
    for style, row in (("quiet", sheet.columns), *(("plain", row) for row in shown)):
        yield Line("   " + "  ".join(pad(cut(c, w), w) for c, w in zip(row, widths, strict=True)).rstrip(), style, 6)  # type: ignore[arg-type]
    if len(shown) < sheet.total:
        yield Line(f"   …… 其余{sheet.total - len(shown)}行（--all 看全部）", "quiet")
