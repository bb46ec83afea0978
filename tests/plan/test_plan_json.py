"""The JSON of a plan keeps its contract."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema

from luoshi.plan.plan import plain, plan_to_json
from luoshi.plan.restore import plan_from_json
from tests.compiler.documents import compiled
from tests.compiler.test_tables import MERGED

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/contracts/plan.schema.json").read_text("utf-8"))


def test_a_compiled_plan_holds_the_schema() -> None:
    jsonschema.validate(plan_to_json(compiled(MERGED)), SCHEMA)


def test_a_plan_without_tasks_holds_the_schema() -> None:
    jsonschema.validate(plan_to_json(compiled("示例\n姓名|电话\n张示例|1")), SCHEMA)


def test_whole_numbers_stay_whole() -> None:
    assert plain((Decimal("1450"), Decimal("2.75"), Decimal("1E+2"))) == [1450, 2.75, 100]


def test_a_plan_survives_its_json() -> None:
    plan = compiled(MERGED)
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan
