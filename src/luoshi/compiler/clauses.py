"""What the lines of running text say about who and by when: brackets behind a sentence, labelled lines, cells of a flattened table.

In: lines. Out: for each line its `Clause`s in order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from luoshi.compiler.columns import column_kind
from luoshi.compiler.draft import Kind
from luoshi.compiler.duties import read_units
from luoshi.compiler.outline import cut
from luoshi.compiler.spans import UnitSpan
from luoshi.lexicon.numeral import fold
from luoshi.plan.duty import Duty
from luoshi.reading.source import Cell

# 牵头单位：… · 【责任单位】… · 完成时限：…
_LABEL = re.compile(
    r"(?:(?<=[；;，,。\s（〔\[【|])|^)[【\[〔]?"
    r"(?P<label>[\u4e00-\u9fff]{2,4}(?:[及和、][\u4e00-\u9fff]{2,4})?(?:单位|部门|领导)?)[】\]〕]?[ ]?[：:]"
)
_BARE_LABEL = re.compile(r"^【(?P<label>[\u4e00-\u9fff]{2,8})】")                       # 【责任单位】市教育局
_VALUE_END = re.compile(r"[；;）〕\]】\n]|。(?=.)")
_PAIRS = {"（": "）", "〔": "〕", "[": "]", "【": "】", "(": ")"}
_NOT_SAID = re.compile(r"[\s、，,；;。.：:|/＊*★▲]")
_LABELS: frozenset[Kind] = frozenset(("lead", "support", "responsible", "people", "due", "goal", "measure", "notes"))
_INSIDE: frozenset[Kind] = frozenset(("lead", "support", "responsible", "people", "due"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """「标注」 What stands behind a label: 完成时限：6月底前. value may be empty: what it labels then stands below."""

    kind: Kind
    start: int
    value: Cell


@dataclass(frozen=True, slots=True)
class Clause:
    """「责任段」 A piece of a line that says who: start, end of all of it, brackets and label included. closes: it stands behind what
    it is about, and is no part of it; a unit that 牵头s in the middle of a sentence does not close."""

    start: int
    end: int
    duties: tuple[Duty, ...]
    closes: bool = True


def read_labels(line: Cell) -> list[Labelled]:
    """The labels of a line with what follows each."""
    flat = fold(line.text)
    named = [(m, column_kind(m["label"])) for m in (*_BARE_LABEL.finditer(flat), *_LABEL.finditer(flat))]
    found = [(m, k) for m, k in named if k is not None and k in _LABELS]
    found = [(m, k) for m, k in sorted(found, key=lambda x: x[0].start()) if k in _INSIDE or m.start() == 0]
    labels = []
    for i, (m, kind) in enumerate(found):
        end = found[i + 1][0].start() if i + 1 < len(found) else len(flat)
        stop = _VALUE_END.search(flat, m.end(), end) if kind in _INSIDE and found[0][0].start() else None
        stop_at = stop.start() if stop else m.end() + len(flat[m.end():end].rstrip("；; ，,"))
        labels.append(Labelled(kind, m.start(), cut(line, m.end(), stop_at)))
    return labels


def read_clauses(lines: list[Cell]) -> list[list[Clause]]:
    """For each line, its clauses. All lines are read as one text: titles of columns and 列第一位的为牵头单位 hold for what follows."""
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    units: list[list[UnitSpan]] = [[] for _ in lines]
    for span in read_units("\n".join(line.text for line in lines)):
        units[bisect_right(starts, span.start) - 1].append(span)
    return [_clauses(line, start, spans) if spans else [] for line, start, spans in zip(lines, starts, units, strict=True)]


def _clauses(line: Cell, start: int, units: list[UnitSpan]) -> list[Clause]:
    brackets = _brackets(line.text)
    labels = [label for label in read_labels(line) if label.kind in {"lead", "support", "responsible"}]
    is_cell = not _without(line.text, [(u.start - start, u.end - start) for u in units])
    clauses: list[Clause] = []
    for unit in units:
        a, b = unit.start - start, unit.end - start
        duty = Duty(unit.name, unit.role, False, line.ref(a, b))
        around = next(((x, y) for x, y in brackets if x < a and b <= y - 1), None)
        if around is None and is_cell:
            around = (0, len(line.text))
        if around is None:
            above = [x for x in labels if x.start < a]
            around = (above[0].start, len(line.text)) if above else None
        if around and clauses and clauses[-1].closes and clauses[-1].start == around[0]:
            clauses[-1] = Clause(*around, (*clauses[-1].duties, duty))
        else:
            clauses.append(Clause(*around, (duty,)) if around else Clause(a, b, (duty,), closes=False))
    return clauses


def _brackets(text: str) -> list[tuple[int, int]]:
    """Outermost pairs, start and the place after the end."""
    pairs: list[tuple[int, int]] = []
    open_at: list[tuple[int, str]] = []
    for i, c in enumerate(text):
        if c in _PAIRS:
            open_at.append((i, _PAIRS[c]))
        elif open_at and c == open_at[-1][1]:
            at, _ = open_at.pop()
            if not open_at:
                pairs.append((at, i + 1))
    return pairs


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """What is left of a line without its units and the marks between them."""
    left, at = [], 0
    for start, end in spans:
        left.append(text[at:start])
        at = end
    return _NOT_SAID.sub("", "".join([*left, text[at:]]))
