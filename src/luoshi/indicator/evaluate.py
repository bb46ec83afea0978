"""An indicator on a day → a figure with its reason. In: a `Pack`, its `Warehouse`, a date. Out: `Figure`, with its shadows beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from luoshi.indicator.figure import Figure
from luoshi.indicator.kinds import KINDS
from luoshi.indicator.moment import Moment
from luoshi.pack.pack import Pack
from luoshi.register.warehouse import Warehouse


class CannotMeasure(Exception):
    """「算不了」 The pack asks for something that cannot be computed: a refused SELECT, units that do not convert. str(error) is the
    Chinese message, with the indicator's name."""


def evaluate_indicator(pack: Pack, warehouse: Warehouse, name: str, as_of: date, year: int, known_at: date | None = None) -> Figure:
    """「测算」 One indicator. known_at: only what had been recorded by then; None: everything that is recorded."""
    return evaluate_all(pack, warehouse, as_of, year, known_at, names=(name,))[name]


def evaluate_all(
    pack: Pack, warehouse: Warehouse, as_of: date, year: int, known_at: date | None = None, names: Iterable[str] | None = None
) -> dict[str, Figure]:
    """「全部测算」 Every indicator of the pack (or the named ones), each computed once even where it is also another one's shadow."""
    moment = Moment(as_of, year, known_at)
    warehouse.set_day(as_of, year, known_at)
    alone: dict[str, Figure] = {}

    def measured(name: str) -> Figure:
        if name not in alone:
            spec = pack.indicators[name]
            try:
                figure = KINDS[spec.kind](pack, warehouse, spec, moment)
            except ValueError as error:
                raise CannotMeasure(f"{pack.file.id}：测算“{spec.title}”（{name}）算不了：{error}。请改数据包里的写法。") from error
            alone[name] = replace(figure, references=spec.references, unconfirmed=spec.unconfirmed or "")
        return alone[name]

    wanted = pack.indicators if names is None else names
    return {name: replace(measured(name), shadows=tuple(map(measured, pack.indicators[name].shadows))) for name in wanted}
