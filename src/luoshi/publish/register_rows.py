"""Registers, series and deliverables as people read them: the same three questions of each: what is it, which rows, how did one change.

In: `Pack`, `Facts`, a day. Out: `RegisterCard`s, `RegisterLine`s, `RegisterVersion`s; nothing typed is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from luoshi.pack.as_register import deliverable_rows, find_rows_spec, series_rows
from luoshi.pack.indicator_spec import Cohort, Composite, Coverage, Exists, Growth, IndicatorSpec, Latest, Quotient, Sql
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.cell import write_value
from luoshi.register.period import write_period
from luoshi.register.record import WORD_OF_LEVEL, Facts, Record, fields_of, value_of

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
    series = [RegisterCard(name, "序列", s.title, series_rows(s).purpose, s.publisher, "", f"期满后约{s.lag_days}天", s.references)
              for name, s in pack.series.items()]
    sets = [RegisterCard(name, "成果清单", d.title, deliverable_rows(d).purpose, d.supplier, "", "", d.references)
            for name, d in pack.deliverables.items()]
    return (*registers, *series, *sets)


def count_card(card: RegisterCard, lines: tuple[RegisterLine, ...]) -> RegisterCard:
    """The card with how many rows there are and when the last was recorded."""
    return replace(card, rows=len(lines), recorded=max((v.recorded for line in lines for v in line.versions if v.recorded), default=None))


def lines_of(pack: Pack, facts: Facts, name: str, as_of: date) -> tuple[RegisterLine, ...]:
    """The rows of one register, series or set of deliverables that had happened by the day, in the order of their first recording."""
    spec = find_rows_spec(pack, name)
    if spec is None:
        return ()
    rows = ((row.key, _title(pack, name, row), _version(spec, row)) for row in facts.rows_of(name))
    lines = _gathered(rows, as_of, by_day=name not in pack.deliverables)
    return tuple(sorted(lines, key=_place_in(spec))) if name in pack.deliverables else lines


def _title(pack: Pack, name: str, row: Record) -> str:
    """What a row is called: a period by its publication, a stage by its deliverable."""
    if name in pack.series:
        return f"{write_period(row.title)}（{row.happened_on}发布）"
    return f"{row.title}：{row.key.rpartition('/')[2]}" if name in pack.deliverables else row.title


def _place_in(spec: RegisterSpec) -> Callable[[RegisterLine], tuple[int, int]]:
    """Deliverables in the order of their list, each with its stages in their order."""
    items, stages = (next(field.choices for field in spec.fields if field.name == name) for name in ("item", "stage"))
    return lambda line: (items.index(dict(line.now.cells)["成果"]), stages.index(dict(line.now.cells)["阶段"]))


def thing_of(pack: Pack, name: str, key: str) -> str:
    """What a row is one of several about: the period of a publication, the deliverable of a stage; else the row itself."""
    return key.rpartition("/")[0] if name in pack.series or name in pack.deliverables else key


def _gathered(rows: Iterable[tuple[str, str, RegisterVersion]], as_of: date, by_day: bool) -> tuple[RegisterLine, ...]:
    """by_day: the version that happened last is in force; else the one that was recorded last, whatever day it corrects to."""
    versions: dict[str, list[RegisterVersion]] = {}
    titles: dict[str, str] = {}
    for key, title, version in rows:
        if version.on is None or version.on <= as_of:
            versions.setdefault(key, []).append(version)
            titles[key] = title
    lines = []
    for key, found in versions.items():
        ordered = tuple(sorted(found, key=lambda v: ((by_day and v.on) or date.min, v.recorded or date.min)))
        lines.append(RegisterLine(key, titles[key], ordered, ordered[-1]))
    return tuple(lines)


def _version(spec: RegisterSpec, record: Record) -> RegisterVersion:
    fields = fields_of(spec)
    shown = [(f, v) for f, v in zip(fields, record.values, strict=True) if f.name not in OWN_COLUMNS]
    has_supplier = any(f.name == "supplier" for f in fields)
    supplier = str(value_of(record, spec, "supplier") or "") if has_supplier else spec.supply.unit
    cells = tuple((f.title, "" if v is None else write_value(f, v)) for f, v in shown)
    return RegisterVersion(cells, record.happened_on, record.recorded_on, supplier, WORD_OF_LEVEL[record.level], record.evidence,
                           _origin(record.origin, spec.register_name, spec.title))


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
    if isinstance(spec, Composite):
        return (spec.register_name, spec.components)
    if isinstance(spec, Exists):
        return (spec.deliverables,)
    return spec.tables if isinstance(spec, Sql) else (spec.register_name,)
