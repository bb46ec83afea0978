"""Every figure that a list's registers can give, asked for by a promise or not. In: a list, names of indicators, a day. Out: `FigureLine`s."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.indicator.evaluate import CannotMeasure
from luoshi.indicator.figure import Figure
from luoshi.pack.indicator_spec import IndicatorSpec
from luoshi.pack.pack import Pack
from luoshi.publish.register_rows import cards_of, sources_of
from luoshi.status.stand import Item
from luoshi.store.models import ListRecord
from luoshi.store.queries.registers import see_register
from luoshi.store.queries.story import Told, measure_of


@dataclass(frozen=True, slots=True)
class FigureLine:
    """「测算行」 One indicator on a day. figure: None where it cannot be computed, then `cannot` says why. items: the lines of the board
    that it decides, or stands beside."""

    spec: IndicatorSpec
    figure: Figure | None
    cannot: str
    items: tuple[Item, ...]


def figures_of(record: ListRecord, told: Told, names: Iterable[str], known_at: date | None = None) -> tuple[FigureLine, ...]:
    """In the order of the names. What one cannot be computed for is said in its place, and takes no other with it."""
    wanted = tuple(names)
    try:
        figures: dict[str, Figure] = measure_of(record, wanted, told.as_of, known_at)
        wrong: dict[str, str] = {}
    except CannotMeasure:
        figures, wrong = _one_by_one(record, wanted, told.as_of, known_at)
    return tuple(FigureLine(told.pack.indicators[name], figures.get(name), wrong.get(name, ""), items_of(told, name)) for name in wanted)


def _one_by_one(record: ListRecord, names: tuple[str, ...], as_of: date, known_at: date | None) -> tuple[dict[str, Figure], dict[str, str]]:
    figures: dict[str, Figure] = {}
    wrong: dict[str, str] = {}
    for name in names:
        try:
            figures |= measure_of(record, (name,), as_of, known_at)
        except CannotMeasure as cannot:
            wrong[name] = str(cannot)
    return figures, wrong


def items_of(told: Told, name: str) -> tuple[Item, ...]:
    """Lines of the board whose figure this is, or beside whose figure it stands."""
    return tuple(item for item in told.items
                 if item.figure and name in (item.figure.indicator, *(shadow.indicator for shadow in item.figure.shadows)))


def indicators_on(pack: Pack, register: str) -> tuple[str, ...]:
    """Which indicators look at a register, series or set of deliverables."""
    return tuple(name for name, spec in pack.indicators.items() if register in sources_of(spec))


def may_see_figure(names: frozenset[str] | None, told: Told, indicator: str) -> bool:
    """Whoever sees rows of one of its sources sees the figure; a target's figure is on the board for everybody."""
    if names is None or items_of(told, indicator):
        return True
    sources = sources_of(told.pack.indicators[indicator])
    seen = [see_register(told, card, names) for card in cards_of(told.pack) if card.name in sources]
    return any(one.supplies or one.lines for one in seen)
