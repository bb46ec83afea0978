"""Rows of a published series → observations; a revised figure is a new vintage beside the old one.

In: a `SeriesSpec` and typed rows. Out: `Observation`s by period and publication, those that were known on a day, and which comes next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from luoshi.pack.as_register import series_rows
from luoshi.pack.facts_spec import SeriesSpec
from luoshi.register.period import end_of_period, next_period, write_period
from luoshi.register.record import REJECTED, Observation, Record, fields_of


def observations_of(spec: SeriesSpec, rows: Iterable[Record]) -> tuple[Observation, ...]:
    """「读观测值」 In the order of periods and publications; versions of one in the order of their recording."""
    names = [field.name for field in fields_of(series_rows(spec))]
    found = []
    for row in rows:
        cells = dict(zip(names, row.values, strict=True))
        period, value, published = cells["period"], cells["value"], cells["published_on"]
        if isinstance(period, str) and isinstance(value, Decimal) and isinstance(published, date):
            found.append(Observation(period, value, published, str(cells["document"] or ""), str(cells["note"] or ""), row.origin,
                                     str(cells["edition"] or ""), row.recorded_on or published, row.level))
    return tuple(sorted(found, key=lambda one: (one.period, one.published_on, one.recorded_on)))


def published_by(observations: Iterable[Observation], day: date, known_at: date | None) -> tuple[Observation, ...]:
    """「当时已公布的」 Of each publication the version that was entered last. known_at: what was entered later is left out."""
    known = (one for one in observations if one.published_on <= day and (known_at is None or one.recorded_on <= known_at))
    return tuple({one.key: one for one in known}.values())


@dataclass(frozen=True, slots=True)
class Awaited:
    """「待发布」 The period that comes next, and around which day it is usually out. is_late: that day has passed."""

    period: str
    due: date
    is_late: bool

    @property
    def words(self) -> str:
        """2019年9月"""
        return write_period(self.period)


def awaited(spec: SeriesSpec, observations: Iterable[Observation], as_of: date) -> Awaited | None:
    """「等哪一期」 None where nothing has been entered yet: nobody can say with which period the series begins."""
    there = [one.period for one in observations if one.published_on <= as_of and one.level != REJECTED]
    if not there:
        return None
    period = next_period(max(there))
    due = end_of_period(period) + timedelta(days=spec.lag_days)
    return Awaited(period, due, as_of > due)
