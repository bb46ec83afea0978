"""Rows of a set of deliverables → dated stages, and whether the law's minimum days lie between them.

In: a `DeliverablesSpec` and a `Sheet`. Out: `StageEvent`s, and findings; `broken_gates` for what may not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from luoshi.pack.facts_spec import DeliverablesSpec, Gate
from luoshi.pack.register_spec import FieldSpec
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.provenance import Finding
from luoshi.register.cell import Wrong, read_cell
from luoshi.register.importer import LEVEL_WORDS, split_evidence
from luoshi.register.record import StageEvent, Value, make_field
from luoshi.register.sheet import Sheet, match_columns

COLUMNS: Final = {"item": "成果", "stage": "阶段", "on": "日期", "number": "文号", "evidence": "佐证", "verification": "核验",
                  "recorded_on": "登记日期"}
_MUST: Final = ("item", "stage", "on")


def import_deliverables(spec: DeliverablesSpec, sheet: Sheet) -> tuple[tuple[StageEvent, ...], tuple[Finding, ...]]:
    """「导入成果」 Every good row as a stage event. A broken legal gate is told here; the event is kept, and does not count."""
    columns, findings = match_columns(sheet, COLUMNS, _MUST)
    if any(finding.level == "error" for finding in findings):
        return (), findings
    fields, titles = _fields(spec), {item.title: item.name for item in spec.items}
    events: list[StageEvent] = []
    told = list(findings)
    for row, line in sheet.rows:
        cells = {name: line[place] if place < len(line) else "" for name, place in columns.items()}
        cells["item"] = titles.get(cells.get("item", ""), cells.get("item", ""))
        cells["verification"] = VERIFICATION_WORDS.get(cells.get("verification", ""), cells.get("verification", ""))
        read = _read(fields, sheet, row, cells)
        if isinstance(read, StageEvent):
            events.append(read)
        else:
            told += read
    return tuple(events), tuple(told)


def _fields(spec: DeliverablesSpec) -> dict[str, FieldSpec]:
    choices = {"item": tuple(item.name for item in spec.items), "stage": spec.stages, "verification": tuple(LEVEL_WORDS)}
    kinds = {"on": "date", "recorded_on": "date", "number": "text", "evidence": "text"}
    return {name: make_field(name, title, kinds.get(name, "choice"), choices=choices.get(name, ())) for name, title in COLUMNS.items()}


def _read(fields: dict[str, FieldSpec], sheet: Sheet, row: int, cells: dict[str, str]) -> StageEvent | list[Finding]:
    wrong: list[Finding] = []
    values: dict[str, Value] = {}
    for name, field in fields.items():
        written = cells.get(name, "")
        value: Value | Wrong = read_cell(field, written) if written else None
        if value is None and name in _MUST:
            value = Wrong("row.required", "必填，这里是空的", "请补填")
        if isinstance(value, Wrong):
            wrong.append(sheet.finding(value.id, row, field.title, written, value.why, value.todo))
        else:
            values[name] = value
    on, recorded = values.get("on"), values.get("recorded_on")
    if wrong or not isinstance(on, date):
        return wrong
    return StageEvent(
        str(values["item"]), str(values["stage"]), on, str(values["number"] or ""), split_evidence(values["evidence"]),
        LEVEL_WORDS[str(values["verification"] or VERIFICATION_WORDS["reported"])],
        recorded if isinstance(recorded, date) else on, f"{sheet.file} 第{row}行",
    )


def broken_gate(spec: DeliverablesSpec, reached: Mapping[str, date]) -> tuple[Gate, str] | None:
    """「不合门槛」 The first legal gate that the dates of one deliverable break, and why; None where all hold.
    A stage without a date that a later one must have passed is taken to be passed by then."""
    for gate in spec.gates:
        later = [reached[stage] for stage in spec.stages[spec.stages.index(gate.stage) :] if stage in reached]
        if not later:
            continue
        if gate.since not in reached:
            return gate, f"没有“{gate.since}”的日期，不能证明距“{gate.stage}”满{gate.at_least_days}日（{gate.reference}）"
        days = (min(later) - reached[gate.since]).days
        if days < gate.at_least_days:
            return gate, f"“{gate.since}”到“{gate.stage}”只有{days}日，不满{gate.at_least_days}日，不能算（{gate.reference}）"
    return None


def gate_findings(spec: DeliverablesSpec, events: tuple[StageEvent, ...]) -> tuple[Finding, ...]:
    """「门槛提示」 Deliverables whose dates break the law, told when they are read."""
    told = []
    for item in spec.items:
        reached = {event.stage: event.on for event in events if event.item == item.name and event.level >= 0}
        broken = broken_gate(spec, reached)
        if broken:
            message = f"成果“{item.title}”：{broken[1]}。请核对日期；确实不满的，要重新履行程序。"
            key = f"row.gate:{spec.deliverables}:{item.name}:{broken[0].stage}"
            told.append(Finding("row.gate", key, "error", message, None, spec.deliverables))
    return tuple(told)
