"""Every figure of a list with its class, its scope and what is still asked, for a terminal. In: `Item`s. Out: lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from luoshi.lexicon.written import number
from luoshi.plan.target import Target
from luoshi.publish.explain import class_of, headline
from luoshi.publish.line import Line
from luoshi.status.stand import Item

NATURE_WORDS = {"stock": "时点数", "flow": "当年发生数", "level": "比率或单价"}


def scope_lines(items: Iterable[Item], natures: Mapping[str, str]) -> Iterator[Line]:
    """「口径清单」 natures: indicator → stock, flow or level, as its pack declares."""
    targets = [item for item in items if isinstance(item.promise, Target)]
    yield Line(f"{len(targets)}个指标的类别、数和口径", "head")
    for item in targets:
        nature = NATURE_WORDS.get(natures.get(item.figure.indicator, ""), "") if item.figure else ""
        yield Line(f"{item.number}  {item.title}　{headline(item)}　{class_of(item)}" + (f" · {nature}" if nature else ""), "plain", 6)
        yield from (Line(f"      {line}", "ask" if line.startswith("问") else "quiet", 8) for line in _about(item))


def _about(item: Item) -> Iterator[str]:
    figure = item.figure
    if figure is None:
        yield "口径：还没有约定怎样测算" if item.value_from == "none" else "口径：填报数，未经台账计算"
    else:
        if figure.value is None:
            yield figure.missing
        yield f"口径：{figure.because.scope or '（空着，要先定）'}"
        shadows = "；".join(f"{s.title} {'—' if s.value is None else number(s.value, s.decimals) + s.unit}" for s in figure.shadows)
        if shadows:
            yield f"并列：{shadows}"
        if figure.unconfirmed:
            yield f"待核实：{figure.unconfirmed}"
    if item.binding and item.binding.question:
        yield f"问：{item.binding.question}"
