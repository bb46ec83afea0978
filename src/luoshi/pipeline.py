"""The whole story on a folder of files, no database: document → plan → facts → figures → lights.

In: a pack, an as-of date. Out: `Story`. `follow()` is the order in which to read this product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from luoshi.compiler.passes import compile_plan
from luoshi.indicator.evaluate import evaluate_all
from luoshi.indicator.figure import Figure
from luoshi.indicator.match import match_answers, match_bindings
from luoshi.pack.binding_spec import Binding
from luoshi.pack.load import load_pack
from luoshi.pack.pack import Pack
from luoshi.plan.answer import answer_questions
from luoshi.plan.breakdown import Breakdown
from luoshi.plan.plan import Plan
from luoshi.provenance import Finding
from luoshi.reading.read import read_document
from luoshi.reading.source import Document
from luoshi.register.compiled import Compiled, compiled_of
from luoshi.register.facts import load_facts
from luoshi.register.record import Facts
from luoshi.register.reported import Reported, read_reported
from luoshi.register.warehouse import open_warehouse
from luoshi.status.stand import Item, Known, stand_items
from luoshi.status.trajectory import with_plan_lines


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
    facts: Facts


def follow(pack_name: str | Path, as_of: date, document_path: Path | None = None, known_at: date | None = None,
           kept: Path | None = None) -> Story:
    """Run the story on files. document_path: another document of the same list (the city's own) instead of the pack's.

    known_at: what was recorded by then; everything, where left out. kept: a folder where compiled queries are kept from run to run.
    Raises PackBroken, Unreadable, CannotMeasure."""
    pack, pack_findings = load_pack(pack_name)
    document = read_document(document_path or pack.folder / (pack.file.document or "document.txt"))
    plan = compile_plan(document, pack.file.year, directory=pack.directory, calendar=pack.calendar)
    answers, answer_findings = match_answers(plan, pack.answers)
    facts, fact_findings = load_facts(pack)
    reported, reported_findings = read_reported(pack.reported) if pack.reported else ((), ())
    plan = answer_questions(plan, answers)
    with compiled_of(pack, kept) as compiled:
        stood, found = stand_days(pack, plan, facts, reported, (as_of,), known_at, compiled)
    findings = pack_findings + answer_findings + fact_findings + reported_findings + found
    return Story(pack, document, plan, as_of, _year(pack, plan, as_of), stood[as_of], findings, facts)


def stand(pack: Pack, plan: Plan, facts: Facts, reported: tuple[Reported, ...], as_of: date,
          known_at: date | None = None) -> tuple[tuple[Item, ...], tuple[Finding, ...]]:
    """Plan and facts → every line with its figure and its light, and the bindings that found no partner."""
    stood, findings = stand_days(pack, plan, facts, reported, (as_of,), known_at)
    return stood[as_of], findings


Moment = tuple[date, int, date | None]
"""A day, the year of the list, as known when."""
Measured = dict[Moment, dict[str, Figure]]
"""Figures by moment and indicator."""


def stand_days(pack: Pack, plan: Plan, facts: Facts, reported: tuple[Reported, ...], days: tuple[date, ...],
               known_at: date | None = None, compiled: Compiled | None = None, only: str | None = None,
               earlier: tuple[Plan, ...] = (),
               shares: Mapping[str, Breakdown] | None = None,
               agreed: Mapping[str, Binding] | None = None,
               figures: Measured | None = None) -> tuple[dict[date, tuple[Item, ...]], tuple[Finding, ...]]:
    """The same for several days, on one warehouse. compiled: queries that were compiled before; new ones are added to it.

    only: id of the one target or milestone whose figure is wanted; the other lines then stand without theirs. earlier: versions
    of the list before this one, by which bindings find what has changed since. shares: how targets are split over the year, by id.
    agreed: bindings by id of the promise, which come before the pack's. figures: what was measured before on the same pack and facts; new ones
    are added to it."""
    found, findings = match_bindings(plan, pack.bindings, earlier)
    bindings = with_plan_lines(plan, found | dict(agreed or {}), shares or {})
    names = tuple(dict.fromkeys(b.indicator for promise, b in bindings.items() if b.indicator and only in (None, promise)))
    moments = {day: (day, _year(pack, plan, day), known_at) for day in days}
    measured = measure_at(pack, facts, compiled, tuple(moments.values()), names, {} if figures is None else figures)
    stood = {day: stand_items(plan, Known(bindings, measured[moment], reported, pack.lights, day, moment[1])) for day, moment in moments.items()}
    return stood, findings


def measure_at(pack: Pack, facts: Facts, compiled: Compiled | None, moments: tuple[Moment, ...], names: tuple[str, ...],
               kept: Measured) -> Measured:
    """The figures of these names at each moment; a warehouse is opened only where one is missing."""
    missing = {moment: [name for name in names if name not in kept.get(moment, {})] for moment in moments}
    if any(missing.values()):
        with open_warehouse(pack, facts, compiled) as warehouse:
            for moment, wanted in missing.items():
                kept[moment] = kept.get(moment, {}) | evaluate_all(pack, warehouse, *moment, wanted)
    return {moment: {name: kept[moment][name] for name in names} if names else {} for moment in moments}


def still_measured(kept: Measured, before: Facts, now: Facts) -> Measured:
    """「仍然有效」 Of what was measured from other facts of the same pack, what the facts of now would give as well: what looks only at
    registers, series and deliverables that are the same."""
    changed = frozenset(name for kind in ("records", "observations", "events") for name in _different(getattr(before, kind), getattr(now, kind)))
    return {moment: {name: figure for name, figure in figures.items() if not _looked_at(figure) & changed} for moment, figures in list(kept.items())}


def _different(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return [name for name in {*before, *now} if before.get(name, ()) != now.get(name, ())]


def _looked_at(figure: Figure) -> frozenset[str]:
    return figure.looked_at.union(*map(_looked_at, figure.shadows))


def _year(pack: Pack, plan: Plan, as_of: date) -> int:
    return pack.file.year or plan.document.year or as_of.year
