"""Which old text is which new one, by words. In: two rows of token sets, a score. Out: pairs that belong together, each text at most once.

Candidates come from an index of rare tokens, so that thousands of texts need no table of all pairs; within a knot of candidates the
pairing with the highest sum is taken. Both directions give the same pairs, turned round.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from luoshi.lexicon.grams import grams_of

Tokens: TypeAlias = frozenset[str]
Score: TypeAlias = Callable[[int, int], float]

RARE, CROWD, NEAR = 24, 60, 10
"""Rare tokens looked up for each text; texts that share a token at most, above it the token says nothing; candidates kept for each."""
KNOT = 60
"""Up to this many texts on the smaller side the best pairing is found; above it the best pair is taken first."""
FINE = 10_000


def tokens_of(*texts: str | None) -> Tokens:
    """「字对」 The pairs of characters of all these texts."""
    return frozenset(gram for text in texts if text for gram in grams_of(text))


def alike(one: Tokens, other: Tokens) -> float:
    """「相似度」 0 where no token is shared, 1 where all are."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def share_in(part: Tokens, whole: Tokens) -> float:
    """「含有度」 How much of the part stands in the whole, 0 to 1."""
    return len(part & whole) / len(part) if part else 0.0


def pair_same(old: Sequence[object], new: Sequence[object]) -> dict[int, int]:
    """「同文」 Equal keys, in their order; None is never equal."""
    places: dict[object, list[int]] = defaultdict(list)
    for at, key in enumerate(new):
        if key is not None:
            places[key].append(at)
    for waiting in places.values():
        waiting.reverse()
    return {at: places[key].pop() for at, key in enumerate(old) if key is not None and places.get(key)}


def pair_alike(old: Sequence[Tokens], new: Sequence[Tokens], score: Score, floor: float) -> dict[int, int]:
    """「配对」 The pairs that score at least `floor`, each side at most once, with the highest sum in each knot of candidates."""
    weights: dict[tuple[int, int], int] = {}
    for i, j in find_candidates(old, new):
        likeness = score(i, j)
        if likeness >= floor:
            # whole numbers, so that equal sums are equal; of equal ones those that stand at the same place
            weights[i, j] = round(likeness * FINE) * FINE**2 + FINE - min(FINE, (i - j) ** 2)
    pairs: dict[int, int] = {}
    for knot in _knots(weights):
        pairs |= _best(knot, weights) if len(knot) > 1 else dict(knot)
    return pairs


def find_candidates(old: Sequence[Tokens], new: Sequence[Tokens]) -> set[tuple[int, int]]:
    """「候选」 Pairs that share rare tokens, looked up from both sides."""
    there, back = _index(old), _index(new)
    found = {(i, j) for i, texts in enumerate(old) for j in _near(i, texts, there, back)}
    return found | {(i, j) for j, texts in enumerate(new) for i in _near(j, texts, back, there)}


def _index(texts: Sequence[Tokens]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for at, tokens in enumerate(texts):
        for token in tokens:
            index[token].append(at)
    return index


def _near(at: int, tokens: Tokens, own: dict[str, list[int]], other: dict[str, list[int]]) -> list[int]:
    known = sorted((max(len(own[token]), len(other[token])), token) for token in tokens if token in other)
    hits = Counter(found for crowd, token in known[:RARE] if crowd <= CROWD for found in other[token])
    return sorted(hits, key=lambda found: (-hits[found], abs(found - at), found))[:NEAR]


def _knots(weights: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs that compete with each other, directly or through others, together."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(of: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(of, of) != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    for i, j in weights:
        parent[root(("old", i))] = root(("new", j))
    knots: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for i, j in weights:
        knots[root(("old", i))].append((i, j))
    return list(knots.values())


def _best(knot: list[tuple[int, int]], weights: dict[tuple[int, int], int]) -> dict[int, int]:
    rows, columns = sorted({i for i, _ in knot}), sorted({j for _, j in knot})
    if min(len(rows), len(columns)) > KNOT:
        return _greedy(knot, weights)
    if len(rows) > len(columns):
        return {i: j for j, i in _assign(columns, rows, {(j, i): weights[i, j] for i, j in knot}).items()}
    return _assign(rows, columns, {pair: weights[pair] for pair in knot})


def _greedy(knot: list[tuple[int, int]], weights: dict[tuple[int, int], int]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sorted(knot, key=lambda pair: (-weights[pair], sum(pair), abs(pair[0] - pair[1]))):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _assign(rows: list[int], columns: list[int], weights: dict[tuple[int, int], int]) -> dict[int, int]:
    """The assignment with the highest sum (shortest augmenting paths); a pair that is no candidate weighs nothing and is left out."""
    width = len(columns)
    cost = [[-weights.get((i, j), 0) for j in columns] for i in rows]
    of_row, of_column, holder = [0] * len(rows), [0] * (width + 1), [-1] * (width + 1)
    for row in range(len(rows)):
        column = _augment(row, cost, of_row, of_column, holder)
        assert column < width
    chosen = {rows[holder[at]]: columns[at] for at in range(width) if holder[at] >= 0}
    return {i: j for i, j in chosen.items() if (i, j) in weights}


def _augment(row: int, cost: list[list[int]], of_row: list[int], of_column: list[int], holder: list[int]) -> int:
    """Give one more row a column, moving others along the cheapest path; `holder[-1]` stands for the column outside the table."""
    width = len(cost[0])
    holder[width], column = row, width
    least: list[float] = [float("inf")] * width
    before, seen = [width] * width, [False] * (width + 1)
    while holder[column] >= 0:
        seen[column] = True
        i, step, following = holder[column], float("inf"), width
        for j in range(width):
            if not seen[j]:
                reduced = cost[i][j] - of_row[i] - of_column[j]
                if reduced < least[j]:
                    least[j], before[j] = reduced, column
                if least[j] < step:
                    step, following = least[j], j
        for j in range(width + 1):
            if seen[j]:
                of_row[holder[j]] += int(step)
                of_column[j] -= int(step)
            elif j < width:
                least[j] -= step
        column = following
    ends = column
    while column != width:
        holder[column], column = holder[before[column]], before[column]
    holder[width] = -1
    return ends
