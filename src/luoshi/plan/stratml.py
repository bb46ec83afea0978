"""A plan as StratML Part 2 (schema 2.2.6), out. In: `Plan`. Out: XML. The way back is `stratml_read`.

What the standard has a place for stands there: task → Goal, measure → Objective, target → PerformanceIndicator, unit → Stakeholder. Indicators
hang under objectives only, so what a task itself holds stands in a carrier objective. The rest (力争, 左右, 其中, provenance …) is in
Descriptors of an indicator and, as JSON, in OtherInformation and in the Description of a Stakeholder.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from luoshi.plan.breakdown import Breakdown
from luoshi.plan.duty import Duty, Role
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan, plain
from luoshi.plan.target import Due, Target
from luoshi.plan.task import Task

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
ROLE_NAMES: dict[Role, str] = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位"}
CARRIER = "0"
"""SequenceIndicator of the objective that carries what the task itself holds."""
REST = "luoshi.plan/1"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")          # task-3f2a9c01: what may be an xsd:ID
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")   # U+000B, which Word leaves in cells


def stratml_text(plan: Plan, shares: Mapping[str, Breakdown] | None = None) -> bytes:
    """The whole file. shares: how targets are split, by id: quarters are further planned results with their dates, units stand in descriptors."""
    return _Writer(shares or {}).write(plan)


class _Writer:
    """Keeps the identifiers that are taken: xsd:ID is once in a file."""

    def __init__(self, shares: Mapping[str, Breakdown]) -> None:
        self.shares, self.year = shares, 0
        self.taken: set[str] = set()

    def write(self, plan: Plan) -> bytes:
        names: Any = {None: NAMESPACE}                       # None is the default namespace; the stub knows only text
        root = etree.Element(f"{{{NAMESPACE}}}PerformancePlanOrReport", {"Type": "Performance_Plan"}, nsmap=names)
        document = plan.document
        self.year = document.year or 0
        _add(root, "Name", document.title)
        _add(root, "OtherInformation", _rest({"document": plain(document), "findings": plain(plan.findings)}))
        core = _add(root, "StrategicPlanCore")
        _add(_add(core, "Organization"), "Name", document.issuer or "")
        for task in plan.tasks:
            self._goal(core, task)
        if not plan.tasks:                                  # the standard asks for one goal
            _add(_add(core, "Goal"), "Name")
            _add(core[-1], "Description")
        if document.year:
            about = _add(root, "AdministrativeInformation")
            _add(about, "StartDate", f"{document.year:04}-01-01")
            _add(about, "EndDate", f"{document.year:04}-12-31")
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    def _goal(self, core: etree._Element, task: Task) -> None:
        goal = _add(core, "Goal")
        _add(goal, "Name", task.title)
        _add(goal, "Description", task.goal or "")
        rest = plain(task)
        for name in ("title", "measures", "targets", "milestones", "duties", "people"):
            del rest[name]
        if task.goal:
            del rest["goal"]
        self._named(goal, task.id, task.no, rest)
        _add(goal, "OtherInformation", _rest(rest))
        if task.targets or task.milestones or task.duties or task.people:
            carrier = _add(goal, "Objective")
            _add(carrier, "Name", task.title)
            _add(carrier, "Description", task.goal or "")
            _add(carrier, "SequenceIndicator", CARRIER)
            _stakeholders(carrier, task)
            _add(carrier, "OtherInformation", _rest({"carrier": True}))
            self._indicators(carrier, task)
        for measure in task.measures:
            self._objective(goal, measure)

    def _objective(self, goal: etree._Element, measure: Measure) -> None:
        objective = _add(goal, "Objective")
        _add(objective, "Description", measure.text)
        rest = plain(measure)
        for name in ("text", "targets", "milestones", "duties", "people"):
            del rest[name]
        self._named(objective, measure.id, measure.no, rest)
        _stakeholders(objective, measure)
        _add(objective, "OtherInformation", _rest(rest))
        self._indicators(objective, measure)

    def _named(self, element: etree._Element, id: str, no: str | None, rest: dict[str, Any]) -> None:
        """Identifier where it may be one, SequenceIndicator where there is a number; else they stay in the rest."""
        if self._identify(element, id):
            del rest["id"]
        if no:
            _add(element, "SequenceIndicator", no)
            del rest["no"]

    def _identify(self, element: etree._Element, id: str) -> bool:
        if id in self.taken or not _NAME.fullmatch(id):
            return False
        self.taken.add(id)
        _add(element, "Identifier", id)
        return True

    def _indicators(self, objective: etree._Element, holder: Task | Measure) -> None:
        for target in holder.targets:
            self._target(objective, target)
        for milestone in holder.milestones:
            self._milestone(objective, milestone)

    def _target(self, objective: etree._Element, target: Target) -> None:
        indicator = _add(objective, "PerformanceIndicator", None, {"PerformanceIndicatorType": "Quantitative"})
        _add(indicator, "MeasurementDimension", target.metric)
        _add(indicator, "UnitOfMeasurement", target.unit)
        rest = {**plain(target), "value2": None if target.value2 is None else str(target.value2)}
        for name in ("metric", "unit", "value"):
            del rest[name]
        if self._identify(indicator, target.id):
            del rest["id"]
        if target.of in self.taken:
            _add(_add(indicator, "Relationship", None, {"RelationshipType": "Narrower_Than"}), "ReferentIdentifier", target.of)
            del rest["of"]
        _results(indicator, target.due, f"{target.value:f}", rest)
        if target.id in self.shares:
            _shares(indicator, self.shares[target.id], self.year)

    def _milestone(self, objective: etree._Element, milestone: Milestone) -> None:
        indicator = _add(objective, "PerformanceIndicator", None, {"PerformanceIndicatorType": "Qualitative"})
        _add(indicator, "MeasurementDimension", milestone.text)
        _add(indicator, "UnitOfMeasurement", "项")
        rest = plain(milestone)
        del rest["text"]
        if self._identify(indicator, milestone.id):
            del rest["id"]
        _results(indicator, milestone.due, "1", rest)


def _results(indicator: etree._Element, due: Due | None, number: str, rest: dict[str, Any]) -> None:
    """The promise first, then one result for each thing that only a descriptor can hold: the standard allows one to a result."""
    instance = _add(indicator, "MeasurementInstance")
    first = _add(instance, "TargetResult")
    if due and due.date:
        _add(first, "EndDate", due.date)
    _add(first, "NumberOfUnits", number)
    for name, value in sorted(rest.items()):
        descriptor = _add(_add(instance, "TargetResult"), "Descriptor")
        _add(descriptor, "DescriptorName", name)
        _add(descriptor, "DescriptorValue", _json(value))


def _shares(indicator: etree._Element, shares: Breakdown, year: int) -> None:
    """A measurement of its own, after that of the whole."""
    instance = _add(indicator, "MeasurementInstance")
    for at, value in enumerate(shares.quarters, 1):
        if value is not None and year:
            result = _add(instance, "TargetResult")
            _add(result, "StartDate", f"{year:04}-{at * 3 - 2:02}-01")
            _add(result, "EndDate", f"{year:04}-{at * 3:02}-{monthrange(year, at * 3)[1]}")
            _add(result, "NumberOfUnits", f"{value:f}")
    for share in shares.units:
        result = _add(instance, "TargetResult")
        _add(result, "NumberOfUnits", f"{share.value:f}")
        descriptor = _add(result, "Descriptor")
        _add(descriptor, "DescriptorName", "单位份额")
        _add(descriptor, "DescriptorValue", _json(share.unit))


def _stakeholders(element: etree._Element, holder: Task | Measure) -> None:
    for duty in holder.duties:
        stakeholder = _stakeholder(element, "Organization", duty.unit, _rest(dict(_duty_rest(duty))))
        role = _add(stakeholder, "Role")
        _add(role, "Name", ROLE_NAMES[duty.role])
        _add(role, "RoleType", "Performer")
    for person in holder.people:
        role = _add(_stakeholder(element, "Person", person, None), "Role")
        _add(role, "Name", "责任人")


def _stakeholder(element: etree._Element, kind: str, name: str, description: str | None) -> etree._Element:
    made = _add(element, "Stakeholder", None, {"StakeholderTypeType": kind})
    _add(made, "Name", name)
    if description:
        _add(made, "Description", description)
    return made


def _duty_rest(duty: Duty) -> Iterator[tuple[str, Any]]:
    yield from ((name, value) for name, value in plain(duty).items() if name not in {"unit", "role"})


def _rest(rest: Mapping[str, Any]) -> str:
    return _json({REST: rest})


def _json(value: Any) -> str:
    """ASCII only, so that characters that XML has no place for survive."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True).translate({c: f"\\u{c:04x}" for c in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)})


def _add(parent: etree._Element, tag: str, text: str | None = None, attributes: Mapping[str, str] | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", dict(attributes or {}))
    if text:
        made.text = _NOT_XML.sub("", text)
    return made
