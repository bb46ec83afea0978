"""JSON `luoshi.plan/1` → Plan. In: what `plan_to_json` gave. Out: an equal `Plan`. Raises KeyError, ValueError where it is not one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luoshi.plan.duty import Duty
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import DocumentRef, Plan
from luoshi.plan.target import Due, Target
from luoshi.plan.task import GoalOfYear, Task
from luoshi.provenance import Answer, Finding, SourceRef

Tree = dict[str, Any]


def plan_from_json(tree: Tree) -> Plan:
    """The plan that was written."""
    if tree["schema"] != "luoshi.plan/1":
        raise ValueError(f"不是 luoshi.plan/1，而是 {tree['schema']}")
    return Plan(DocumentRef(**tree["document"]), tuple(map(_task, tree["tasks"])), tuple(map(_finding, tree["findings"])))


def _task(tree: Tree) -> Task:
    measures = tuple(_measure(m) for m in tree["measures"])
    goals = tuple(GoalOfYear(**g) for g in tree["goals"])
    return Task(**{**tree, **_held(tree), "measures": measures, "goals": goals})


def _measure(tree: Tree) -> Measure:
    return Measure(**{**tree, **_held(tree)})


def _held(tree: Tree) -> Tree:
    return {"targets": tuple(map(_target, tree["targets"])), "milestones": tuple(map(_milestone, tree["milestones"])),
            "duties": tuple(Duty(**{**d, "source": SourceRef(**d["source"])}) for d in tree["duties"]),
            "source": SourceRef(**tree["source"]), "due": _due(tree["due"]), "people": tuple(tree["people"])}


def _target(tree: Tree) -> Target:
    second = None if tree["value2"] is None else Decimal(str(tree["value2"]))
    return Target(**{**tree, "value": Decimal(str(tree["value"])), "value2": second, "due": _due(tree["due"]), "source": SourceRef(**tree["source"])})


def _milestone(tree: Tree) -> Milestone:
    return Milestone(**{**tree, "due": _due(tree["due"]), "source": SourceRef(**tree["source"])})


def _due(tree: Tree | None) -> Due | None:
    return None if tree is None else Due(**tree)


def _finding(tree: Tree) -> Finding:
    source = SourceRef(**tree["source"]) if tree["source"] else None
    return Finding(**{**tree, "source": source, "answers": tuple(Answer(**a) for a in tree["answers"])})
