"""What an office agreed about one promise of its own list, in the pack's own specifications, and a pack with such agreements in it.

In: a pack, agreements by the id of their promise. Out: `Agreed`, the pack they make, bindings by promise, and what is wrong with them.
The same models and the same checks as for YAML: what a form says, a file could say too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from luoshi.pack.binding_spec import Binding
from luoshi.pack.check_bindings import check_bindings
from luoshi.pack.check_indicators import check_indicators
from luoshi.pack.indicator_spec import Count, Exists, Growth, IndicatorSpec, Ratio, RowFilters, Sum, Verdicts
from luoshi.pack.pack import Pack
from luoshi.pack.said import Complaint, complaints_in, on_page, read_said
from luoshi.pack.stated import Sources, Stated, nearest
from luoshi.pack.strict import Strict
from luoshi.provenance import Finding

WITHOUT_SCOPE = "口径要写清楚：算什么、不算什么、按哪天算。还没有定的，在下面写明要问什么"


class Agreed(Strict):
    """「本市约定」 How one promise is counted: its binding, and an indicator of its own where the pack's do not fit.

    scope: the scope statement「口径」 of this promise, in place of the pack's; empty only where the binding asks a question.
    """

    binding: Binding
    indicator: IndicatorSpec | None = None
    scope: str = ""


def own_name(promise_id: str) -> str:
    """「自有测算名」 target-3f2a1b0c → own_target_3f2a1b0c: no pack begins a name so."""
    return "own_" + re.sub(r"[^a-z0-9]", "_", promise_id.lower())    # target-3f2a1b0c


def read_agreed(tree: Any) -> tuple[Agreed | None, tuple[Complaint, ...]]:
    """「读约定」 JSON → what it agrees on, or what is wrong, at which key."""
    return read_said(Agreed, tree)


def agreed_to_json(agreed: Agreed) -> dict[str, Any]:
    """「约定的写法」 What `read_agreed` reads; what is left at its default is left out."""
    tree: dict[str, Any] = agreed.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return tree


def check_agreed(pack: Pack, agreed: Agreed) -> tuple[Complaint, ...]:
    """「查约定」 Everything that the checks of a pack say of it, and that a scope is written or asked for."""
    found = []
    if not agreed.scope.strip() and not (agreed.binding.question or "").strip():
        found.append(Complaint(("scope",), WITHOUT_SCOPE))
    said = on_page("binding")
    spec = agreed.indicator
    held = replace(pack, indicators={**pack.indicators, spec.indicator: spec}) if spec else pack
    sources = Sources(bindings=[Stated(agreed.binding, said, ("binding",))])
    if spec is not None:
        sources.indicators.append(Stated(spec, said, ("indicator",)))
        found += _facts_named(pack, spec)
        if agreed.binding.indicator != spec.indicator:
            found.append(Complaint(("binding", "indicator"), "绑定要用自己写的这个测算"))
    return (*found, *complaints_in((*check_indicators(held, sources), *check_bindings(held, sources))))


def _facts_named(pack: Pack, spec: IndicatorSpec) -> Iterable[Complaint]:
    """Names that the checks of a pack leave to its worked cases; a form has none."""
    if isinstance(spec, RowFilters) and not isinstance(spec, Count | Sum | Ratio):
        yield Complaint(("indicator", "kind"), "这种算法要写进数据包，不能在页面上约定")
    if isinstance(spec, Growth) and spec.series not in pack.series:
        yield Complaint(("indicator", "series"), f"没有序列“{spec.series}”{nearest(spec.series, pack.series)}")
    if isinstance(spec, Verdicts) and (spec.register_name not in pack.registers or pack.registers[spec.register_name].rubric is None):
        yield Complaint(("indicator", "register"), "这个台账没有评分表，不能按评定数")
    if isinstance(spec, Exists) and not spec.stage:
        yield Complaint(("indicator", "stage"), "要写到哪个阶段算完成")


def with_agreed(pack: Pack, agreed: Mapping[str, Agreed]) -> tuple[Pack, dict[str, Binding], tuple[Finding, ...]]:
    """「并入约定」 The pack with what was agreed in it, and bindings by promise. What no longer fits the pack is left out, and said."""
    bindings: dict[str, Binding] = {}
    findings = []
    for promise, one in agreed.items():
        complaints = check_agreed(pack, one)
        if complaints:
            text = f"“怎么算”里约定的算法和现在的数据包对不上，没有采用：{'；'.join(c.text for c in complaints)}。请在“怎么算”页重新约定。"
            findings.append(Finding("binding.no-longer-fits", f"binding.no-longer-fits:{promise}", "warning", text, about=promise))
            continue
        pack, bindings[promise] = _held(pack, promise, one)
    return pack, bindings, tuple(findings)


def _held(pack: Pack, promise: str, agreed: Agreed) -> tuple[Pack, Binding]:
    """An indicator of the pack is followed under a name of this promise's own, with the scope that was agreed."""
    binding = agreed.binding
    spec = agreed.indicator or (pack.indicators[binding.indicator] if binding.indicator else None)
    if spec is None:
        scope = f"口径：{agreed.scope}" if agreed.scope.strip() else ""
        return pack, binding.model_copy(update={"note": "；".join(filter(None, (scope, binding.note))) or None})
    name = own_name(promise)
    said = {"indicator": name, "scope": agreed.scope.strip(), "scope_question": binding.question}
    sql = {**pack.sql, name: pack.sql[spec.indicator]} if spec.indicator in pack.sql else pack.sql
    held = replace(pack, indicators={**pack.indicators, name: spec.model_copy(update=said)}, sql=sql)
    return held, binding.model_copy(update={"indicator": name})
