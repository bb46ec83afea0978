"""A number with its reason. In: nothing. Out: the frozen noun `Figure`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from luoshi.provenance import Because

State = Literal["known", "no_facts", "not_yet_published"]


@dataclass(frozen=True, slots=True)
class Figure:
    """「测算结果」 What an indicator says on a day, and why.

    value: in `unit` as people write it (亿元, 亩, %), exact, unrounded; None unless state is `known`.
    decimals: how many to show. top, bottom: both sides of a ratio, in the units of top_unit, bottom_unit.
    observed_on: the last day that the facts cover (the end of the latest published month of a series); else as_of.
    looked_at: the registers, series and deliverables that it was computed from: as long as they are the same, so is the figure.
    missing: why there is no value, in Chinese. references: what the rule rests on. unconfirmed: what still has to be checked against
    an official text. shadows: figures shown beside this one.
    """

    indicator: str
    title: str
    figure_class: str
    unit: str
    decimals: int
    as_of: date
    observed_on: date
    state: State
    value: Decimal | None
    because: Because
    top: Decimal | None = None
    bottom: Decimal | None = None
    top_unit: str = ""
    bottom_unit: str = ""
    missing: str = ""
    references: tuple[str, ...] = ()
    unconfirmed: str = ""
    shadows: tuple[Figure, ...] = ()
    looked_at: frozenset[str] = frozenset()
