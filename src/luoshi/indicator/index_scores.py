"""A composite index「综合指数」: areas scored by several components, ranked, with the interval of ranks that other weights would give.

In: components with weights, values by area. Out: `AreaScore`s; who changes places under other weights. After OECD/JRC (2008): scale each component
between its worst and best area, weigh, add up; a rank counts only where trials with other weights and the geometric mean keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from math import exp, log
from random import Random

LOW, HIGH = Decimal(1), Decimal(100)
"""Scaled values: the worst area gets 1, not 0, so that the geometric mean has a meaning."""
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class IndexComponent:
    """「指数分项」 weight: its share of the sum of all weights counts, whatever they add up to. upward: more is better."""

    name: str
    weight: Decimal
    upward: bool


@dataclass(frozen=True, slots=True)
class AreaScore:
    """「地区得分」 score: weighted arithmetic mean, 1 to 100; geometric: the geometric one. best, worst: ranks that nine trials of ten stay within.

    scaled: each component's value between 1 and 100. beside: areas whose interval meets this one's: their order is not certain."""

    area: str
    score: Decimal
    geometric: Decimal
    rank: int
    scaled: tuple[tuple[str, Decimal], ...]
    best: int
    worst: int
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """「名次互换」 up: was behind `down`, and is before it now; each with its rank before and after."""

    up: str
    down: str
    up_ranks: tuple[int, int]
    down_ranks: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trials:
    """「试算」 How often, by how many per cent at most each weight is varied, and the seed that makes it repeatable."""

    times: int
    varied: float
    seed: str


Values = Mapping[str, Mapping[str, Decimal]]
"""Area → component → value."""


def score_areas(components: tuple[IndexComponent, ...], values: Values, trials: Trials) -> tuple[AreaScore, ...]:
    """Best first; equal scores share a rank. Every area must have a value of every component."""
    scaled = _scaled(components, values)
    scores = {area: _mean(components, of) for area, of in scaled.items()}
    ranks = _ranks({area: float(round(score, 6)) for area, score in scores.items()})
    spans = _spans(components, scaled, ranks, trials)
    made = [AreaScore(area, scores[area].quantize(PLACES), Decimal(_geometric(_shares(components), of)).quantize(PLACES), ranks[area],
                      tuple((name, value.quantize(PLACES)) for name, value in of.items()), *spans[area]) for area, of in scaled.items()]
    made.sort(key=lambda one: (one.rank, one.area))
    return tuple(replace(one, beside=tuple(other.area for other in made if other is not one and other.best <= one.worst and one.best <= other.worst))
                 for one in made)


def swaps_between(before: Iterable[AreaScore], after: Iterable[AreaScore]) -> tuple[Swap, ...]:
    """「谁和谁换了」 Pairs of which one was strictly before the other and is strictly behind it now."""
    was, now = {one.area: one.rank for one in before}, {one.area: one.rank for one in after}
    found = []
    for first, second in combinations([area for area in was if area in now], 2):
        ahead, behind = (first, second) if was[first] < was[second] else (second, first)
        if was[ahead] < was[behind] and now[ahead] > now[behind]:
            found.append(Swap(behind, ahead, (was[behind], now[behind]), (was[ahead], now[ahead])))
    return tuple(sorted(found, key=lambda swap: (swap.up_ranks[1], swap.down_ranks[1])))


def _scaled(components: tuple[IndexComponent, ...], values: Values) -> dict[str, dict[str, Decimal]]:
    ends = {one.name: (min(of[one.name] for of in values.values()), max(of[one.name] for of in values.values())) for one in components if values}
    return {area: {one.name: _between(of[one.name], *ends[one.name], one.upward) for one in components} for area, of in values.items()}


def _between(value: Decimal, least: Decimal, most: Decimal, upward: bool) -> Decimal:
    """Where all areas have the same value, none is ahead: all get the best."""
    if least == most:
        return HIGH
    share = (value - least) / (most - least)
    return LOW + (HIGH - LOW) * (share if upward else 1 - share)


def _shares(components: tuple[IndexComponent, ...]) -> dict[str, float]:
    whole = sum(one.weight for one in components)
    return {one.name: float(one.weight / whole) for one in components}


def _mean(components: tuple[IndexComponent, ...], scaled: Mapping[str, Decimal]) -> Decimal:
    whole = sum((one.weight for one in components), Decimal(0))
    return sum((one.weight * scaled[one.name] for one in components), Decimal(0)) / whole


def _geometric(shares: Mapping[str, float], scaled: Mapping[str, Decimal]) -> float:
    return exp(sum(share * log(float(scaled[name])) for name, share in shares.items()))


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    return {area: 1 + sum(other > score for other in scores.values()) for area, score in scores.items()}


def _spans(components: tuple[IndexComponent, ...], scaled: Mapping[str, Mapping[str, Decimal]], ranks: Mapping[str, int], trials: Trials,
           ) -> dict[str, tuple[int, int]]:
    """Every other trial adds up geometrically; a twentieth is cut off at each end, the rank itself is always within."""
    draw, shares = Random(trials.seed), _shares(components)
    plain = {area: {name: float(value) for name, value in of.items()} for area, of in scaled.items()}
    logs = {area: {name: log(value) for name, value in of.items()} for area, of in plain.items()}
    seen: dict[str, list[int]] = {area: [] for area in scaled}
    for turn in range(trials.times):
        drawn = {name: share * draw.uniform(1 - trials.varied / 100, 1 + trials.varied / 100) for name, share in shares.items()}
        whole, table = sum(drawn.values()), logs if turn % 2 else plain
        found = _ranks({area: sum(weight * of[name] for name, weight in drawn.items()) / whole for area, of in table.items()})
        for area, rank in found.items():
            seen[area].append(rank)
    return {area: _within(sorted(found), ranks[area]) for area, found in seen.items()}


def _within(found: list[int], rank: int) -> tuple[int, int]:
    if not found:
        return rank, rank
    cut = len(found) // 20
    return min(found[cut], rank), max(found[-1 - cut], rank)
