"""The form of 怎么算 ↔ the JSON of `pack.agreed`. In: what was typed, or what is agreed. Out: the other of the two, and complaints at their fields.

The form only asks: what fits together is the pack's to say, and its complaints come back to the field they are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from luoshi.pack.agreed import Agreed, own_name
from luoshi.pack.indicator_spec import Condition, Count, Exists, Growth, Latest, Ratio, RowFilters, Sum
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.pack.said import Complaint
from luoshi.plan.target import Target
from luoshi.register.record import fields_of
from luoshi.store.queries.counting import Promised
from luoshi.web.count_form import CountTyped, FilterRow
from luoshi.web.count_words import NUMBERS, PERIODS

YES_NO = {"是": True, "否": False}
FIELD_OF = {"class": "figure_class", "months": "plan", "scope_question": "question"}
"""Keys of the pack's specifications whose field has another name here."""


def tree_of(pack: Pack, typed: CountTyped, promised: Promised) -> dict[str, Any]:
    """What was typed as the JSON that `pack.agreed.read_agreed` reads; what was left blank is left out."""
    judging, scope = typed.judging.cleaned_data, typed.scope.cleaned_data
    spec = _indicator(pack, typed, promised)
    binding: dict[str, Any] = {
        **_written(promised), "run": judging.get("run"), "judged": judging.get("judged") or "at_least", "tolerance": judging.get("tolerance"),
        "light": judging.get("light") or next((n for n, preset in pack.lights.items() if preset.run == judging.get("run")), ""),
        "plan": _plan(typed, judging), "question": scope.get("question", "").strip() or None, "note": scope.get("note", "").strip() or None}
    kind, _colon, name = typed.source.partition(":")
    if kind == "indicator":
        binding |= {"indicator": name, "class": pack.indicators[name].figure_class}
    elif spec is not None:
        binding |= {"indicator": spec["indicator"], "class": spec["class"]}
    else:
        binding["class"] = typed.rule.cleaned_data.get("figure_class")
    tree = {"binding": {key: value for key, value in binding.items() if value is not None}, "scope": scope.get("scope", "").strip()}
    return tree | ({"indicator": {key: value for key, value in spec.items() if value not in (None, "")} | {"scope": tree["scope"]}} if spec else {})


def _written(promised: Promised) -> dict[str, Any]:
    """As a YAML file would name it, so that what is agreed on can be written into a pack."""
    task, promise = promised.task.no or "?", promised.promise
    if isinstance(promise, Target):
        words = ["".join(promise.metric.split())]
        return {"target": {"task": task, "value": float(promise.value), "unit": promise.unit.replace(" ", ""), "words": words}}
    return {"milestone": {"task": task, "words": ["".join(promise.text.split())]}}


def _plan(typed: CountTyped, judging: dict[str, Any]) -> dict[str, Any] | None:
    if judging.get("plan") == "linear":
        return {"linear": True, "start": judging.get("start") or 0}
    if judging.get("plan") != "months":
        return None
    return {"months": {str(n): _number(text) for n, text in enumerate(typed.months, 1) if text}}


def _indicator(pack: Pack, typed: CountTyped, promised: Promised) -> dict[str, Any] | None:
    rule, (kind, _colon, name) = typed.rule.cleaned_data, typed.source.partition(":")
    if kind not in ("register", "series", "deliverables"):
        return None
    promise, run = promised.promise, typed.judging.cleaned_data.get("run")
    common: dict[str, Any] = {
        "indicator": own_name(promise.id), "title": promised.title[:60], "unit": promised.unit, "decimals": rule.get("decimals") or 0,
        "direction": "down" if isinstance(promise, Target) and promise.op in ("<", "<=") else "up",
        "nature": "flow" if run == "cumulative" else "stock", "scope_question": typed.scope.cleaned_data.get("question", "").strip() or None}
    if kind == "series":
        change = {"base": rule.get("base"), "measure": rule.get("measure")} if rule.get("kind") == "growth" else {}
        return common | {"kind": rule.get("kind"), "class": "B", "series": name, "nature": "level", **change}
    if kind == "deliverables":
        return common | {"kind": "exists", "class": "C", "deliverables": name, "stage": rule.get("stage"), "items": rule.get("items") or None}
    return common | _of_register(pack.registers[name], typed, rule)


def _of_register(spec: RegisterSpec, typed: CountTyped, rule: dict[str, Any]) -> dict[str, Any]:
    if rule.get("kind") == "verdict":
        return {"kind": "verdict", "class": "D", "register": spec.register_name}
    where = [_condition(spec, row) for row in typed.filters if row.part != "top"]
    if rule.get("date_field") and rule.get("period"):
        where.append({"field": rule["date_field"], "op": rule["period"]})
    tree: dict[str, Any] = {"kind": rule.get("kind"), "class": "A", "register": spec.register_name, "where": where}
    tree["counts_from"] = rule.get("counts_from")
    if rule.get("kind") == "sum":
        return tree | {"field": rule.get("field")}
    if rule.get("kind") == "ratio":
        top = [_condition(spec, row) for row in typed.filters if row.part == "top"]
        return tree | {"nature": "level", "top": {"field": rule.get("field") or None, "where": top}, "bottom": {"field": rule.get("bottom") or None}}
    return tree | {"distinct": [rule["distinct"]] if rule.get("distinct") else None}


def _condition(spec: RegisterSpec, row: FilterRow) -> dict[str, Any]:
    kind = next((f.type for f in fields_of(spec) if f.name == row.field), "text")
    made: dict[str, Any] = {"field": row.field, "op": row.op}
    if row.op in ("in", "not_in"):
        made["value"] = [part.strip() for part in row.value.replace("，", "、").replace(",", "、").split("、") if part.strip()]
    elif row.value:
        made["value"] = _number(row.value) if kind in NUMBERS else YES_NO.get(row.value, row.value) if kind == "boolean" else row.value
    return made | ({"otherwise": row.why} if row.why else {})


def _number(text: str) -> int | float | str:
    """As it was typed where it is no number: the pack's check then says so."""
    try:
        read = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return text
    if not read.is_finite():
        return text
    return int(read) if read == read.to_integral_value() else float(read)


def complain(typed: CountTyped, complaints: Iterable[Complaint]) -> None:
    """Each complaint to the field that it is about; what is about none stands above the form."""
    for one in complaints:
        if _complain_of_row(typed, one):
            continue
        last = str(one.where[-1]) if one.where else ""
        name = "plan" if "plan" in one.where else FIELD_OF.get(last, last)
        form = next((form for form in (typed.scope, typed.judging, typed.rule) if name in form.fields), None)
        if form is None:
            typed.problems.append(one.text)
        else:
            form.add_error(name, one.text)


def _complain_of_row(typed: CountTyped, one: Complaint) -> bool:
    """indicator.where.2.value is about the third condition; those of the numerator are counted apart."""
    if "where" not in one.where:
        return False
    numbers = [n for n, row in enumerate(typed.filters) if (row.part == "top") == ("top" in one.where)]
    place = next((part for part in one.where[one.where.index("where"):] if isinstance(part, int)), len(numbers))
    if place >= len(numbers):
        return False
    at = numbers[place]
    typed.filters = (*typed.filters[:at], replace(typed.filters[at], problem=one.text), *typed.filters[at + 1:])
    return True


def given_of(pack: Pack, agreed: Agreed) -> tuple[str, dict[str, Any]]:
    """What is agreed as the form asks it: its source, and initial values."""
    binding, spec = agreed.binding, agreed.indicator
    plan = binding.plan
    given: dict[str, Any] = {
        "run": binding.run, "judged": binding.judged, "tolerance": binding.tolerance, "light": binding.light, "figure_class": binding.figure_class,
        "plan": "" if plan is None else "linear" if plan.linear else "months", "start": plan.start if plan and plan.start else None,
        "months": tuple(f"{plan.months[m]:g}" if plan and m in plan.months else "" for m in range(1, 13)),
        "scope": agreed.scope, "question": binding.question, "note": binding.note}
    if spec is None:
        return (f"indicator:{binding.indicator}" if binding.indicator else "reported"), given
    given |= {"kind": spec.kind, "decimals": spec.decimals}
    if isinstance(spec, Latest | Growth):
        return f"series:{spec.series}", given | ({"base": spec.base, "measure": spec.measure} if isinstance(spec, Growth) else {})
    if isinstance(spec, Exists):
        return f"deliverables:{spec.deliverables}", given | {"stage": spec.stage, "items": list(spec.items)}
    if isinstance(spec, RowFilters):
        return f"register:{spec.register_name}", given | _given_rows(pack, spec)
    return f"register:{spec.register_name}", given     # type: ignore[union-attr]  # a verdict: forms make no other kind


def _given_rows(pack: Pack, spec: RowFilters) -> dict[str, Any]:
    tests = [one for one in spec.where if isinstance(one, Condition)]
    register = pack.registers[spec.register_name]
    dates = {f.name for f in fields_of(register) if f.type == "date"}
    dated = tests.pop() if tests and tests[-1].field in dates and tests[-1].op in dict(PERIODS) and tests[-1].otherwise is None else None
    top = [one for one in spec.top.where if isinstance(one, Condition)] if isinstance(spec, Ratio) else []
    rows = (*map(_filter_row, tests), *(replace(_filter_row(one), part="top") for one in top))
    given: dict[str, Any] = {"counts_from": spec.counts_from or "", "filters": rows}
    if dated:
        given |= {"date_field": dated.field, "period": dated.op}
    if isinstance(spec, Sum):
        given["field"] = spec.field
    if isinstance(spec, Count):
        given["distinct"] = spec.distinct[0] if spec.distinct else ""
    if isinstance(spec, Ratio):
        given |= {"field": spec.top.field, "bottom": spec.bottom.field}
    return given


def _filter_row(one: Condition) -> FilterRow:
    return FilterRow(one.field, one.op, _text_of(one.value), one.otherwise or "")


def _text_of(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
