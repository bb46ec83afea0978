"""An indicator on a day → a figure with its reason. In: a `Pack`, its `Warehouse`, a date. Out: `Figure`, with its shadows beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from luoshi.indicator.figure import Figure
from luoshi.indicator.kinds import KINDS
from luoshi.indicator.moment import SHOWN, WHOLE, Moment, write_day
from luoshi.pack.indicator_spec import Counting
from luoshi.pack.pack import Pack
from luoshi.register.warehouse import Warehouse


class CannotMeasure(Exception):
    """「算不了」 The pack asks for something that cannot be computed: a refused SELECT, units that do not convert. str(error) is the
    Chinese message, with the indicator's name."""


def evaluate_indicator(pack: Pack, warehouse: Warehouse, name: str, as_of: date, year: int, known_at: date | None = None) -> Figure:
    """「测算」 One indicator. known_at: only what had been recorded by then; None: everything that is recorded."""
    return evaluate_all(pack, warehouse, as_of, year, known_at, names=(name,))[name]


def measure_whole(pack: Pack, warehouse: Warehouse, name: str, as_of: date, year: int, known_at: date | None = None) -> Figure:
    """「测全」 One indicator with every row, for comparing two days."""
    return evaluate_all(pack, warehouse, as_of, year, known_at, (name,), WHOLE)[name]


def evaluate_all(
    pack: Pack, warehouse: Warehouse, as_of: date, year: int, known_at: date | None = None, names: Iterable[str] | None = None,
    shown: int = SHOWN,
) -> dict[str, Figure]:
    """「全部测算」 Every indicator of the pack (or the named ones), each computed once even where it is also another one's shadow."""
    moment = Moment(as_of, year, known_at, shown)
    warehouse.set_day(as_of, year, known_at)
    alone: dict[str, Figure] = {}

    def measured(name: str) -> Figure:
        if name not in alone:
            spec = pack.indicators[name]
            outside, warehouse.looked_at = warehouse.looked_at, set()
            try:
                figure = KINDS[spec.kind](pack, warehouse, spec, moment)
            except ValueError as error:
                raise CannotMeasure(f"{pack.file.id}：测算“{spec.title}”（{name}）算不了：{error}。请改数据包里的写法。") from error
            alone[name] = replace(as_published(spec, figure, moment), looked_at=frozenset(warehouse.looked_at))
            warehouse.looked_at |= outside
        return alone[name]

    wanted = pack.indicators if names is None else names
    return {name: replace(measured(name), shadows=tuple(map(measured, pack.indicators[name].shadows))) for name in wanted}


def as_published(spec: Counting, figure: Figure, moment: Moment) -> Figure:
    """「可公布的数」 With what it rests on; without its value, where nobody can know it yet."""
    if _is_early(spec, moment):
        figure = replace(figure, state="not_yet_published", value=None, missing=_early_words(spec, moment))
    return replace(figure, references=spec.references, unconfirmed=spec.unconfirmed or "")


def _is_early(spec: Counting, moment: Moment) -> bool:
    """A figure of the whole year before anybody can know it."""
    return spec.known_after_days is not None and moment.seen_by < moment.year_end + timedelta(days=spec.known_after_days)


def _early_words(spec: Counting, moment: Moment) -> str:
    day = write_day(moment.year_end + timedelta(days=spec.known_after_days or 0))
    return f"尚不可观测：“{spec.title}”是{moment.year}年全年的数，要到{day}前后才能知道。"
