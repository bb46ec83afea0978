"""Worked cases: these facts, this date → this figure, for this reason. Out: `CasesFile` (cases.yaml)."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from luoshi.pack.strict import Name, Strict

CaseRow = dict[str, Any]
"""Field title or name → value as people write it. `重复: 200` makes 200 rows; `{n}` (or `{n:06}`) in a text is the row's number."""


class Case(Strict):
    """「样例」 A worked case that a jurist can read and that runs as a test.

    given: register, series or deliverables → rows. defaults: columns that every row has unless it says otherwise.
    figure: as people write it, in the indicator's unit, or null where there must be none.
    refused: what rows must be refused with. checked: rows are held to what a real import is held to; else a case says only what matters.
    counted, excluded: keys of rows that must (not) count; an excluded one with words of its reason.
    """

    case: str
    indicator: Name
    as_of: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    known_at: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    year: int | None = None
    defaults: CaseRow = Field(default_factory=dict)
    given: dict[Name, tuple[CaseRow, ...]]
    figure: str | None
    counted: tuple[str, ...] = ()
    excluded: dict[str, str] = Field(default_factory=dict)
    refused: tuple[str, ...] = Field((), description="应当被拒绝的行：提示里要有的话")
    warned: tuple[str, ...] = Field((), description="应当提醒的行：提示里要有的话")
    rule: str | None = Field(None, description="算法里要有的话")
    checked: bool = Field(False, description="按正式导入检查：必填、校验码都查")
    questions: int = 0


class CasesFile(Strict):
    """cases.yaml"""

    cases: tuple[Case, ...] = Field(min_length=1)
