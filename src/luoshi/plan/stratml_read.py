"""StratML Part 2 → Plan. In: XML of this product or of anybody else. Out: `Plan`; what a plan has no place for is a finding.

Of our own files nothing is lost: what the standard has no place for stands in descriptors and JSON beside it. Of others, goals become tasks,
objectives measures, indicators targets; what is not written stays at its default.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from lxml import etree

from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.plan.stratml import CARRIER, NAMESPACE, REST, ROLE_NAMES

Tree = dict[str, Any]
NS = {"s": NAMESPACE}
SHARE = "单位份额"
"""How a target is split is no part of a plan: it is not read back."""
ROLES = {name: role for role, name in ROLE_NAMES.items()}


class NotStratml(Exception):
    """「不是StratML」 str(error) is the Chinese message: what is wrong, where, what to do."""


def read_stratml(data: bytes, name: str) -> Plan:
    """Raises NotStratml."""
    root = _parse(data, name)
    rest = _rest_of(root, "OtherInformation")
    reader = _Reader(name)
    goals = [g for g in root.iterfind("s:StrategicPlanCore/s:Goal", NS) if _text(g, "Name") or _text(g, "Description")]
    tasks = [reader.task(goal, at) for at, goal in enumerate(goals, 1)]
    document = rest.get("document") or {"name": name, "sha256": sha256(data).hexdigest(), "format": "stratml", "title": _text(root, "Name"),
                                        "issuer": _text(root, "StrategicPlanCore/s:Organization/s:Name") or None, "year": _year(root)}
    findings = rest.get("findings") if "document" in rest else [*reader.findings, *_not_kept(root)]
    try:
        return plan_from_json({"schema": "luoshi.plan/1", "document": document, "tasks": tasks, "findings": findings})
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise NotStratml(f"「{name}」里补充信息（OtherInformation、Descriptor）被改坏了：{error}。请重新导出，或删去这些补充信息再试。") from error


def _parse(data: bytes, name: str) -> etree._Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotStratml(f"「{name}」带有 DTD 声明，为安全起见不读。请去掉 <!DOCTYPE …> 再试。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotStratml(f"「{name}」不是完整的 XML：第{error.lineno}行，{error.msg}。请向提供者再要一份。") from error
    if root.tag != f"{{{NAMESPACE}}}PerformancePlanOrReport":
        raise NotStratml(f"「{name}」不是 StratML 第2部分的方案（PerformancePlanOrReport）。请导出为第2部分再试。")
    return root


class _Reader:
    """Makes the JSON of tasks; collects what it could not read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Tree] = []

    def task(self, goal: etree._Element, at: int) -> Tree:
        rest, title = _rest_of(goal, "OtherInformation"), _text(goal, "Name") or _text(goal, "Description")
        objectives = goal.findall("s:Objective", NS)
        carriers = [o for o in objectives if _is_carrier(o)]
        task = {**_bare(goal, f"task-{at}", title, rest), "title": title, "goal": _text(goal, "Description") or None, "goals": [], **rest}
        held = self._held(carriers[0], task["id"]) if carriers else {"targets": [], "milestones": [], "duties": [], "people": []}
        if not carriers:
            held |= _stakeholders(goal, title)
        measures = [o for o in objectives if o not in carriers]
        return {**task, **held, "measures": [self._measure(o, f"measure-{at}-{n}") for n, o in enumerate(measures, 1)]}

    def _measure(self, objective: etree._Element, id: str) -> Tree:
        rest = _rest_of(objective, "OtherInformation")
        words = [_text(objective, "Description")] if rest else [_text(objective, "Name"), _text(objective, "Description")]
        text = "：".join(dict.fromkeys(x for x in words if x))
        measure = {**_bare(objective, id, text, rest), "text": text, **rest}
        return {**measure, **self._held(objective, measure["id"])}

    def _held(self, objective: etree._Element, id: str) -> Tree:
        targets: list[Tree] = []
        milestones: list[Tree] = []
        for at, indicator in enumerate(objective.iterfind("s:PerformanceIndicator", NS), 1):
            for place, (promise, is_target) in enumerate(self._promises(indicator, f"{id}-{at}")):
                promise["id"] += f"-{place}" if place else ""
                (targets if is_target else milestones).append(promise)
        return {"targets": targets, "milestones": milestones, **_stakeholders(objective, _text(objective, "Description"))}

    def _promises(self, indicator: etree._Element, id: str) -> Iterable[tuple[Tree, bool]]:
        """One of our own indicators is one promise; of others every planned number is one, without a number it is a milestone."""
        metric = _text(indicator, "MeasurementDimension")
        rest = _descriptors(indicator)
        due_rest = rest.get("due")
        is_milestone = indicator.get("PerformanceIndicatorType") == "Qualitative"
        results = indicator.findall("s:MeasurementInstance/s:TargetResult", NS)
        numbered = [r for r in results if _text(r, "NumberOfUnits")]
        shared = {"id": _text(indicator, "Identifier") or id, "modality": "committed", "source": _source(metric), "reading": "likely"}
        for result in numbered[:1] if rest else numbered or results[:1] or [indicator]:
            due = due_rest if rest else {"date": _text(result, "EndDate"), "written": _text(result, "EndDate")} if _text(result, "EndDate") else None
            value = _number(_text(result, "NumberOfUnits"))
            if is_milestone or value is None:
                text = metric if rest else "：".join(dict.fromkeys(x for x in (metric, _text(result, "Description")) if x))
                yield {**shared, "text": text, **rest, "due": due}, False
                continue
            of = indicator.findtext("s:Relationship[@RelationshipType='Narrower_Than']/s:ReferentIdentifier", None, NS)
            yield {**shared, "metric": metric, "unit": _text(indicator, "UnitOfMeasurement"), "op": "=", "mode": "level",
                   "condition": None, "of": of, "value2": None, "per": None, **rest, "due": due, "value": str(value)}, True


def _bare(element: etree._Element, id: str, words: str, rest: Tree) -> Tree:
    return {"id": _text(element, "Identifier") or id, "no": _text(element, "SequenceIndicator") or None, "source": _source(words),
            "group": None, "due": None, "notes": None if rest else _text(element, "OtherInformation") or None}


def _is_carrier(objective: etree._Element) -> bool:
    return _text(objective, "SequenceIndicator") == CARRIER and _rest_of(objective, "OtherInformation") == {"carrier": True}


def _stakeholders(element: etree._Element, words: str) -> Tree:
    duties: list[Tree] = []
    people: list[str] = []
    for one in element.iterfind("s:Stakeholder", NS):
        name = _text(one, "Name")
        if one.get("StakeholderTypeType") == "Person":
            people.append(name)
        elif name:
            role = ROLES.get(_text(one, "Role/s:Name"), "responsible")
            duties.append({"unit": name, "role": role, "inherited": False, "source": _source(words), "reading": "likely",
                           **_rest_of(one, "Description")})
    return {"duties": duties, "people": people}


def _descriptors(indicator: etree._Element) -> Tree:
    """Ours only: values are JSON, and `source` is always among them."""
    found: Tree = {}
    for one in indicator.iterfind("s:MeasurementInstance/s:TargetResult/s:Descriptor", NS):
        try:
            if _text(one, "DescriptorName") != SHARE:
                found[_text(one, "DescriptorName")] = json.loads(_text(one, "DescriptorValue"))
        except ValueError:
            return {}
    return found if "source" in found else {}


def _rest_of(element: etree._Element, tag: str) -> Tree:
    text = _text(element, tag)
    if not text.startswith('{"' + REST):
        return {}
    try:
        found = json.loads(text)[REST]
    except (ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _not_kept(root: etree._Element) -> Iterable[Tree]:
    for tag, words in (("Vision", "愿景"), ("Mission", "使命"), ("Value", "价值观"), ("ActualResult", "完成数")):
        count = sum(1 for x in root.iter(f"{{{NAMESPACE}}}{tag}") if "".join(str(t) for t in x.itertext()).strip())
        if count:
            yield {"id": "stratml.not-kept", "key": f"stratml.not-kept:{tag}", "level": "info", "source": None, "about": None, "answers": [],
                   "message": f"文件里有{count}处{words}（{tag}），方案里没有放它的地方，没有读进来。"}


def _source(words: str) -> Tree:
    return {"place": "stratml", "start": 0, "end": len(words), "quote": words}


def _year(root: etree._Element) -> int | None:
    for tag in ("EndDate", "StartDate", "PublicationDate"):
        text = _text(root, f"AdministrativeInformation/s:{tag}")
        if text[:4].isdecimal():
            return int(text[:4])
    return None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _text(element: etree._Element, path: str) -> str:
    return element.findtext(f"s:{path}", "", NS)
