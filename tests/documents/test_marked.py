"""Texts in our own words with the answers drawn in: what is read in them, scored strictly as the gold corpus is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from luoshi.compiler.accounts import NUMBER_RUN, account_numbers
from luoshi.compiler.extract import extract, year_of_list
from luoshi.compiler.targets import read_unread
from luoshi.lexicon.numeral import fold
from luoshi.pack.reference import load_reference
from tests.documents.gold import Gold, read_gold

Item = dict[str, Any]
FLOORS = {name: {"units": 0.98, "targets": 0.98, "deadlines": 0.96} for name in ("seen", "unseen", "blind", "fourth")}


def texts() -> list[Gold]:
    return [gold for name in FLOORS for gold in read_gold(name)]


def right(kind: str, known: Item, found: Item) -> bool:
    start, end = known["start"], known["start"] + len(known["quote"])
    shared = min(end, found["end"]) - max(start, found["start"])
    if kind == "units":
        return shared >= 0.8 * max(end - start, found["end"] - found["start"]) and known["role"] == found["role"]
    if shared <= 0:
        return False
    keys = ("value", "value2", "op", "mode") if kind == "targets" else ("date",)
    if kind == "targets" and fold(known["unit"]) != fold(found["unit"]):
        return False
    return (kind == "deadlines" and known["date"] is None) or all(known[key] == found[key] for key in keys)


def f1(kind: str, name: str) -> tuple[float, list[str]]:
    calendar = load_reference().calendar
    hits, total, wrong = 0, 0, []
    for gold in read_gold(name):
        found = extract(gold.text, gold.title, calendar=calendar).to_json()[kind]
        known = asdict(gold)[kind]
        either = [(i["start"], i["start"] + len(i["quote"])) for i in gold.ignore if i["kind"] == kind]
        free = [x for x in found if not any(start < x["end"] and x["start"] < end for start, end in either)]
        for item in known:
            hit = next((x for x in free if right(kind, item, x)), None)
            if hit is None:
                wrong.append(f"{gold.id} 漏 {item['quote']}")
                total += 1
                continue
            free.remove(hit)
            hits += 1
            total += 2
        wrong += [f"{gold.id} 多 {gold.text[x['start']:x['end']]}" for x in free]
        total += len(free)
    return 2 * hits / total, wrong


@pytest.mark.parametrize("name", list(FLOORS))
@pytest.mark.parametrize("kind", ["units", "targets", "deadlines"])
def test_what_is_promised_is_read(name: str, kind: str) -> None:
    score, wrong = f1(kind, name)
    assert score >= FLOORS[name][kind], "\n".join(wrong)


@pytest.mark.parametrize("gold", texts(), ids=lambda gold: gold.id)
def test_every_number_is_accounted_for(gold: Gold) -> None:
    year = year_of_list(gold.text, gold.title)
    accounts = account_numbers(gold.text, year, gold.title)
    runs = [found.span() for found in NUMBER_RUN.finditer(fold(gold.text))]
    assert [(a.start, a.end) for a in accounts] == runs
    unread = read_unread(gold.text, year)
    assert all(any(u.start <= a.start < u.end for u in unread) for a in accounts if a.account == "unread")


def test_no_unit_is_found_in_prose() -> None:
    found = [extract(gold.text, gold.title).units for gold in texts() if gold.layout == "prose"]
    assert not any(found)
