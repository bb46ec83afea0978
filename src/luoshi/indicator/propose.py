"""How a promise could be counted, likeliest first, and why each is proposed. In: a plan, a pack, a promise. Out: `Proposal`s.

Three things speak for a proposal: the same unit, the same words, a figure of the same task that already rests on these facts. What only
has the unit in common is not proposed: everything is counted in 个.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from luoshi.pack.indicator_spec import Exists, Growth, IndicatorSpec, Latest, Quotient, RowFilters
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.plan.alike import Tokens, alike, share_in, tokens_of
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.register.unit import read_unit, written_unit

MOST: Final = 8
LEAST: Final = 1.0
"""A proposal that scores less is no help."""
WORDS, UNIT, TASK, ROWS = 4.0, 2.0, 1.5, 0.5
COUNTERS: Final = frozenset("个家项宗人件户名所条处座辆次场支份")


@dataclass(frozen=True, slots=True)
class Proposal:
    """「提议的算法」 source: what it rests on, as indicator:NAME, register:NAME, series:NAME or deliverables:NAME. kind, field: for a
    register. reasons: why, in Chinese."""

    source: str
    title: str
    reasons: tuple[str, ...]
    score: float
    kind: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: the unit, the words of the promise itself, those around it, and what its task's figures rest on."""

    unit: str
    words: Tokens
    around: Tokens
    near: frozenset[str]
    rows: Mapping[str, int]


def propose(pack: Pack, task: Task, holder: Task | Measure, promise: Target | Milestone, unit: str, rows: Mapping[str, int],
            used: Iterable[str]) -> tuple[Proposal, ...]:
    """rows: register, series or deliverables → how many are at hand. used: indicators that already count for the same task."""
    own = (promise.metric, promise.condition) if isinstance(promise, Target) else (promise.text,)
    sentence = (holder.goal or holder.title) if isinstance(holder, Task) else holder.text
    near = frozenset(source for name in used if name in pack.indicators for source in facts_of(pack.indicators[name]))
    asked = _Asked(unit, tokens_of(*own), tokens_of(sentence, task.title), near, rows)
    found = [*_indicators(pack, asked), *_registers(pack, asked), *_series(pack, asked), *_deliverables(pack, asked)]
    return tuple(sorted((p for p in found if p.score >= LEAST), key=lambda p: (-p.score, p.title))[:MOST])


def facts_of(spec: IndicatorSpec) -> tuple[str, ...]:
    """「凭什么算」 Names of registers, series or deliverables that it rests on, as far as one is named."""
    if isinstance(spec, RowFilters):
        return (spec.register_name,)
    if isinstance(spec, Latest | Growth):
        return (spec.series,)
    if isinstance(spec, Quotient):
        return (spec.top, spec.bottom)
    return (spec.deliverables,) if isinstance(spec, Exists) else tuple(getattr(spec, "tables", ()))


def _indicators(pack: Pack, asked: _Asked) -> Iterator[Proposal]:
    for name, spec in pack.indicators.items():
        told = [one.title for source in facts_of(spec) if (one := _fact(pack, source))]
        made = _weigh(asked, spec.title, " ".join(told), spec.unit, facts_of(spec))
        if made and spec.unit == asked.unit:
            yield replace(made, source=f"indicator:{name}", score=made.score + 0.5, kind=spec.kind)


def _registers(pack: Pack, asked: _Asked) -> Iterator[Proposal]:
    for name, spec in pack.registers.items():
        if asked.unit in COUNTERS or asked.unit == spec.counted_as:
            made = _weigh(asked, spec.title, spec.purpose, spec.counted_as, (name,))
            if made:
                yield replace(made, source=f"register:{name}", kind="count")
        for field in spec.fields:
            if _adds_up(field.type, written_unit(field), asked.unit):
                made = _weigh(asked, f"{spec.title}：{field.title}合计", spec.purpose, asked.unit, (name,))
                if made:
                    yield replace(made, source=f"register:{name}", kind="sum", field=field.name)


def _series(pack: Pack, asked: _Asked) -> Iterator[Proposal]:
    for name, spec in pack.series.items():
        made = _weigh(asked, spec.title, spec.scope, spec.unit, (name,))
        if made and spec.unit == asked.unit:
            yield replace(made, source=f"series:{name}", kind="latest")


def _deliverables(pack: Pack, asked: _Asked) -> Iterator[Proposal]:
    for name, spec in pack.deliverables.items():
        made = _weigh(asked, spec.title, " ".join(item.title for item in spec.items), "项", (name,))
        if made:
            yield replace(made, source=f"deliverables:{name}", kind="exists")


def _weigh(asked: _Asked, title: str, more: str, unit: str, facts: tuple[str, ...]) -> Proposal | None:
    """None where no word is shared and no figure of the task rests on it."""
    named, words = tokens_of(title), tokens_of(title, more)
    shared = asked.words & words
    # a title that holds the words is worth more than a remark that does, and a short title more than a long one
    score, reasons = WORDS * share_in(asked.words, words) + WORDS * alike(asked.words, named), []
    if shared:
        reasons.append(f"都写着“{'、'.join(sorted(shared)[:4])}”")
    elif len(asked.around & tokens_of(title)) >= 2:
        score += 1
        reasons.append("所在的句子里写着它")
    same = asked.near.intersection(facts)
    if same:
        score += TASK
        reasons.append("同一任务的指标已经用它")
    if not reasons:
        return None
    if unit == asked.unit:
        score += UNIT
        reasons.append(f"单位都是{unit}")
    rows = sum(asked.rows.get(name, 0) for name in facts)
    if rows:
        score += ROWS
        reasons.append(f"手头有{rows}行")
    return Proposal("", title, tuple(reasons), score)


def _adds_up(kind: str, written: str, unit: str) -> bool:
    if kind not in ("integer", "number", "money", "area") or not written or not unit:
        return False
    return read_unit(written).dimension == read_unit(unit).dimension


def _fact(pack: Pack, name: str) -> RegisterSpec | None:
    return pack.registers.get(name)
