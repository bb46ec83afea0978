"""Roles and rights: who may do what, as one table. In: nothing. Out: ROLES, RIGHTS.

A right is a verb with its object; a role has it everywhere ("all"), or for its own unit only ("unit").
"""

from __future__ import annotations

from typing import Literal

ROLE_WORDS: dict[str, str] = {
    "administrator": "系统管理员", "supervision": "督查室", "liaison": "单位联络员", "head": "单位负责人",
    "leader": "市领导", "checker": "核验人", "assessor": "考核人", "auditor": "审计人", "judge": "评委"}
ROLES: tuple[str, ...] = tuple(ROLE_WORDS)
UNIT_ROLES: frozenset[str] = frozenset(("liaison", "head"))
"""Roles that only make sense in a unit."""
Reach = Literal["all", "unit"]

RIGHTS: dict[str, dict[str, Reach]] = {
    "see_lists": {role: "all" for role in ROLES if role != "judge"},
    "see_registers": {"administrator": "all", "supervision": "all", "liaison": "unit", "head": "unit", "leader": "all", "checker": "all",
                      "assessor": "all", "auditor": "all"},
    "see_reports": {"supervision": "all", "liaison": "unit", "head": "unit", "leader": "all", "checker": "all", "assessor": "all", "auditor": "all"},
    "see_people": {"administrator": "all", "supervision": "all", "auditor": "all"},
    "see_journal": {"administrator": "all", "auditor": "all"},
    "manage_people": {"administrator": "all"},
    "manage_units": {"administrator": "all", "supervision": "all"},
    "keep_calendar": {"administrator": "all", "supervision": "all"},
    "make_list": {"supervision": "all", "administrator": "all"},
    "import_document": {"supervision": "all"},
    "confirm_plan": {"supervision": "all"},
    "bind_target": {"supervision": "all"},
    "file_report": {"liaison": "unit", "head": "unit"},
    "sign_report": {"head": "unit"},
    "accept_report": {"supervision": "all"},
    "see_cases": {"supervision": "all", "liaison": "unit", "head": "unit", "leader": "all", "checker": "all", "assessor": "all", "auditor": "all"},
    "raise_case": {"supervision": "all", "liaison": "unit", "head": "unit"},
    "answer_case": {"liaison": "unit", "head": "unit"},
    "supervise": {"supervision": "all"},
    "verify_case": {"supervision": "all", "checker": "all"},
    "decide_case": {"leader": "all"},
    "enter_rows": {"supervision": "all", "liaison": "unit", "head": "unit"},
    "verify_rows": {"supervision": "all", "checker": "all", "liaison": "unit", "head": "unit"},
    "merge_rows": {"supervision": "all", "checker": "all"},
    "make_register": {"supervision": "all"},
    "see_rounds": {"administrator": "all", "supervision": "all", "leader": "all", "checker": "all", "assessor": "all", "auditor": "all"},
    "hold_round": {"supervision": "all"},
    "see_judges": {"supervision": "all", "auditor": "all"},
    "score_sheet": {"judge": "all"},
    "make_bulletin": {"supervision": "all"},
    "issue_bulletin": {"supervision": "all"},
    "see_jobs": {"administrator": "all", "auditor": "all"},
    "run_jobs": {"administrator": "all"},
    "make_token": {"administrator": "all", "supervision": "all"},
}
