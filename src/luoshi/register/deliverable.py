"""Rows of a set of deliverables → dated stages, and whether the law's minimum days lie between them.

In: a `DeliverablesSpec` and typed rows. Out: `StageEvent`s, and findings; `broken_gate` for what may not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from luoshi.pack.as_register import deliverable_rows
from luoshi.pack.facts_spec import Deliverable, DeliverablesSpec, Gate
from luoshi.provenance import Finding
from luoshi.register.record import REJECTED, Record, StageEvent, fields_of
from luoshi.register.sheet import Sheet


def with_titles(spec: DeliverablesSpec, sheet: Sheet) -> Sheet:
    """「成果按名称」 Files and worked cases may name a deliverable by its short name."""
    titles = {item.name: item.title for item in spec.items}
    at = next((place for place, header in enumerate(sheet.header) if header in ("成果", "item")), None)
    if at is None:
        return sheet
    rows = ((row, (*line[:at], titles.get(line[at], line[at]), *line[at + 1:]) if at < len(line) else line) for row, line in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def events_of(spec: DeliverablesSpec, rows: Iterable[Record]) -> tuple[StageEvent, ...]:
    """「读阶段」 In the order of the rows. A stage whose dates break the law is among them, and does not count."""
    names = [field.name for field in fields_of(deliverable_rows(spec))]
    named = {item.title: item.name for item in spec.items}
    found = []
    for row in rows:
        cells = dict(zip(names, row.values, strict=True))
        on = cells["on"]
        if isinstance(on, date):
            found.append(StageEvent(named[str(cells["item"])], str(cells["stage"]), on, str(cells["number"] or ""), row.evidence, row.level,
                                    row.recorded_on or on, row.origin))
    return tuple(found)


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


def gate_findings(spec: DeliverablesSpec, events: Iterable[StageEvent]) -> tuple[Finding, ...]:
    """「门槛提示」 Deliverables whose dates break the law, told when they are read."""
    told = []
    for item, _reached, (gate, why) in _broken(spec, events):
        message = f"成果“{item.title}”：{why}。请核对日期；确实不满的，要重新履行程序。"
        told.append(Finding("row.gate", f"row.gate:{spec.deliverables}:{item.name}:{gate.stage}", "error", message, None, spec.deliverables))
    return tuple(told)


def gate_faults(spec: DeliverablesSpec, events: Sequence[StageEvent], coming: frozenset[str]) -> tuple[Finding, ...]:
    """「不合门槛的行」 Of the coming rows, by their origin, those without which no gate would be broken: the law is not to be broken on paper
    either."""
    told = []
    for _item, reached, (gate, why) in _broken(spec, events):
        later = spec.stages[spec.stages.index(gate.stage):]
        for event in reached.values():
            if event.origin in coming and (event.stage in later or event.stage == gate.since):
                message = f"{event.origin}“日期”列“{event.on}”：{why}。请核对日期；确实不满的，要重新履行程序。这一行没有导入。"
                told.append(Finding("row.gate", f"row.gate:{event.origin}", "error", message, None, spec.deliverables))
    return tuple(told)


def _broken(
    spec: DeliverablesSpec, events: Iterable[StageEvent]
) -> Iterator[tuple[Deliverable, dict[str, StageEvent], tuple[Gate, str]]]:
    """Each item whose dates break a gate, with what stands of each of its stages: the entry that was made last, unless it was taken back."""
    by_item: dict[str, dict[str, StageEvent]] = {}
    for event in events:
        by_item.setdefault(event.item, {})[event.stage] = event
    for item in spec.items:
        reached = {stage: event for stage, event in by_item.get(item.name, {}).items() if event.level != REJECTED}
        broken = broken_gate(spec, {stage: event.on for stage, event in reached.items()})
        if broken:
            yield item, reached, broken
