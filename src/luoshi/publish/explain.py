"""「说明」: why a figure is what it is, as sections that a terminal and a page show alike.

In: a `Story`'s item and document. Out: `Explanation`: rule → rows that counted, rows that did not and why → evidence → the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.indicator.figure import Figure
from luoshi.lexicon.written import day, number, quantity
from luoshi.pack.indicator_spec import CLASS_WORDS
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.provenance import Row, SourceRef
from luoshi.reading.source import Cell, Document, Paragraph
from luoshi.status.light import Standing
from luoshi.status.stand import Item, unit_of

MODALITY_WORDS = {"committed": "", "stretch": "力争", "directional": "推进类"}
JUDGED_WORDS = {"at_least": "达到或超过就算完成", "at_most": "不超过就算完成", "band": "落在区间内算完成", "exact": "正好才算完成"}
RUN_WORDS = {"cumulative": "累计数，对照计划线", "stock": "时点数，对照约定的分月计划；没有约定的到期评判", "event": "事件，看迟了几天"}
NOTHING = {"", "未填", "条件都符合"}
"""A column that says only this in every row is left out."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """「明细表」 Rows as people read them. total: how many there are; fewer may be shown."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Quote:
    """「原文」 The sentence that asked for it: before, the span itself, after; and its place."""

    before: str
    span: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """「说明」 number and title as on the board; facts: (名目, 内容) in reading order; sheets: the rows; questions: what is still asked."""

    number: str
    title: str
    headline: str
    light: str
    facts: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    questions: tuple[str, ...]
    quote: Quote


def explain_item(item: Item, plan: Plan, document: Document) -> Explanation:
    """Everything that stands behind one line of the board."""
    questions = [f.message for f in plan.findings if f.level == "question" and f.about == item.promise.id]
    if item.figure:
        questions += [f.message for f in item.figure.because.questions]
    if item.binding and item.binding.question:
        questions.append(item.binding.question)
    return Explanation(item.number, item.title, headline(item), f"{item.light.shape} {item.light.word}：{item.light.sentence}",
                       tuple(_facts(item)), tuple(_sheets(item)), tuple(dict.fromkeys(questions)), quote_of(item.promise.source, document))


def headline(item: Item) -> str:
    """20 / 21 个; — / 8 家 where nothing is known."""
    value = item.value
    known = number(value, item.standing.decimals) if value is not None and item.standing else "—"
    return f"{known} / {asked(item)}"


def asked(item: Item) -> str:
    """What the document asks, with its comparator as written; a milestone asks for a date."""
    promise = item.promise
    if isinstance(promise, Target):
        return quantity(promise.op, promise.value, promise.value2, unit_of(promise))
    standing = item.standing
    return f"{number(standing.target)}{standing.unit}" if standing and (item.figure or item.value is not None) else "按期完成"


def class_of(item: Item) -> str:
    """A 台账计算 · B 官方统计 · C 成果 · D 评定; and 填报 where a unit's word is all there is."""
    if item.binding is None:
        return "未定"
    words = f"{item.binding.figure_class} {CLASS_WORDS[item.binding.figure_class]}"
    return f"{words}（现为填报数）" if item.value_from == "reported" else words


def _facts(item: Item) -> Iterable[tuple[str, str]]:
    yield "任务", f"{item.task.no or ''} {item.task.title}".strip()
    yield "牵头", "、".join(item.leads) or "（空）"
    yield "类别", class_of(item)
    figure = item.figure
    if figure:
        yield from figure_facts(figure, item.binding is not None and item.binding.run != "event")
    if item.standing and item.binding and item.preset:
        yield "怎么评", _judging(item, item.standing)
        yield "灯规则", f"{item.preset.title}（{item.preset.reference}）"
    if item.standing and item.standing.planned is not None:
        yield "应达", f"{number(item.standing.planned, item.standing.decimals)}{item.standing.unit}（{day(item.standing.observed_on)}）"
    for shadow in figure.shadows if figure else ():
        yield "并列口径", f"{shadow.title} {figure_words(shadow)}。{shadow.because.rule}"
    if item.binding and item.binding.note:
        yield "备注", item.binding.note


def figure_words(figure: Figure) -> str:
    """12.5亿元; — where it is not known."""
    return "—" if figure.value is None else f"{number(figure.value, figure.decimals)}{figure.unit}"


def figure_facts(figure: Figure, both_sides: bool = True) -> Iterable[tuple[str, str]]:
    """How a figure was counted and what it rests on, whether a promise asks for it or not."""
    yield "怎么算", figure.because.rule
    if both_sides and figure.top is not None and figure.bottom is not None:
        yield "两边", f"{number(figure.top, 2)}{figure.top_unit} ÷ {number(figure.bottom, 2)}{figure.bottom_unit}"
    yield "口径", figure.because.scope or "（还没有填写）"
    yield "数据来自", figure.because.facts_from
    if figure.references:
        yield "依据", "；".join(figure.references)
    if figure.unconfirmed:
        yield "待核实", figure.unconfirmed


def _judging(item: Item, standing: Standing) -> str:
    assert item.binding is not None
    words = [MODALITY_WORDS[item.promise.modality], JUDGED_WORDS[standing.judged], RUN_WORDS[standing.run]]
    if standing.due:
        words.append(f"{day(standing.due)}到期")
    return "；".join(w for w in words if w)


def figure_sheets(figure: Figure) -> Iterable[Sheet]:
    """The rows that counted, those that did not, and those that counted in the figures beside it."""
    because = figure.because
    yield _sheet(f"计入的{because.counted_total}行", because.counted, because.counted_total)
    yield _sheet(f"没有计入的{because.excluded_total}行", because.excluded, because.excluded_total)
    for shadow in figure.shadows:
        yield _sheet(f"{shadow.title}：计入的{shadow.because.counted_total}行", shadow.because.counted, shadow.because.counted_total)


def _sheets(item: Item) -> Iterable[Sheet]:
    if item.figure:
        yield from figure_sheets(item.figure)
    if item.reported:
        rows = tuple((r.on.isoformat(), f"{number(r.value)}{r.unit}", r.by, r.note) for r in reversed(item.reported))
        yield Sheet("填报数（未经台账计算）", ("数据日期", "数值", "填报单位", "说明"), rows, len(rows))


def _sheet(title: str, rows: tuple[Row, ...], total: int) -> Sheet:
    """Only columns that tell rows apart or hold something; the reason last, where it has room."""
    facts = tuple(dict.fromkeys(name for row in rows for name, _ in row.facts))
    columns = ("名称", "编号", *facts, "计入数", "核验", "佐证", "原因")
    cells = [(row.title, row.key, *(dict(row.facts).get(f, "") for f in facts),
              "" if row.amount is None else number(row.amount, 4), row.verification, "；".join(row.evidence), row.reason) for row in rows]
    kept = [i for i, _ in enumerate(columns) if {line[i] for line in cells} - NOTHING]
    kept = [i for i in kept if not (columns[i] == "编号" and all(line[1] == line[0] for line in cells))]
    return Sheet(title, tuple(columns[i] for i in kept), tuple(tuple(line[i] for i in kept) for line in cells), total)


def quote_of(source: SourceRef, document: Document) -> Quote:
    """The whole sentence around a span of the document."""
    for block in document.blocks:
        pieces: tuple[Cell | Paragraph, ...] = (block,) if isinstance(block, Paragraph) else block.cells
        for piece in pieces:
            if piece.place == source.place and piece.offset <= source.start and source.end <= piece.offset + len(piece.text):
                return _sentence(piece.text, source.start - piece.offset, source.end - piece.offset, source.place)
    return Quote("", source.quote, "", source.place)


def _sentence(text: str, start: int, end: int, place: str) -> Quote:
    first = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    ends = [i for i in (text.find(mark, end) for mark in "。；\n") if i >= 0]
    last = min(ends, default=len(text) - 1) + 1
    return Quote(text[first:start].strip(), text[start:end], text[end:last].strip(), place)
