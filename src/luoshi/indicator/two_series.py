"""Figures made of official series: how far one has moved, and one over another. In: `Growth`, `Quotient`. Out: `Figure`s with their vintages.

A series may be composed, never re-derived: nothing here looks at what a statistics body counted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

from luoshi.indicator.figure import Figure, State
from luoshi.indicator.moment import Moment, write_day
from luoshi.lexicon.written import number
from luoshi.pack.facts_spec import SeriesSpec
from luoshi.pack.indicator_spec import Counting, Growth, Quotient
from luoshi.pack.pack import Pack
from luoshi.provenance import Because, Row
from luoshi.register.cell import write_number
from luoshi.register.period import end_of_period, first_period, write_period
from luoshi.register.record import REJECTED, WORD_OF_LEVEL, Observation
from luoshi.register.series import published_by
from luoshi.register.unit import convert, divide, read_unit
from luoshi.register.warehouse import Warehouse

TAKEN_BACK: Final = "登记被退回或停用，不用"
_TIMES: Final = {"%": 100, "‰": 1000}
Seen = tuple[Observation, ...]


def measure_growth(pack: Pack, warehouse: Warehouse, spec: Growth, moment: Moment) -> Figure:
    """「增减」 The latest observation of the year less the one it is held against."""
    series, seen = pack.series[spec.series], seen_by(warehouse, spec.series, moment)
    latest = newest(seen, [o.period for o in seen if int(o.period[:4]) == moment.year and end_of_period(o.period) <= moment.as_of])
    base = newest(seen, [_base(spec, latest.period)]) if latest else None
    which = "上年末" if spec.base == "last_december" else "上年同期"
    how = "减去" if spec.measure == "difference" else "比"
    rule = f"比增减：{moment.year}年内已公布的最近一期“{series.title}”{how}{which}的数" + ("，除以它" if spec.measure == "percent" else "")
    rule += _two_editions(latest, base)
    rows = _rows(series, seen, {"最近一期": latest, which: base})
    if latest is None or base is None:
        return _missing(spec, series, moment, rule, rows, f"缺{which}的数" if latest else "")
    step = latest.value - base.value
    if spec.measure == "percent":
        value = divide(step * 100, base.value) if base.value else None
    else:
        value = convert(step, read_unit(series.unit), read_unit(spec.unit))
    return _figure(spec, moment, "known" if value is not None else "no_facts", value, _because(spec, series, rule, rows), latest.period)


def measure_quotient(pack: Pack, warehouse: Warehouse, spec: Quotient, moment: Moment) -> Figure:
    """「相除」 Of the latest period that both have; another vintage of either gives another value, and the old one is still there to see."""
    sides = pack.series[spec.top], pack.series[spec.bottom]
    seen = seen_by(warehouse, spec.top, moment), seen_by(warehouse, spec.bottom, moment)
    shared = {o.period for o in seen[0]} & {o.period for o in seen[1]}
    ours = [p for p in shared if int(p[:4]) == moment.year and end_of_period(p) <= moment.as_of]
    top, bottom = newest(seen[0], ours), newest(seen[1], ours)
    rule = f"相除：同一期、截至{moment}已公布的最新的“{sides[0].title}”除以“{sides[1].title}”"
    rows = (*_rows(sides[0], seen[0], {"分子": top}), *_rows(sides[1], seen[1], {"分母": bottom}), *_vintages(spec, sides, seen))
    if top is None or bottom is None or not bottom.value:
        return _missing(spec, max(sides, key=lambda s: s.lag_days), moment, rule, rows, "")
    over = convert(top.value, read_unit(sides[0].unit), read_unit(sides[1].unit))
    value = divide(over * _TIMES.get(spec.unit, 1), bottom.value)
    return _figure(spec, moment, "known", value, _because(spec, sides[0], rule, rows), top.period)


def _vintages(spec: Quotient, sides: tuple[SeriesSpec, SeriesSpec], seen: tuple[Seen, Seen]) -> tuple[tuple[Row, bool], ...]:
    """What the quotient of each period was after each publication: a revision gives another value, and the first stays in sight."""
    told = []
    for period in sorted({o.period for o in seen[0]} & {o.period for o in seen[1]}, reverse=True):
        before: Decimal | None = None
        for day in sorted({o.published_on for side in seen for o in side if o.period == period}):
            known = tuple(tuple(o for o in side if o.published_on <= day) for side in seen)
            top, bottom = newest(known[0], [period]), newest(known[1], [period])
            if top is None or bottom is None or not bottom.value:
                continue
            value = divide(convert(top.value, read_unit(sides[0].unit), read_unit(sides[1].unit)) * _TIMES.get(spec.unit, 1), bottom.value)
            changed = f"，修订前是{number(before, spec.decimals)}{spec.unit}" if before is not None else ""
            reason = f"{write_day(day)}起算得{number(value, spec.decimals)}{spec.unit}{changed}"
            told.append((Row(f"{period}@{day}", f"{write_period(period)}，{write_day(day)}所知", None, reason, (("序列", "两者相除"),)), False))
            before = value
    return tuple(told)


def seen_by(warehouse: Warehouse, name: str, moment: Moment) -> Seen:
    """「已公布的」 Observations that had been published by then."""
    return published_by(warehouse.observations_of(name), moment.seen_by, moment.known_at)


def newest(seen: Seen, periods: list[str]) -> Observation | None:
    """「最新一版」 The newest vintage of the latest of these periods."""
    return max((o for o in seen if o.period in periods and o.level != REJECTED), key=lambda o: (o.period, o.published_on), default=None)


def _two_editions(latest: Observation | None, base: Observation | None) -> str:
    """What was counted by two catalogues is said to be so: the difference may be the catalogue's."""
    if latest is None or base is None or latest.edition == base.edition:
        return ""
    return f"。两期的口径版本不同（“{latest.edition or '没有写'}”和“{base.edition or '没有写'}”），相差的数里有口径的变化"


def row_of(series: SeriesSpec, one: Observation, reason: str, amount: Decimal | None = None, before: tuple[tuple[str, str], ...] = ()) -> Row:
    """「一次发布」 One publication as a row of an explanation."""
    facts = [*before, ("数值", write_number(one.value) + series.unit), ("发布日期", str(one.published_on))]
    facts += [(title, text) for title, text in (("口径版本", one.edition), ("说明", one.note)) if text]
    verified = f"，{WORD_OF_LEVEL[one.level]}" if one.level else ""
    evidence = (one.document,) if one.document else ()
    return Row(one.key, f"{write_period(one.period)}（{one.published_on}发布）", amount, reason, tuple(facts), evidence,
               f"{series.publisher}发布{verified}")


def _base(spec: Growth, period: str) -> str:
    before = str(int(period[:4]) - 1)
    if spec.base == "same_period_last_year":
        return before + period[4:]
    return before if len(period) == 4 else f"{before}Q4" if "Q" in period else f"{before}-12"


def _rows(series: SeriesSpec, seen: Seen, used: dict[str, Observation | None]) -> tuple[tuple[Row, bool], ...]:
    wording = {id(o): word for word, o in used.items() if o}
    told = []
    for one in sorted(seen, key=lambda o: (o.period, o.published_on), reverse=True):
        word = wording.get(id(one))
        newer = any(o.period == one.period and o.published_on > one.published_on and o.level != REJECTED for o in seen)
        unused = TAKEN_BACK if one.level == REJECTED else "已被后来发布的修订数替代" if newer else "不是所用的一期"
        row = row_of(series, one, f"{word}，用的是这一版" if word else unused, None, (("序列", series.title),))
        told.append((row, word is not None))
    return tuple(told)


def _because(spec: Counting, series: SeriesSpec, rule: str, rows: tuple[tuple[Row, bool], ...]) -> Because:
    counted, excluded = (tuple(row for row, used in rows if used == which) for which in (True, False))
    proxy = f"（是“{series.proxy_for}”的替代数，不是该指标本身）" if series.proxy_for else ""
    return Because(rule + proxy, spec.scope or series.scope, f"序列“{series.title}”（{series.publisher}发布）", counted, excluded,
                   len(counted), len(excluded))


def _missing(spec: Counting, series: SeriesSpec, moment: Moment, rule: str, rows: tuple[tuple[Row, bool], ...], what: str) -> Figure:
    period = first_period(moment.year, series.frequency)
    due = end_of_period(period) + timedelta(days=series.lag_days)
    early = moment.seen_by < due and not what
    told = f"尚不可观测：“{series.title}”{write_period(period)}的数要到{write_day(due)}前后才由{series.publisher}公布。"
    told = told if early else f"没有数：{what or f'“{series.title}”{write_period(period)}的数还没有录入'}。请录入并注明发布文件。"
    figure = _figure(spec, moment, "not_yet_published" if early else "no_facts", None, _because(spec, series, rule, rows), None)
    return replace(figure, missing=told)


def _figure(spec: Counting, moment: Moment, state: State, value: Decimal | None, because: Because, period: str | None) -> Figure:
    observed = end_of_period(period) if period else moment.as_of
    return Figure(spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, observed, state, value, because)
