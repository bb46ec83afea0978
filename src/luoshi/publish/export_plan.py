"""A plan in every format that it can be handed on in. In: `Plan`, a format. Out: the bytes of a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeAlias

from luoshi.plan.breakdown import Breakdown, breakdown_to_json
from luoshi.plan.plan import Plan, plan_to_json
from luoshi.plan.stratml import stratml_text
from luoshi.publish.plan_table import lay_shares

Shares: TypeAlias = Mapping[str, Breakdown]


def export_plan(plan: Plan, format: str, shares: Shares | None = None) -> bytes:
    """format: a key of MAKERS. shares: by id of the target. Raises ValueError where the format cannot hold it."""
    return MAKERS[format](plan, shares or {})


def _docx(plan: Plan, shares: Shares) -> bytes:
    from luoshi.publish.plan_docx import plan_docx

    return plan_docx(plan, lay_shares(plan, shares))


def _xlsx(plan: Plan, shares: Shares) -> bytes:
    from luoshi.publish.plan_xlsx import plan_xlsx

    return plan_xlsx(plan, lay_shares(plan, shares))


def _json(plan: Plan, shares: Shares) -> bytes:
    split = {"breakdowns": {id: breakdown_to_json(one) for id, one in shares.items()}} if shares else {}
    return (json.dumps({**plan_to_json(plan), **split}, ensure_ascii=False, indent=2) + "\n").encode()


def _stratml(plan: Plan, shares: Shares) -> bytes:
    return stratml_text(plan, shares)


MAKERS: dict[str, Callable[[Plan, Shares], bytes]] = {"docx": _docx, "xlsx": _xlsx, "json": _json, "stratml": _stratml}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json", "stratml": "application/xml"}
SUFFIXES = {"docx": "docx", "xlsx": "xlsx", "json": "json", "stratml": "xml"}
