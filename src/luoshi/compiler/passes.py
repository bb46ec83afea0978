"""Document → Plan: the passes in their order, and `compile_plan`, which runs them. Deterministic: the same document, the same plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from luoshi.compiler.check import check_plan
from luoshi.compiler.draft import Draft
from luoshi.compiler.identities import identify_units
from luoshi.compiler.layout import choose_list
from luoshi.compiler.measures import gather_measures
from luoshi.compiler.months import count_months
from luoshi.compiler.promises import read_promises
from luoshi.compiler.questions import ask_scope
from luoshi.compiler.responsibility import read_duties
from luoshi.compiler.rows import resolve_rows
from luoshi.compiler.tasks import gather_tasks
from luoshi.compiler.timing import read_timing
from luoshi.compiler.weight import sort_questions
from luoshi.lexicon.directory import Directory
from luoshi.lexicon.workday import WorkCalendar
from luoshi.plan.plan import DocumentRef, Plan
from luoshi.provenance import Finding
from luoshi.reading.source import Document

PASSES: tuple[Callable[[Draft], Draft], ...] = (
    choose_list, resolve_rows, gather_tasks, gather_measures, read_promises, read_duties, identify_units, read_timing, count_months,
    ask_scope, check_plan)


def compile_plan(document: Document, year: int | None = None, table: str | None = None, *, directory: Directory | None = None,
                 calendar: WorkCalendar | None = None) -> Plan:
    """Compile a document.

    year: the year the list is for, where neither title nor text says it, or says it wrongly.
    table: the place of the list that a person chose (`text`: the running text), where several could be it; the likeliest otherwise.
    directory: names of units; with the units of a city, a unit that is none of them becomes a question. calendar: dates of feasts and seasons.
    A document without a list gives a plan without tasks and an error finding, never an exception.
    """
    draft = Draft(document, given_year=year, wanted=table, findings=document.findings, directory=directory, calendar=calendar)
    for run in PASSES:
        draft = run(draft)
    ref = DocumentRef(document.name, document.sha256, document.format, draft.title, None, draft.year)
    return Plan(ref, draft.tasks, sort_questions(_unique(draft.findings)))


def _unique(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Keys must be unique: the same remark at a second place gets its number."""
    seen: dict[str, int] = {}
    unique = []
    for finding in findings:
        times = seen.get(finding.key, 0)
        seen[finding.key] = times + 1
        unique.append(replace(finding, key=f"{finding.key}#{times + 1}") if times else finding)
    return tuple(unique)
