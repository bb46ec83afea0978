"""Texts in our own words with the answers drawn in → gold in the corpus's form. In: a file of `marked/`. Out: `Gold`.

A mark is ⟦kind|quote|…⟧: L, S, R a unit that leads, supports, is responsible; T a target with value, unit, comparator and mode;
D a deadline with its date, `-` where nobody can know it; I what may be read or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "marked"
_MARK = re.compile(r"⟦([^⟧]*)⟧")
_ROLES = {"L": "lead", "S": "support", "R": "responsible"}
_KINDS = {"t": "targets", "u": "units", "d": "deadlines"}


@dataclass
class Gold:
    """One text and what is to be read in it, with keys as in the corpus."""

    id: str
    layout: str
    title: str
    text: str = ""
    units: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    deadlines: list[dict[str, Any]] = field(default_factory=list)
    ignore: list[dict[str, Any]] = field(default_factory=list)


def read_gold(name: str) -> list[Gold]:
    """All texts of `marked/NAME.txt`."""
    written = (FOLDER / f"{name}.txt").read_text("utf-8")
    parts = re.split(r"^=== (\w+) \| (.*)\n", written, flags=re.MULTILINE)[1:]
    rows = [Gold(f"{name}-{n:02}", parts[i], parts[i + 1]) for n, i in enumerate(range(0, len(parts), 3), 1)]
    for gold, marked in zip(rows, parts[2::3], strict=True):
        _read_marks(gold, marked.strip("\n"))
    return rows


def _read_marks(gold: Gold, marked: str) -> None:
    last = 0
    for found in _MARK.finditer(marked):
        gold.text += marked[last : found.start()]
        last = found.end()
        gold.text += _keep(gold, found[1].split("|"))
    gold.text += marked[last:]
    assert "⟦" not in gold.text, gold.id


def _keep(gold: Gold, mark: list[str]) -> str:
    kind, start = mark[0], len(gold.text)
    if kind in _ROLES:
        gold.units.append({"quote": mark[1], "start": start, "role": _ROLES[kind]})
    elif kind == "T":
        _, quote, value, unit, op, mode = mark
        low, _, high = value.partition("~")
        gold.targets.append({"quote": quote, "start": start, "value": float(low), "value2": float(high) if high else None,
                             "unit": unit, "op": op or "=", "mode": mode or "level", "name": quote})
    elif kind == "D":
        gold.deadlines.append({"quote": mark[1], "start": start, "date": None if mark[2] == "-" else mark[2]})
    else:
        gold.ignore.append({"kind": _KINDS[mark[1]], "quote": mark[2], "start": start})
        return mark[2]
    return mark[1]
