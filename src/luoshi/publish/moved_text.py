"""What moved a figure, and a figure in parts, for a terminal. In: `Movement`, `Correction`, `Part`s. Out: lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luoshi.indicator.breakdown import BY_WORDS, By, Part
from luoshi.indicator.figure import Figure
from luoshi.indicator.moved import Correction, Movement, RowChange
from luoshi.lexicon.written import day, number
from luoshi.publish.line import Line, pad, width_of

LISTED = 30


def movement_lines(movement: Movement) -> Iterator[Line]:
    """Before and after, then the rows that made the difference."""
    before, after = movement.before, movement.after
    step = movement.step
    moved = f"，{'增加' if step > 0 else '减少'}{number(abs(step), after.decimals)}{after.unit}" if step else "，没有变" if step is not None else ""
    yield Line(f"{day(before.as_of)}当时{value_words(before)}，{day(after.as_of)}{value_words(after)}{moved}", "head")
    for title, rows in (("新计入", movement.entered), ("不再计入", movement.left), ("计入但有改动", movement.changed)):
        yield Line(f"{title}的{len(rows)}行", "head" if rows else "quiet")
        yield from (Line(f"   {_row_words(row)}", "plain", 5) for row in rows[:LISTED])
        if len(rows) > LISTED:
            yield Line(f"   …… 其余{len(rows) - LISTED}行", "quiet")


def correction_lines(correction: Correction) -> Iterator[Line]:
    """What was said stays; what is known now stands beside it."""
    said, now = correction.said, correction.now
    yield Line(f"更正：{day(said.as_of)}当时说的是{value_words(said)}，照现在所知是{value_words(now)}。已公布的数不改，另作更正。", "late")
    rows = (*correction.rows.entered, *correction.rows.left, *correction.rows.changed)
    yield from (Line(f"   {_row_words(row)}", "plain", 5) for row in rows[:LISTED])


def part_lines(parts: Iterable[Part], by: By) -> Iterator[Line]:
    """One line a part."""
    kept = list(parts)
    width = max((width_of(part.name) for part in kept), default=0) + 2
    yield Line(f"按{BY_WORDS[by]}", "head")
    for part in kept:
        sides = ""
        if part.figure.top is not None and part.figure.bottom is not None:
            sides = f"　{number(part.figure.top, 2)}{part.figure.top_unit} ÷ {number(part.figure.bottom, 2)}{part.figure.bottom_unit}"
        yield Line(f"   {pad(part.name, width)}{value_words(part.figure)}{sides}")


def value_words(figure: Figure) -> str:
    """20个; 没有数."""
    return "没有数" if figure.value is None else f"{number(figure.value, figure.decimals)}{figure.unit}"


def _row_words(row: RowChange) -> str:
    held = row.after or row.before
    amount = f"（{number(held.amount, 4)}）" if held and held.amount is not None else ""
    return f"{row.title}{amount}：{row.why}"
