"""Which indicators one scan of a register can answer together. In: indicators, dimensions. Out: `CubePlan`s, and the names left alone.

A cube holds counts, sums and ratios over the rows of one register, with conditions on the row's own fields. What looks at other rows
(doubles, children), at a ledger's balance or at the day before the day (`lapsed`) is asked by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from luoshi.indicator.count import wanted_of
from luoshi.indicator.judging import Wanted
from luoshi.indicator.ratio import wanted_of_ratio
from luoshi.pack.indicator_spec import Condition, Count, IndicatorSpec, Ratio, Sum
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.record import field_of

ROLLING: Final = ("in_year", "before_year", "by_as_of", "after_as_of", "not_by_as_of")
_LISTED: Final = ("choice", "boolean")


@dataclass(frozen=True, slots=True)
class CubeQuestion:
    """「立方之问」 One indicator in a cube. where: conditions of the denominator, but those of `CubePlan.always`; below: further ones of the
    numerator; top, bottom: sums."""

    indicator: str
    wanted: Wanted
    where: tuple[Condition, ...]
    below: tuple[Condition, ...]
    top: str | None
    bottom: str | None


@dataclass(frozen=True, slots=True)
class CubePlan:
    """「立方方案」 always: conditions of every question, asked of the rows before they are grouped; filled: fields that every question adds up;
    dims: fields that figures are divided by; listed: fields with few values, kept as they are; rolling: dates that conditions compare with
    the day, kept by month; tests: other conditions, kept as met or not; sums: fields that are added up."""

    register: str
    level: int
    always: tuple[Condition, ...]
    filled: tuple[str, ...]
    dims: tuple[str, ...]
    listed: tuple[str, ...]
    rolling: tuple[str, ...]
    tests: tuple[Condition, ...]
    sums: tuple[str, ...]
    questions: tuple[CubeQuestion, ...]


def plan_cubes(pack: Pack, names: Iterable[str], dims: tuple[str, ...] = ()) -> tuple[tuple[CubePlan, ...], tuple[str, ...]]:
    """「合并测算」 Indicators of one register and one level of verification together, in the order of the first of each."""
    together: dict[tuple[str, int], list[CubeQuestion]] = {}
    alone: list[str] = []
    for name in names:
        question = _question(pack, pack.indicators[name])
        if question is None:
            alone.append(name)
        else:
            together.setdefault((question.wanted.register, question.wanted.level), []).append(question)
    plans = (_plan(pack.registers[register], level, dims, tuple(asked)) for (register, level), asked in together.items())
    return tuple(plans), tuple(alone)


def _question(pack: Pack, spec: IndicatorSpec) -> CubeQuestion | None:
    if isinstance(spec, Ratio):
        wanted = wanted_of_ratio(pack, spec, 0)
    elif isinstance(spec, Count | Sum):
        wanted = wanted_of(pack, spec, 0)
    else:
        return None
    where = tuple(one for one in wanted.where if isinstance(one, Condition))
    below = tuple(one for one in wanted.below if isinstance(one, Condition))
    all_own = len(where) + len(below) == len(wanted.where) + len(wanted.below)
    if wanted.distinct or not all_own or any(one.op == "lapsed" for one in (*where, *below)):
        return None
    return CubeQuestion(spec.indicator, wanted, where, below, wanted.top, wanted.bottom)


def _plan(register: RegisterSpec, level: int, dims: tuple[str, ...], questions: tuple[CubeQuestion, ...]) -> CubePlan:
    always = tuple(test for test in questions[0].where if test.op not in ROLLING and all(test in one.where for one in questions))
    questions = tuple(replace(one, where=tuple(test for test in one.where if test not in always)) for one in questions)
    asked = tuple(dict.fromkeys(test for question in questions for test in (*question.where, *question.below)))
    rolling = tuple(dict.fromkeys(test.field for test in asked if test.op in ROLLING))
    listed = tuple(dict.fromkeys(test.field for test in asked if test.op not in ROLLING and field_of(register, test.field).type in _LISTED))
    tests = tuple(test for test in asked if test.op not in ROLLING and test.field not in listed)
    added = [tuple(dict.fromkeys(filter(None, (question.top, question.bottom)))) for question in questions]
    sums = tuple(dict.fromkeys(name for names in added for name in names))
    filled = tuple(name for name in sums if all(name in names for names in added))
    listed = tuple(name for name in listed if name not in dims)
    return CubePlan(register.register_name, level, always, filled, dims, listed, rolling, tests, sums, questions)
