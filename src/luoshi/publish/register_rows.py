"""Registers, series and deliverables as people read them: the same three questions of each: what is it, which rows, how did one change.

In: `Pack`, `Facts`, a day. Out: `RegisterCard`s, `RegisterLine`s, `RegisterVersion`s; nothing typed is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from luoshi.lexicon.written import number
from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from luoshi.pack.indicator_spec import Cohort, Coverage, Exists, Growth, IndicatorSpec, Latest, Quotient, Sql
from luoshi.pack.pack import Pack
from luoshi.register.cell import write_value
from luoshi.register.record import WORD_OF_LEVEL, Facts, Observation, Record, StageEvent, fields_of, value_of

OWN_COLUMNS = {"supplier", "happened_on", "recorded_on", "evidence", "verification"}
"""Free fields that a line shows apart from its cells."""


@dataclass(frozen=True, slots=True)
class RegisterCard:
    """「台账卡」 What a register, series or set of deliverables is. recorded: the last day that something was recorded."""

    name: str
    kind: str
    title: str
    purpose: str
    supplier: str
    checker: str
    due: str
    references: tuple[str, ...]
    restricted: bool = False
    rows: int = 0
    recorded: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """「登记版本」 cells: (column, text as people write it). on: from when it holds; recorded: when it became known."""

    cells: tuple[tuple[str, str], ...]
    on: date | None
    recorded: date | None
    supplier: str
    verification: str
    evidence: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """「台账行」 One thing with all its versions, oldest first; the one in force on the day is `now`."""

    key: str
    title: str
    versions: tuple[RegisterVersion, ...]
    now: RegisterVersion


def cards_of(pack: Pack) -> tuple[RegisterCard, ...]:
    """Everything that the pack says facts come from, registers first."""
    registers = [RegisterCard(name, "台账", r.title, r.purpose, r.supply.unit, r.supply.checker or "",
                              f"每月{r.supply.due_day}日" if r.supply.due_day else "", r.references, r.visibility == "restricted")
                 for name, r in pack.registers.items()]
    series = [RegisterCard(name, "序列", s.title, s.scope, s.publisher, "", f"期满后约{s.lag_days}天", s.references)
              for name, s in pack.series.items()]
    sets = [RegisterCard(name, "成果清单", d.title, "、".join(item.title for item in d.items), d.supplier, "", "", d.references)
            for name, d in pack.deliverables.items()]
    return (*registers, *series, *sets)


def count_card(card: RegisterCard, lines: tuple[RegisterLine, ...]) -> RegisterCard:
    """The card with how many rows there are and when the last was recorded."""
    return replace(card, rows=len(lines), recorded=max((v.recorded for line in lines for v in line.versions if v.recorded), default=None))


def lines_of(pack: Pack, facts: Facts, name: str, as_of: date) -> tuple[RegisterLine, ...]:
    """The rows of one register, series or set of deliverables that had happened by the day, in the order of their first recording."""
    if name in pack.registers:
        return _gathered(((r.key, r.title, _record_version(pack, name, r)) for r in facts.records.get(name, ())), as_of)
    if name in pack.series:
        series = pack.series[name]
        return _gathered(((o.period, o.period, _observation_version(series, o)) for o in facts.observations.get(name, ())), as_of)
    if name in pack.deliverables:
        spec = pack.deliverables[name]
        titles = {item.name: item.title for item in spec.items}
        return _gathered(((e.item, titles[e.item], _event_version(spec, e)) for e in facts.events.get(name, ())), as_of)
    return ()


def _gathered(rows: Iterable[tuple[str, str, RegisterVersion]], as_of: date) -> tuple[RegisterLine, ...]:
    versions: dict[str, list[RegisterVersion]] = {}
    titles: dict[str, str] = {}
    for key, title, version in rows:
        if version.on is None or version.on <= as_of:
            versions.setdefault(key, []).append(version)
            titles[key] = title
    lines = []
    for key, found in versions.items():
        ordered = tuple(sorted(found, key=lambda v: (v.on or date.min, v.recorded or date.min)))
        lines.append(RegisterLine(key, titles[key], ordered, ordered[-1]))
    return tuple(lines)


def _record_version(pack: Pack, name: str, record: Record) -> RegisterVersion:
    spec = pack.registers[name]
    shown = [(f, v) for f, v in zip(fields_of(spec), record.values, strict=True) if f.name not in OWN_COLUMNS]
    named = {f.name for f in fields_of(spec)}
    supplier = str(value_of(record, spec, "supplier") or "") if "supplier" in named else ""
    cells = tuple((f.title, "" if v is None else write_value(f, v)) for f, v in shown)
    return RegisterVersion(cells, record.happened_on, record.recorded_on, supplier, WORD_OF_LEVEL[record.level], record.evidence,
                           _origin(record.origin, name, spec.title))


def _observation_version(spec: SeriesSpec, row: Observation) -> RegisterVersion:
    cells = (("期间", row.period), ("数值", f"{number(row.value)}{spec.unit}"), ("说明", row.note))
    evidence = (row.document,) if row.document else ()
    return RegisterVersion(cells, row.published_on, row.published_on, spec.publisher, f"{spec.publisher}发布", evidence,
                           _origin(row.origin, spec.series, spec.title))


def _event_version(spec: DeliverablesSpec, row: StageEvent) -> RegisterVersion:
    cells = (("阶段", row.stage), ("日期", row.on.isoformat()), ("文号", row.number))
    return RegisterVersion(cells, row.on, row.recorded_on, spec.supplier, WORD_OF_LEVEL[row.level], row.evidence,
                           _origin(row.origin, spec.deliverables, spec.title))


def _origin(written: str, name: str, title: str) -> str:
    """platform 第23行 → 重大平台 第23行: stored rows name their register by its name."""
    return title + written.removeprefix(name) if written.startswith(name) else written


def changed_cells(before: RegisterVersion, after: RegisterVersion) -> tuple[tuple[str, str, str], ...]:
    """(column, what it was, what it became) of what a version changed."""
    was = dict(before.cells) | {"核验": before.verification, "佐证": "；".join(before.evidence)}
    now = dict(after.cells) | {"核验": after.verification, "佐证": "；".join(after.evidence)}
    return tuple((title, was.get(title, "") or "空", text or "空") for title, text in now.items() if was.get(title, "") != text)


def sources_of(spec: IndicatorSpec) -> tuple[str, ...]:
    """Names of the registers, series or deliverables that an indicator looks at."""
    if isinstance(spec, Latest | Growth):
        return (spec.series,)
    if isinstance(spec, Quotient):
        return (spec.top, spec.bottom)
    if isinstance(spec, Coverage):
        return (spec.demand, spec.points)
    if isinstance(spec, Cohort):
        return (spec.register_name, spec.treated)
    if isinstance(spec, Exists):
        return (spec.deliverables,)
    return spec.tables if isinstance(spec, Sql) else (spec.register_name,)
