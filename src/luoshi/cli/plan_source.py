"""A plan named on the command line. In: a path to a task list, to the JSON of a plan, or to StratML. Out: `Plan`, and the document read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luoshi.plan.plan import Plan
    from luoshi.reading.source import Document

HEAD = 4096


def read_plan(path: Path, year: int | None = None) -> Plan:
    """The plan alone."""
    return read_source(path, year)[0]


def read_source(path: Path, year: int | None = None, table: str | None = None, pack: str = "") -> tuple[Plan, Document | None]:
    """Ends with status 2 and a message where there is no plan in the file. document: None where the plan was not compiled from words.
    table: which list, where the document has several; pack: whose names of units and calendar."""
    from luoshi.cli.terminal import fail

    if path.suffix.lower() == ".json":
        return _of_json(path), None
    if _is_stratml(path):
        from luoshi.plan.stratml_read import NotStratml, read_stratml

        try:
            return read_stratml(path.read_bytes(), path.name), None
        except NotStratml as error:
            fail(str(error))
    from luoshi.cli.told import compile_told
    from luoshi.reading.read import read_document
    from luoshi.reading.source import Unreadable

    try:
        document = read_document(path)
    except Unreadable as error:
        fail(str(error))
    return compile_told(document, year, table, pack), document


def _is_stratml(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b"urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport" in file.read(HEAD)


def _of_json(path: Path) -> Plan:
    from luoshi.cli.terminal import fail
    from luoshi.plan.restore import plan_from_json

    try:
        return plan_from_json(json.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        fail(f"打不开 {path}：{error.strerror}。")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        fail(f"{path.name} 不是方案 JSON（luoshi.plan/1）：{error}。请用 luoshi compile 文件 --format json 重新生成。")
