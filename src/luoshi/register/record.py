"""The typed facts that figures are computed from. In: nothing. Out: `Record`, `Observation`, `StageEvent`, `Facts`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from luoshi.pack.register_spec import FREE_FIELDS, FieldSpec, RegisterSpec
from luoshi.pack.strict import VERIFICATION_WORDS

Value = str | int | Decimal | bool | date | None
"""One cell: money in 元, area in 亩, everything else as it was written; None where it was left blank."""

REJECTED: Final = -1
LEVELS: Final[dict[str, int]] = {"rejected": REJECTED, "reported": 0, "county": 1, "lead": 2, "spot_checked": 3}
WORD_OF_LEVEL: Final[dict[int, str]] = {level: VERIFICATION_WORDS[name] for name, level in LEVELS.items()}


@dataclass(frozen=True, slots=True)
class Record:
    """「记录」 One row of a register, as one version: a later row with the same key corrects or replaces it.

    key: the key fields as people write them, joined with /. title: what to call it.
    values: one for each of `fields_of(spec)`, in that order.
    happened_on: from when it holds; None: it always did. recorded_on: when it became known; None: always.
    level: verification, from -1 退回 to 3 督查抽查. origin: file and row.
    """

    key: str
    title: str
    values: tuple[Value, ...]
    happened_on: date | None
    recorded_on: date | None
    level: int
    evidence: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Observation:
    """「观测值」 What was published about one period, in the unit of its series. period: 2019-08, 2019Q3 or 2019.

    edition: of the catalogue or method by which it was counted. recorded_on: when it was entered here. level: as of a record; -1: taken back.
    """

    period: str
    value: Decimal
    published_on: date
    document: str
    note: str
    origin: str
    edition: str
    recorded_on: date
    level: int

    @property
    def key(self) -> str:
        """2019-06/2019-08-26: which publication of which period."""
        return f"{self.period}/{self.published_on}"


@dataclass(frozen=True, slots=True)
class StageEvent:
    """「阶段记载」 One deliverable reached one stage on a day."""

    item: str
    stage: str
    on: date
    number: str
    evidence: tuple[str, ...]
    level: int
    recorded_on: date
    origin: str


@dataclass(frozen=True, slots=True)
class Facts:
    """「事实」 Everything that was read and found good: register, series or deliverables name → its rows.

    entries: rows of series and deliverables as they were entered; observations and events are what they say.
    """

    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    entries: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    observations: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    events: dict[str, tuple[StageEvent, ...]] = field(default_factory=dict)

    def rows_of(self, name: str) -> tuple[Record, ...]:
        """Every version of every row, of whichever kind it is."""
        return self.records.get(name) or self.entries.get(name, ())


@lru_cache(maxsize=256)
def _fields_of(fields: tuple[FieldSpec, ...], stages: tuple[str, ...], without: tuple[str, ...]) -> tuple[FieldSpec, ...]:
    taken = {f.name for f in fields} | {f.title for f in fields} | set(without)
    free = {name: title for name, title in FREE_FIELDS.items() if not {name, title} & taken and (name != "stage" or stages)}
    choices = {"stage": stages, "verification": tuple(WORD_OF_LEVEL.values())}
    types = {"happened_on": "date", "recorded_on": "date", "stage": "choice", "verification": "choice"}
    made = ({"name": name, "title": title, "type": types.get(name, "text"), "choices": choices.get(name, ())} for name, title in free.items())
    return (*fields, *map(FieldSpec.model_validate, made))


def fields_of(spec: RegisterSpec) -> tuple[FieldSpec, ...]:
    """「字段」 The declared fields and the free ones that every register has, in the order of a record's values."""
    return _fields_of(spec.fields, spec.stages, spec.without)


def field_of(spec: RegisterSpec, name: str) -> FieldSpec:
    """The field of that name; a pack that names another one is broken."""
    for one in fields_of(spec):
        if one.name == name:
            return one
    raise ValueError(f"台账“{spec.title}”没有字段 {name}")


def value_of(record: Record, spec: RegisterSpec, name: str) -> Value:
    """「单元格」 One value of a record by the name of its field."""
    for one, value in zip(fields_of(spec), record.values, strict=True):
        if one.name == name:
            return value
    raise ValueError(f"台账“{spec.title}”没有字段 {name}")
