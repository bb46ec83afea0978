"""The latest published observation of an official series. In: a `Latest`. Out: a `Figure`: known, not yet published, or missing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from luoshi.indicator.figure import Figure, State
from luoshi.indicator.moment import Moment, write_day
from luoshi.indicator.two_series import TAKEN_BACK, row_of, seen_by
from luoshi.pack.facts_spec import SeriesSpec
from luoshi.pack.indicator_spec import Latest
from luoshi.pack.pack import Pack
from luoshi.provenance import Because
from luoshi.register.period import end_of_period, first_period, write_period
from luoshi.register.record import REJECTED, Observation
from luoshi.register.unit import convert, read_unit
from luoshi.register.warehouse import Warehouse


def measure_latest(pack: Pack, warehouse: Warehouse, spec: Latest, moment: Moment) -> Figure:
    """「最新值」 Of the list's year, the newest vintage of the latest period that had ended by the day and was published by then.
    An earlier year's observation never stands in for it."""
    series = pack.series[spec.series]
    seen = list(seen_by(warehouse, spec.series, moment))
    ours = [o for o in seen if int(o.period[:4]) == moment.year and end_of_period(o.period) <= moment.as_of and o.level != REJECTED]
    chosen = max(ours, key=lambda o: (o.period, o.published_on), default=None)
    because = _because(series, spec, moment, seen, chosen)
    state, missing = _absent(series, moment) if chosen is None else ("known", "")
    return Figure(
        spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of,
        end_of_period(chosen.period) if chosen else moment.as_of, state, _value(series, spec, chosen) if chosen else None, because,
        missing=missing,
    )


def _value(series: SeriesSpec, spec: Latest, observation: Observation) -> Decimal:
    return convert(observation.value, read_unit(series.unit), read_unit(spec.unit))


def _absent(series: SeriesSpec, moment: Moment) -> tuple[State, str]:
    period = first_period(moment.year, series.frequency)
    due: date = end_of_period(period) + timedelta(days=series.lag_days)
    what = f"“{series.title}”{write_period(period)}数"
    if moment.seen_by < due:
        return "not_yet_published", f"尚未发布：{what}一般在{write_day(due)}前后由{series.publisher}发布。"
    return "no_facts", f"没有数：{what}应已在{write_day(due)}前后由{series.publisher}发布，还没有录入。请录入并注明发布文件。"


def _because(series: SeriesSpec, spec: Latest, moment: Moment, seen: list[Observation], chosen: Observation | None) -> Because:
    proxy = f"（是“{series.proxy_for}”的替代数，不是该指标本身）" if series.proxy_for else ""
    running = "，是从1月1日起的累计数" if series.year_to_date else ""
    rule = f"取最新：截至{moment}，{moment.year}年内已结束、{moment.seen_by}前已发布的最近一期“{series.title}”{proxy}{running}"
    others = sorted((o for o in seen if o is not chosen), key=lambda o: (o.period, o.published_on), reverse=True)
    excluded = [row_of(series, o, _left_out(o, seen, chosen, moment)) for o in others[:moment.shown]]
    counted = (row_of(series, chosen, "最近一期的最新发布数", _value(series, spec, chosen)),) if chosen else ()
    facts_from = f"序列“{series.title}”（{series.publisher}发布），已发布{len(seen)}个数"
    return Because(rule, spec.scope or series.scope, facts_from, counted, tuple(excluded), len(counted), len(others))


def _left_out(observation: Observation, seen: list[Observation], chosen: Observation | None, moment: Moment) -> str:
    if observation.level == REJECTED:
        return TAKEN_BACK
    newer = [o.published_on for o in seen
             if o.period == observation.period and o.published_on > observation.published_on and o.level != REJECTED]
    if newer:
        return f"已被{min(newer)}发布的修订数替代"
    if int(observation.period[:4]) != moment.year:
        return f"是{write_period(observation.period)}的数，不是{moment.year}年的"
    if chosen is None or end_of_period(observation.period) > moment.as_of:
        return f"{write_period(observation.period)}到统计日{moment.as_of}还没有结束"
    return f"不是最近一期：最近一期是{write_period(chosen.period)}"
