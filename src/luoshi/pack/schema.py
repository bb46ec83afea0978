"""JSON Schemas of the pack files, for editors that complete and check while a person writes.

In: nothing. Out: file name → JSON Schema, made from the models themselves.
"""

from __future__ import annotations

from typing import Any

from luoshi.pack.binding_spec import AnswersFile, BindingsFile, LightsFile
from luoshi.pack.calendar_spec import CalendarFile
from luoshi.pack.case_spec import CasesFile
from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from luoshi.pack.indicator_spec import IndicatorsFile
from luoshi.pack.organs_spec import OrgansFile
from luoshi.pack.pack import PackFile
from luoshi.pack.register_spec import RegisterSpec
from luoshi.pack.strict import Strict
from luoshi.pack.supervision_spec import ClocksFile, CyclesFile, IncomingsFile, LaddersFile, RemindersFile

MODELS: dict[str, type[Strict]] = {
    "pack": PackFile,
    "lights": LightsFile,
    "answers": AnswersFile,
    "bindings": BindingsFile,
    "register": RegisterSpec,
    "series": SeriesSpec,
    "deliverables": DeliverablesSpec,
    "indicators": IndicatorsFile,
    "cases": CasesFile,
    "calendar": CalendarFile,
    "organs": OrgansFile,
    "clocks": ClocksFile,
    "ladders": LaddersFile,
    "cycles": CyclesFile,
    "reminders": RemindersFile,
    "incomings": IncomingsFile,
}


def write_schemas() -> dict[str, dict[str, Any]]:
    """「写模式」 One schema for each kind of file; `x.schema.json` is for `x.yaml`."""
    return {f"{name}.schema.json": _schema(name, model) for name, model in MODELS.items()}


def _schema(name: str, model: type[Strict]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{name}.yaml", **model.model_json_schema(by_alias=True)}
