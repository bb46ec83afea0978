"""Which words of a sentence changed. In: the sentence before and after. Out: both as runs of characters, changed or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# 3,600亩 → 3,600 · 亩: a number changes as a whole
_WORD = re.compile(r"\d[\d,.]*|[A-Za-z]+|.", re.DOTALL)
LONG = 1500
"""Words of a sentence above which it is marked as a whole: comparing costs their product."""


@dataclass(frozen=True, slots=True)
class Marked:
    """「改动」 A run of characters of one side."""

    text: str
    is_changed: bool


def mark_changed(old: str, new: str) -> tuple[tuple[Marked, ...], tuple[Marked, ...]]:
    """Both sides, run by run; together the runs are the sentences."""
    if old == new:
        return _one(old, False), _one(new, False)
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not old or not new or max(len(before), len(after)) > LONG:
        return _one(old, True), _one(new, True)
    same = _same_blocks(before, after)
    return _runs(before, [(a, a + n) for a, _, n in same]), _runs(after, [(b, b + n) for _, b, n in same])


def _one(text: str, is_changed: bool) -> tuple[Marked, ...]:
    return (Marked(text, is_changed),) if text else ()


def _same_blocks(before: list[str], after: list[str]) -> list[tuple[int, int, int]]:
    """A single character that happens to be the same between two changes is read as changed."""
    blocks = [(m.a, m.b, m.size) for m in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks() if m.size]
    last = len(before), len(after)
    return [(a, b, n) for a, b, n in blocks if n > 1 or len(before[a]) > 1 or (a, b) == (0, 0) or (a + 1, b + 1) == last]


def _runs(words: list[str], same: list[tuple[int, int]]) -> tuple[Marked, ...]:
    edges = [0, *(edge for span in same for edge in span), len(words)]
    runs = [Marked("".join(words[start:end]), bool(place % 2 == 0)) for place, (start, end) in enumerate(pairwise(edges))]
    return tuple(run for run in runs if run.text)
