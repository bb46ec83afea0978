"""What was measured before counts on where nothing that it looks at has changed, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from luoshi.pack.load import load_pack
from luoshi.pipeline import Measured, measure_at, still_measured
from luoshi.register.facts import load_facts
from luoshi.register.record import Facts

PACK, _ = load_pack("jiaxing-2019")
FACTS, _ = load_facts(PACK)
MOMENT = (date(2019, 9, 30), 2019, None)
NAMES = tuple(PACK.indicators)
COMPILED: dict[str, str] = {}


def measured(facts: Facts, kept: Measured) -> Measured:
    return measure_at(PACK, facts, COMPILED, (MOMENT,), NAMES, kept)


@pytest.fixture(scope="module")
def before() -> Measured:
    return measured(FACTS, {})


def test_every_figure_says_what_it_looked_at(before: Measured) -> None:
    known = {*PACK.registers, *PACK.series, *PACK.deliverables}
    for name, figure in before[MOMENT].items():
        assert figure.looked_at & known, name


@pytest.mark.parametrize("name", sorted(name for name, records in FACTS.records.items() if records)[::3])
def test_a_row_less_gives_what_measuring_anew_gives(before: Measured, name: str) -> None:
    less = replace(FACTS, records=FACTS.records | {name: FACTS.records[name][:-1]})
    left = still_measured(before, FACTS, less)
    assert len(left[MOMENT]) < len(NAMES) or not any(name in figure.looked_at for figure in before[MOMENT].values())
    assert len(left[MOMENT]) > len(NAMES) // 2
    assert measured(less, left) == measured(less, {})


@pytest.mark.parametrize("kind", ["observations", "events"])
def test_an_observation_or_an_event_less_as_well(before: Measured, kind: str) -> None:
    rows = getattr(FACTS, kind)
    for name in sorted(rows)[:2]:
        less = replace(FACTS, **{kind: rows | {name: rows[name][:-1]}})
        assert measured(less, still_measured(before, FACTS, less)) == measured(less, {}), name


def test_one_row_after_the_other_of_every_register_ends_where_measuring_anew_does(before: Measured) -> None:
    facts, kept = FACTS, before
    for name in sorted(name for name, records in FACTS.records.items() if records):
        less = replace(facts, records=facts.records | {name: facts.records[name][:-1]})
        facts, kept = less, measured(less, still_measured(kept, facts, less))
    assert kept == measured(facts, {})
    assert kept != before


def test_the_same_facts_measure_nothing(before: Measured) -> None:
    assert still_measured(before, FACTS, replace(FACTS, records=dict(FACTS.records))) == before
