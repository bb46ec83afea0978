"""The whole story on a folder of files, no database: document → plan → facts → figures → lights.

In: a pack, an as-of date. Out: `Story`. `follow()` is the order in which to read this product.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from luoshi.compiler.passes import compile_plan
from luoshi.indicator.evaluate import evaluate_all
from luoshi.indicator.match import match_answers, match_bindings
from luoshi.pack.load import load_pack
from luoshi.pack.pack import Pack
from luoshi.plan.answer import answer_questions
from luoshi.plan.plan import Plan
from luoshi.provenance import Finding
from luoshi.reading.read import read_document
from luoshi.reading.source import Document
from luoshi.register.facts import load_facts
from luoshi.register.reported import read_reported
from luoshi.register.warehouse import open_warehouse
from luoshi.status.stand import Item, Known, stand_items


@dataclass(frozen=True, slots=True)
class Story:
    """「全程」 Everything that a board or an explanation shows, for one list on one day."""

    pack: Pack
    document: Document
    plan: Plan
    as_of: date
    year: int
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]


def follow(pack_name: str | Path, as_of: date, document_path: Path | None = None, known_at: date | None = None) -> Story:
    """Run the story. document_path: another document of the same list (the city's own) instead of the pack's.

    known_at: what was recorded by then; everything, where left out. Raises PackBroken, Unreadable."""
    pack, pack_findings = load_pack(pack_name)
    document, plan = _compiled(pack, document_path)
    answers, answer_findings = match_answers(plan, pack.answers)
    plan = answer_questions(plan, answers)
    bindings, binding_findings = match_bindings(plan, pack.bindings)
    facts, fact_findings = load_facts(pack)
    reported, reported_findings = read_reported(pack.reported) if pack.reported else ((), ())
    year = pack.file.year or plan.document.year or as_of.year
    names = [b.indicator for b in bindings.values() if b.indicator]
    with open_warehouse(pack, facts) as warehouse:
        figures = evaluate_all(pack, warehouse, as_of, year, known_at, names)
    items = stand_items(plan, Known(bindings, figures, reported, pack.lights, as_of, year))
    found = pack_findings + answer_findings + binding_findings + fact_findings + reported_findings
    return Story(pack, document, plan, as_of, year, items, found)


def _compiled(pack: Pack, document_path: Path | None) -> tuple[Document, Plan]:
    path = document_path or pack.folder / (pack.file.document or "document.txt")
    document = read_document(path)
    return document, compile_plan(document, pack.file.year)
