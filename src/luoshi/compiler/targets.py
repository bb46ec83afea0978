"""Quantities promised in a text, and the numbers that nobody understood.

In: text and the list's year. Out: `TargetSpan` in text order, and `UnreadSpan` for what is neither promise, date, name,
ordinal, condition nor report of the past: nothing is dropped in silence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from luoshi.compiler.cells import base_cells
from luoshi.compiler.deadlines import deadlines_in
from luoshi.compiler.dues import DueFinder
from luoshi.compiler.figures import Figure, figures_in
from luoshi.compiler.metrics import metric_of, per_of
from luoshi.compiler.refusals import Sorted, refusal_of
from luoshi.compiler.spans import DeadlineSpan, TargetSpan, UnreadSpan
from luoshi.compiler.wholes import refusal_of_whole
from luoshi.compiler.wording import Wording
from luoshi.lexicon.comparator import Mode, Op, comparator_before, judged_by
from luoshi.lexicon.modality import modality_of

_DISTANT = re.compile(r"(不超过|不得超过|不高于|不低于|不得低于|不少于|超过)(?:20\d\d年|[^，。；\d]{1,16})的$")  # 不超过总投资的
# 削减|煤炭消费 2万吨: the verb of the clause, with what falls between it and the number
_LESSENED = re.compile(r"(?:^|[，。；、：）\s])(?:压减|削减|减少|缩减|压降|压缩|降低|减排)[^，。；：、\d]{1,12}$")
_LONGEST_NAME = 60
_LIST_GAPS = frozenset(("、", "和", "及", "以及", "与", ",", "，", "或"))
_JOINS_DATES = frozenset(("、", "和", "及", "以及", "与", "、到", "和到"))
_KEEPS_COMPANY = frozenset(("、", "和", "及", "以及", "与"))


def read_targets(text: str, year: int | None = None) -> tuple[TargetSpan, ...]:
    """「指标段」 of one text. year: the list's year, which 年底 and 全年 hang on."""
    wording = Wording(text, year)
    return targets_in(wording, deadlines_in(wording))


def read_unread(text: str, year: int | None = None) -> tuple[UnreadSpan, ...]:
    """「未读段」 Numbers that were not understood."""
    wording = Wording(text, year)
    return unread_of(wording, sort_out(wording, deadlines_in(wording)))


def unread_of(wording: Wording, sorted_out: list[Sorted]) -> tuple[UnreadSpan, ...]:
    """The numbers that no reason was found for."""
    return tuple(_unread(wording, figure) for figure, refusal in sorted_out if refusal == "unread")


def _unread(wording: Wording, figure: Figure) -> UnreadSpan:
    if figure.exact or not figure.value:
        return UnreadSpan(figure.start, figure.end)
    clause_start, clause_end = wording.clause(figure.start)
    name = metric_of(wording, figure, None, clause_start, clause_end)
    return UnreadSpan(figure.begin, figure.end, name, figure.value, figure.unit)


def targets_in(wording: Wording, deadlines: tuple[DeadlineSpan, ...]) -> tuple[TargetSpan, ...]:
    """Targets of a text that is already cut, as `read_targets`."""
    return targets_of(wording, deadlines, sort_out(wording, deadlines))


def targets_of(wording: Wording, deadlines: tuple[DeadlineSpan, ...], sorted_out: list[Sorted]) -> tuple[TargetSpan, ...]:
    """Targets among numbers that are already sorted out."""
    dues = DueFinder(wording, deadlines)
    spans: list[TargetSpan] = []
    kept: list[Figure] = []
    condition: Figure | None = None
    for figure, refusal in sorted_out:
        if refusal == "condition":
            condition = figure
            if spans and spans[-1].condition is None and wording.clause(figure.start) == wording.clause(kept[-1].start):
                spans[-1] = replace(spans[-1], condition=wording.raw[kept[-1].end : figure.end].strip(" 的，"))
        if refusal is None:
            before = spans[-1] if spans else None
            spans.append(_span(wording, figure, kept[-1] if kept else None, before, dues, condition))
            kept.append(figure)
    _spread_tails(wording, spans, kept)
    _share_out(wording, spans, deadlines)
    return tuple(_with_parents(wording, spans))


def sort_out(wording: Wording, deadlines: tuple[DeadlineSpan, ...]) -> list[Sorted]:
    """Every number of the text with the reason why it is no promise, None where it is one."""
    figures = figures_in(wording)
    starts = [(span.start, span.end) for span in deadlines]
    base = base_cells(wording.flat)
    sorted_out: list[Sorted] = []
    d = 0
    for i, figure in enumerate(figures):
        while d < len(starts) and starts[d][1] <= figure.start:
            d += 1
        if d < len(starts) and starts[d][0] <= figure.start:
            sorted_out.append((figure, "date"))
            continue
        if base and any(start <= figure.start < end for start, end in base):
            sorted_out.append((figure, "base"))
            continue
        after = figures[i + 1] if i + 1 < len(figures) else None
        if figure.whole:
            sorted_out.append((figure, refusal_of_whole(wording, figure, sorted_out[-1] if sorted_out else None, after)))
        else:
            sorted_out.append((figure, refusal_of(wording, figure, after)))
    return sorted_out


def _span(
    wording: Wording, figure: Figure, listed: Figure | None, before: TargetSpan | None, dues: DueFinder, condition: Figure | None
) -> TargetSpan:
    sentence, clause = wording.before(figure.start)
    clause_start, clause_end = wording.clause(figure.start)
    name = metric_of(wording, figure, listed, clause_start, clause_end) or (before.name if before else "") or _said_before(wording, clause_start)
    op = figure.op if figure.op != "=" else _op_at_a_distance(clause)
    mode = _mode(wording, figure, listed, before, name)
    if mode == "level" and not figure.words.keys() - {"passing", "comparator"} and _LESSENED.search(wording.before(figure.lead)[1]):
        mode = "decrease"
    qualifier = None
    if condition is not None and clause_start <= condition.start < figure.start:
        qualifier = wording.raw[condition.start : condition.end]
    return TargetSpan(
        start=figure.begin,
        end=figure.end,
        value=figure.value,
        value2=figure.value2,
        unit=figure.unit,
        op=op,
        mode=mode,
        name=name,
        modality=modality_of(sentence, clause),
        due=dues.due_of(figure.begin, figure.end),
        condition=qualifier,
        per=per_of(name),
        judged=judged_by(op, figure.words.get("arriving", ""), name if mode == "level" else "", figure.value),
        reading="likely" if figure.whole in ("全部", "一半") else "sure",
    )


def _said_before(wording: Wording, clause_start: int) -> str:
    """「名称」 Where a number has no name beside it: the clause before it."""
    start, end = wording.clause(max(0, clause_start - 1))
    return wording.raw[max(start, end - _LONGEST_NAME) : end].strip()


def _op_at_a_distance(before: str) -> Op:
    """「比较」 不超过|总投资的|30%: a share of something, with the comparator before the thing."""
    found = _DISTANT.search(before) if before.endswith("的") else None
    return (comparator_before(found[1]) if found else None) or "="


def _mode(wording: Wording, figure: Figure, listed: Figure | None, before: TargetSpan | None, name: str) -> Mode:
    if figure.mode != "level":
        return figure.mode
    if not before or not listed or wording.flat[listed.end : figure.lead].strip() not in _LIST_GAPS:
        return _mode_of_name(figure, name)
    if not figure.words.keys() - {"passing"} and figure.unit == before.unit:
        return before.mode  # 分别增长4%和|6%
    return _mode_of_name(figure, name)


def _mode_of_name(figure: Figure, name: str) -> Mode:
    """「方向」 增速达到7% speaks of growth too."""
    if figure.is_share and name.endswith(("降幅", "下降率")):
        return "decrease"
    if figure.is_share and name.endswith(("增速", "增幅", "涨幅", "增长率", "增长速度")):
        return "increase"
    return "level"


def _spread_tails(wording: Wording, spans: list[TargetSpan], kept: list[Figure]) -> None:
    """「列举」 分别增长4%、6%左右: 左右 holds for both."""
    for i in range(len(spans) - 1, 0, -1):
        last, first = kept[i], kept[i - 1]
        if not last.tail or first.tail or last.unit != first.unit or last.words.keys() - {"passing"}:
            continue
        if wording.flat[first.end : last.start].strip() not in _KEEPS_COMPANY or spans[i - 1].op != "=":
            continue
        spans[i - 1] = replace(spans[i - 1], op=spans[i].op, judged=spans[i].judged)
        kept[i - 1] = replace(first, tail=last.tail)


def _share_out(wording: Wording, spans: list[TargetSpan], deadlines: tuple[DeadlineSpan, ...]) -> None:
    """「分别」 到2022年和2024年分别达到40%、50%: the first number by the first date, the second by the second."""
    starts = [span.start for span in spans]
    run: list[DeadlineSpan] = []
    for due in deadlines:
        if run and wording.flat[run[-1].end : due.start].strip() not in _JOINS_DATES:
            run = []
        run.append(due)
        first = bisect_left(starts, due.end)
        listed = spans[first : first + len(run)]
        if len(run) < 2 or len(listed) < len(run) or listed[-1].start >= wording.sentence(due.start)[1]:
            continue
        if "分别" not in wording.flat[due.end : listed[0].end]:
            continue
        gaps = [wording.flat[a.end : b.start].strip() for a, b in pairwise(listed)]
        if all(gap in _LIST_GAPS for gap in gaps):
            spans[first : first + len(run)] = [replace(span, due=by) for span, by in zip(listed, run, strict=True)]


def _with_parents(wording: Wording, spans: list[TargetSpan]) -> list[TargetSpan]:
    """「其中」 A part belongs to the nearest whole before it in its sentence that is counted in the same unit."""
    linked: list[TargetSpan] = []
    for span in spans:
        sentence_start, _ = wording.sentence(span.start)
        clause_start, _ = wording.clause(span.start)
        parent = None
        if "其中" in wording.before(span.start)[1] or wording.flat.endswith("其中，", sentence_start, clause_start):
            parent = _whole_of(linked, span, sentence_start)
        linked.append(replace(span, of=parent) if parent is not None else span)
    return linked


def _whole_of(before: list[TargetSpan], part: TargetSpan, sentence_start: int) -> int | None:
    for j in range(len(before) - 1, max(-1, len(before) - 30), -1):
        if before[j].start < sentence_start:
            return None
        if before[j].unit == part.unit and before[j].value >= part.value and before[j].of is None:
            return j
    return None
