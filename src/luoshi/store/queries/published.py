"""Reads about published figures. In: a list, a promise. Out: what issued bulletins said of it, by their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.timezone import localtime

from luoshi.store.models import ListRecord, PublishedFigureRecord


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """「已印发的数」 text: as printed; value: unrounded; bulletin_id, number: of the bulletin; issued_on: what was known that day it says."""

    text: str
    value: Decimal
    bulletin_id: int
    number: int
    issued_on: date


def published_of(record: ListRecord, promise_id: str) -> dict[date, PublishedFigure]:
    """Of several bulletins of one day the last counts. One query; issued bulletins are for everybody who sees the list."""
    found = PublishedFigureRecord.objects.filter(bulletin__list=record, promise_id=promise_id).order_by("bulletin__number")
    rows = found.values_list("bulletin__as_of", "text", "exact", "bulletin_id", "bulletin__number", "bulletin__issued_at")
    return {as_of: PublishedFigure(text, Decimal(exact), bulletin_id, number or 0, localtime(issued_at).date() if issued_at else as_of)
            for as_of, text, exact, bulletin_id, number, issued_at in rows}
